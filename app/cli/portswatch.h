// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/portchanges.h"
#include "app/cli/portselection.h"
#include "app/cli/tableprinter.h"
#include "core/ports/portmonitor.h"

#include <vector>

namespace Quay {

/// `quay ports --watch`: what is there, and then what changes, until interrupted or nobody reads any more.
class PortsWatch
{
public:
    enum class Format
    {
        Text, ///< The table; then lines with `+`, `-` or `~` in front.
        Json, ///< One object a line.
    };

    PortsWatch(CommandContext &context, PortSelection selection, LookOptions options, Format format);

    [[nodiscard]] ExitCode run();

private:
    void print(const std::vector<PortChange> &changes);
    void printText(const std::vector<PortChange> &changes);
    void printJson(const std::vector<PortChange> &changes);

    CommandContext &m_context;
    PortSelection m_selection;
    LookOptions m_options;
    Format m_format;
    TableLayout m_layout; ///< Kept from line to line; a terminal gets a new header when rows need more room.
};

} // namespace Quay
