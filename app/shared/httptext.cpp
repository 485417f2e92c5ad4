// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/httptext.h"

#include "app/shared/format.h"

#include <QCoreApplication>

namespace Quay {

namespace {

struct HttpTexts
{
    Q_DECLARE_TR_FUNCTIONS(HttpText)
};

} // namespace

QString httpUnavailableText(const std::string &why)
{
    return HttpTexts::tr("cannot be asked: quay-http, which speaks HTTP, cannot be loaded (%1); install Qt Network "
                         "(libqt6network6, libQt6Network6, qt6-qtbase or qt6-base), or Quaymaster anew")
        .arg(shownText(why));
}

} // namespace Quay
