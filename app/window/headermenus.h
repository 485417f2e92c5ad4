// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMenu;
class QTreeView;

namespace Quay {

// What the header of a list does for the mouse, as menus for the keyboard. Each fills @p menu anew, so that it shows
// how things are when it opens.

/// By which column the list is sorted, and which way.
void fillSortMenu(QMenu *menu, QTreeView *view);

/// For each column that is shown where it can be moved to.
void fillMoveMenu(QMenu *menu, QTreeView *view);

} // namespace Quay
