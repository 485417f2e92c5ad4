// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portcolumns.h"
#include "app/models/searchterm.h"
#include "core/ports/listener.h"

#include <QString>

#include <vector>

#include <sys/types.h>

namespace Quay {

class PortCells;
class UserNames;

/// What the user typed and clicked to narrow the list down. A plain value.
struct PortFilter
{
    QString text; ///< `:3000`, `:3000-3010`, `pid:4711`, `user:root`, `unit:docker`, words: all must match.
    bool tcp = true;
    bool udp = true;
    bool onlyMine = false;
    bool onlyNetwork = false; ///< Exclusive with onlyThisMachine.
    bool onlyThisMachine = false;
    bool hideSystemServices = false; ///< What runs in a unit of the system's own systemd.
    uid_t myUid = 0;
    ColumnMask shownColumns = AllColumns; ///< Numbers that come and go are found only where they can be seen.

    bool operator==(const PortFilter &) const = default;
};

/**
 * A PortFilter made ready.
 *
 * All terms of the text must match:
 * - `:3000`, `:3000-3010`, `:3000-`: exactly these ports.
 * - `3000`: ports and pids that begin so, and texts in which this number stands by itself.
 * - `pid:4711`: one of the owners. `user:root`, `user:0`: the beginning of a name, or the whole number.
 * - `unit:` (container too), `project:` (name, branch, directory), `kind:`, `addr:`: part of these.
 * - Anything else: part of any text that is shown, of the command line or of a directory; of connections, ages,
 *   CPU and memory in the columns that are shown.
 *
 * Threads: as the UserNames.
 */
class PortMatcher
{
public:
    /// @p users and @p cells must outlive it.
    PortMatcher(const PortFilter &filter, UserNames &users, const PortCells &cells);

    [[nodiscard]] bool matches(const Listener &listener) const;
    /// Whether the answer may be another one only because time went by.
    [[nodiscard]] bool readsAges() const;

private:
    [[nodiscard]] bool passesSwitches(const Listener &listener) const;
    [[nodiscard]] bool matches(const SearchTerm &term, const Listener &listener) const;
    [[nodiscard]] bool matchesAnything(const SearchTerm &term, const Listener &listener) const;
    [[nodiscard]] bool matchesNumbersShown(const SearchTerm &term, const Listener &listener) const;
    [[nodiscard]] bool matchesUser(const SearchTerm &term, const Listener &listener) const;

    PortFilter m_filter;
    UserNames &m_users;
    const PortCells &m_cells;
    std::vector<SearchTerm> m_terms;
};

} // namespace Quay
