// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "core/supervise/criline.h"

#include <QString>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/**
 * What a server has written, fit for a terminal: on one line, and without sequences that move the cursor or do worse.
 *
 * Of what overwrote itself with carriage returns only what was left is there. Tabs stay.
 *
 * @p keepsColours: its own colours, which end with the line; else they are dropped too.
 */
[[nodiscard]] QString outputText(std::string_view bytes, bool keepsColours);

/// Lines of servers with the server's name before them, each in a colour of its own: `api | ready`. What was written to
/// the error output has a `!` in the place of the `|`.
class ServerLines
{
public:
    ServerLines(const std::vector<std::string> &names, const OutputTraits &traits);

    /// `api | `
    [[nodiscard]] QString prefix(const std::string &name, OutputStream stream) const;
    /// With what it wrote, and a note where a line was too long.
    [[nodiscard]] QString line(const std::string &name, const OutputLine &line) const;

private:
    struct Prefix
    {
        QString name; ///< As wide as the longest.
        int colour = 0;
    };

    OutputTraits m_traits;
    std::map<std::string, Prefix> m_prefixes; ///< By server.
};

/// What stands behind a line that was too long; empty for others.
[[nodiscard]] QString cutNote(const OutputLine &line);

} // namespace Quay
