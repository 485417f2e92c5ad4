// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

class QToolBar;

namespace Quay {

/// The freedesktop icon @p name from the desktop's theme, else our own drawing of it, else none.
[[nodiscard]] QIcon themedIcon(const QString &name);

/// The amber triangle that marks what deserves a look. The same in every theme, so that it is always recognised.
[[nodiscard]] QIcon warningIcon();

/// The program's own icon.
[[nodiscard]] QIcon programIcon();

/**
 * Chooses an installed icon theme where no desktop chose one (bare window managers), by the lightness of the palette.
 *
 * Call it again when the palette changed.
 */
void chooseIconTheme();

/// Lets the mark of @p bar for what has no room in it follow the palette as all icons do.
void markOverflow(QToolBar *bar);

} // namespace Quay
