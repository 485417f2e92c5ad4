// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/serveraction.h"

namespace Quay {

/// `quay start`
class StartCommand : public Command
{
public:
    [[nodiscard]] std::string_view name() const override { return "start"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    ServerOptions m_options;
};

} // namespace Quay
