// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/modulepath.h"

#include <QFileInfo>

namespace Quay {

QString modulePath(const QString &name)
{
    const QString directory = QFileInfo(QStringLiteral("/proc/self/exe")).symLinkTarget().section(u'/', 0, -2);
    const QString inBuildTree = directory + u'/' + name + QStringLiteral(".so");
    return QFileInfo::exists(inBuildTree)
        ? inBuildTree
        : QString(directory + QStringLiteral("/" QUAY_MODULE_DIR "/") + name + QStringLiteral(".so"));
}

} // namespace Quay
