// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/endingoptions.h"

#include <string>
#include <vector>

namespace Quay {

/// `quay stop`: ends processes, and proves that their ports are free.
class StopCommand : public Command
{
public:
    [[nodiscard]] std::string_view name() const override { return "stop"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    std::vector<std::string> m_words;
    EndingFlags m_flags;
};

} // namespace Quay
