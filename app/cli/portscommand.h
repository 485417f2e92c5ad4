// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/portselection.h"

#include <string>
#include <vector>

namespace Quay {

/// `quay ports`: who listens where, as a table or JSON, once or as it changes.
class PortsCommand : public Command
{
public:
    [[nodiscard]] std::string_view name() const override { return "ports"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    [[nodiscard]] ExitCode showOnce(CommandContext &context, const PortSelection &selection) const;
    [[nodiscard]] ExitCode watch(CommandContext &context, const PortSelection &selection) const;

    std::vector<std::string> m_ports;
    bool m_tcp = false;
    bool m_udp = false;
    bool m_all = false;
    bool m_json = false;
    bool m_watch = false;
};

} // namespace Quay
