// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/localenote.h"

#include <QString>
#include <QtLogging>

namespace Quay {

namespace {

QtMessageHandler &otherwise()
{
    static QtMessageHandler handler = nullptr;
    return handler;
}

void printUnlessAboutLocale(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const bool isAboutLocale = type == QtWarningMsg && message.startsWith(QLatin1StringView("Detected locale \""));
    if (!isAboutLocale) {
        otherwise()(type, context, message);
    }
}

} // namespace

void silenceLocaleNote()
{
    otherwise() = qInstallMessageHandler(printUnlessAboutLocale);
}

} // namespace Quay
