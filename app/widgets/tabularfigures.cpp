// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/tabularfigures.h"

#include <QFont>
#include <QWidget>

namespace Quay {

void useTabularFigures(QWidget *widget)
{
    QFont font = widget->font();
    font.setFeature(QFont::Tag("tnum"), 1);
    widget->setFont(font);
}

} // namespace Quay
