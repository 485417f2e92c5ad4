// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

#include <optional>
#include <string>

namespace Quay {

struct ImportedServers;
enum class ImportKind : std::uint8_t;

/// `quay import`: makes quaymaster.yaml of another tool's file.
class ImportCommand : public Command
{
public:
    [[nodiscard]] std::string_view name() const override { return "import"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    [[nodiscard]] std::optional<ImportKind> kind(CommandContext &context) const;
    [[nodiscard]] ExitCode report(CommandContext &context, ImportKind kind, const ImportedServers &imported) const;
    [[nodiscard]] Result<> save(const std::string &text) const;

    std::string m_file;
    std::string m_output;
    std::string m_from;
    bool m_json = false;
};

} // namespace Quay
