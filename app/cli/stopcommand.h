// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/endingoptions.h"
#include "app/cli/serveraction.h"
#include "core/ports/portsnapshot.h"

#include <initializer_list>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// `quay stop`: stops servers, or ends processes and proves that their ports are free.
class StopCommand : public Command
{
public:
    [[nodiscard]] std::string_view name() const override { return "stop"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    /// Says @p complaint about the first of @p options that was given.
    [[nodiscard]] bool isGivenOneOf(std::initializer_list<const char *> options, CommandContext &context,
                                    const QString &complaint) const;
    [[nodiscard]] ExitCode stopServers(CommandContext &context);
    [[nodiscard]] ExitCode endProcesses(CommandContext &context, const std::vector<pid_t> &pids);
    /// Says that there is no such process, or that it is hidden, and what its number may mean else.
    [[nodiscard]] ExitCode refuseUnknown(CommandContext &context, const EndingWish &wish, const PortSnapshot &seen,
                                         pid_t pid) const;

    CLI::App *m_parser = nullptr; ///< Set up, it tells which options were given.
    std::vector<std::string> m_words;
    EndingFlags m_flags;
    ServerOptions m_options;
};

} // namespace Quay
