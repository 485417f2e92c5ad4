// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/whyquery.h"
#include "core/ports/listener.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// `quay why`: all that is known about whoever holds a port, or about a process.
class WhyCommand : public Command
{
public:
    [[nodiscard]] std::string_view name() const override { return "why"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    struct Answer;
    [[nodiscard]] static Result<Answer> lookForPort(CommandContext &context, std::uint16_t port);
    [[nodiscard]] static Result<Answer> lookForProcess(CommandContext &context, pid_t pid);
    void printText(CommandContext &context, const Answer &answer) const;
    void printJson(CommandContext &context, const Answer &answer) const;
    [[nodiscard]] ExitCode conclude(CommandContext &context, const Answer &answer) const;

    std::string m_word;
    bool m_json = false;
};

} // namespace Quay
