// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/desktop.h"

#include <QList>
#include <QStringList>
#include <QUrl>

namespace Quay::Test {

/// Opens nothing and remembers what it was asked for.
class FakeDesktop : public Desktop
{
public:
    bool openUrl(const QUrl &url) override
    {
        openedUrls << url;
        return canOpen;
    }
    bool start(const DesktopCommand &command) override
    {
        started << command;
        return canStart;
    }
    QString findProgram(const QString &name) override
    {
        return installed.contains(name) ? QString(QStringLiteral("/usr/bin/") % name) : QString();
    }
    void copyText(const QString &text) override { copied << text; }

    bool canOpen = true;
    bool canStart = true;
    QStringList installed;
    QList<QUrl> openedUrls;
    QList<DesktopCommand> started;
    QStringList copied;
};

} // namespace Quay::Test
