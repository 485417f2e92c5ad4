// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/history/audithistory.h"

#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// `quay audit`: which processes were ended, when, by whom, and what came of it.
class AuditCommand : public Command
{
public:
    [[nodiscard]] std::string_view name() const override { return "audit"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    /// Nothing when the options make no sense; then it was said.
    [[nodiscard]] std::optional<AuditFilter> filter(CommandContext &context) const;

    std::vector<std::string> m_words;
    std::string m_since;
    std::string m_limit;
    bool m_json = false;
};

} // namespace Quay
