// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/linktext.h"

#include "app/shared/format.h"

#include <QCoreApplication>

namespace Quay {

namespace {

struct LinkText
{
    Q_DECLARE_TR_FUNCTIONS(LinkText)
};

} // namespace

QString linkText(const std::optional<ProcLink> &link)
{
    if (!link) {
        return LinkText::tr("hidden: may not be read");
    }
    const QString path = shownText(link->path);
    return link->isDeleted ? LinkText::tr("%1 (deleted)", "a file or directory").arg(path) : path;
}

QString directoryText(const OwnerProfile &profile)
{
    const QString text = linkText(profile.workingDirectory);
    return profile.isDirectorySilent ? LinkText::tr("%1 (its file system does not answer)", "a directory").arg(text)
                                     : text;
}

} // namespace Quay
