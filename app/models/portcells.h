// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portcolumns.h"
#include "app/models/portentry.h"
#include "app/models/portmodelroles.h"
#include "app/models/sortvalue.h"
#include "core/ports/listener.h"

#include <QString>

namespace Quay {

class Clock;
class UserNames;

/// What is shown for a value that nobody knows.
[[nodiscard]] QString unknownText();

/// Says behind @p text that its row just came or went: for screen readers.
[[nodiscard]] QString withFreshness(const QString &text, RowFreshness freshness);

/**
 * What stands in the cells of a listener's row. Every text is fit to be shown.
 *
 * Units:   ages are taken at the clock's time, which the caller may keep still from one painting to the next.
 * Threads: as the UserNames.
 */
class PortCells
{
public:
    /// Both must outlive it.
    PortCells(UserNames &users, const Clock &clock);

    [[nodiscard]] QString text(const Listener &listener, PortModelColumn::Column column) const;
    /// The whole of what the text shortens; for an unknown value the reason.
    [[nodiscard]] QString toolTip(const Listener &listener, PortModelColumn::Column column) const;
    /// What a screen reader says; of the port also what stands beside it as a symbol.
    [[nodiscard]] QString accessibleText(const Listener &listener, PortModelColumn::Column column,
                                         RowFreshness freshness = RowFreshness::Settled) const;
    [[nodiscard]] SortValue sortValue(const Listener &listener, PortModelColumn::Column column) const;
    /// The row as one line, columns separated by tabs.
    [[nodiscard]] QString rowText(const Listener &listener) const;

    /// The columns whose text or symbol is another one. Both are the same listener, at two looks.
    [[nodiscard]] static ColumnMask changedColumns(const Listener &before, const Listener &after);

private:
    UserNames &m_users;
    const Clock &m_clock;
};

} // namespace Quay
