// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

#include <memory>
#include <string>
#include <vector>

#include <CLI/App.hpp>

namespace Quay {

/// The command line as a whole: parses it and hands over to one verb.
class CliApplication
{
public:
    CliApplication();
    CliApplication(const CliApplication &) = delete;
    CliApplication &operator=(const CliApplication &) = delete;
    ~CliApplication();

    /// @p words: the arguments without the program's own name.
    [[nodiscard]] ExitCode run(const std::vector<std::string> &words, CommandContext &context);

    /// With all verbs and options: what man pages and completions must know. Not of one that has run.
    [[nodiscard]] const CLI::App &parserOfAll();

private:
    void declareVerbs(const std::vector<std::string> &words);
    CLI::App &declare(const Command &command);
    void declareHelp();
    [[nodiscard]] ExitCode dispatch(CommandContext &context);
    [[nodiscard]] ExitCode help(CommandContext &context) const;
    [[nodiscard]] ExitCode refuseVerb(const std::string &word, CommandContext &context) const;
    [[nodiscard]] ExitCode refuseLeftovers(const CLI::App &verb, CommandContext &context) const;
    [[nodiscard]] std::vector<std::string> verbNames() const;

    CLI::App m_parser;
    CLI::App *m_help = nullptr; ///< Owned by m_parser. Null: not declared.
    std::string m_helpVerb;
    bool m_wantsVersion = false;
    std::vector<std::unique_ptr<Command>> m_commands;
};

} // namespace Quay
