// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/privilegedtext.h"

#include "app/shared/listenertext.h"
#include "core/control/privilegedclient.h"

#include <QCoreApplication>

#include <cerrno>

namespace Quay {

namespace {

struct PrivilegedText
{
    Q_DECLARE_TR_FUNCTIONS(PrivilegedText)
};

QString helperErrorText(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Unsupported:
        return PrivilegedText::tr("Quaymaster's helper is not installed. Install Quaymaster for the whole system, or "
                                  "use “sudo quay” in a terminal.");
    case ErrorCode::Malformed:
        return PrivilegedText::tr("Quaymaster's helper is of another version. Install both from the same package.");
    case ErrorCode::Denied:
        return PrivilegedText::tr("The system bus does not let you speak to Quaymaster's helper.");
    case ErrorCode::Gone:
    case ErrorCode::Invalid:
    case ErrorCode::Io:
        break;
    }
    if (error.sysErrno == EBUSY) {
        return PrivilegedText::tr("Quaymaster's helper waits for a password that another program has asked for. Try "
                                  "again when that prompt is closed; it gives up by itself after some minutes.");
    }
    if (error.sysErrno == ETIMEDOUT) {
        return PrivilegedText::tr("Nobody answered the question for a password in time. Nothing was done.");
    }
    return PrivilegedText::tr("Quaymaster's helper ended before it had answered. Whether it did what was asked is not "
                              "known; try again.");
}

} // namespace

QString privilegedErrorText(const Error &error)
{
    if (error.subject == HelperSubject) {
        return helperErrorText(error);
    }
    if (error.subject == PolkitSubject) {
        return PrivilegedText::tr("polkit does not run, so nobody can be asked for permission. Install polkit (package "
                                  "polkitd or polkit), or use “sudo quay” in a terminal.");
    }
    if (error.subject == SystemBusSubject) {
        return PrivilegedText::tr("There is no system bus, so Quaymaster's helper cannot be asked. Start D-Bus, or use "
                                  "“sudo quay” in a terminal.");
    }
    if (error.subject == AuthorizationSubject) {
        return PrivilegedText::tr("You were not given the permission: the authentication was refused or cancelled.");
    }
    return errorText(error);
}

} // namespace Quay
