// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QPlainTextEdit>
#include <QString>
#include <QWidget>

namespace Quay::Test {

/// What the widget called @p name below @p parent says, whichever kind it is of. Null when there is none.
inline QString shownText(const QWidget *parent, const QString &name)
{
    if (const auto *label = parent->findChild<QLabel *>(name)) {
        return label->text();
    }
    const auto *text = parent->findChild<QPlainTextEdit *>(name);
    return text != nullptr ? text->toPlainText() : QString();
}

} // namespace Quay::Test
