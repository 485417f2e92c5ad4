// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/icons.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QPalette>
#include <QStringList>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>

namespace Quay {

namespace {

bool isInstalled(const QString &theme)
{
    return std::ranges::any_of(QIcon::themeSearchPaths(), [&theme](const QString &path) {
        return QFileInfo::exists(path % QLatin1Char('/') % theme % QLatin1String("/index.theme"));
    });
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

bool isOurChoice(const QString &theme)
{
    return theme.isEmpty() || theme == QLatin1String("hicolor") || theme.startsWith(QLatin1String("breeze"));
}

} // namespace

QIcon themedIcon(const QString &name)
{
    const QString ours = QLatin1String(":/quaymaster/icons/") % name % QLatin1String(".svg");
    return QIcon::fromTheme(name, QFileInfo::exists(ours) ? QIcon(ours) : QIcon());
}

QIcon warningIcon()
{
    return QIcon(QStringLiteral(":/quaymaster/icons/dialog-warning.svg"));
}

QIcon programIcon()
{
    return themedIcon(QStringLiteral("org.quaymaster.Quaymaster"));
}

void chooseIconTheme()
{
    if (!isOurChoice(QIcon::themeName())) {
        return; // the desktop has one, and knows better
    }
    const bool dark = isDark(QGuiApplication::palette());
    const auto breeze = dark ? QStringLiteral("breeze-dark") : QStringLiteral("breeze");
    for (const QString &theme : {breeze, QStringLiteral("Adwaita")}) {
        if (isInstalled(theme)) {
            QIcon::setThemeName(theme);
            return;
        }
    }
}

void markOverflow(QToolBar *bar)
{
    // Styles without a palette of icons, as Fusion, draw it black on whatever lies below.
    if (auto *mark = bar->findChild<QToolButton *>(QStringLiteral("qt_toolbar_ext_button"))) {
        mark->setIcon(themedIcon(QStringLiteral("arrow-right-double")));
    }
}

} // namespace Quay
