// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/servers/preflight.h"

#include <string>
#include <vector>

namespace Quay {

/// `quay check`: whether servers may be started, without starting them.
class CheckCommand : public Command
{
public:
    [[nodiscard]] std::string_view name() const override { return "check"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    [[nodiscard]] ExitCode refuse(CommandContext &context, const std::string &path,
                                  const std::vector<ConfigMistake> &mistakes) const;
    void report(CommandContext &context, const std::string &path, const std::vector<CheckOutcome> &outcomes) const;

    std::vector<std::string> m_names;
    std::string m_file;
    bool m_json = false;
};

} // namespace Quay
