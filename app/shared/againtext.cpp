// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/againtext.h"

#include "app/shared/format.h"
#include "app/shared/listenertext.h"
#include "app/shared/managertext.h"
#include "app/shared/portoutcometext.h"
#include "core/kernel/proccmdline.h"
#include "core/processes/secretmask.h"

#include <QCoreApplication>

namespace Quay {

namespace {

struct AgainTexts
{
    Q_DECLARE_TR_FUNCTIONS(AgainText)
};

QString failureText(const StartedThing &thing)
{
    const QString why = thing.kind ? managerErrorText(*thing.error) : errorText(*thing.error);
    return AgainTexts::tr("%1 could not be started again. %2", "name, why").arg(shownText(thing.name), why);
}

} // namespace

QString startText(const StartSpec &spec)
{
    return AgainTexts::tr("%1, in %2", "command, in directory")
        .arg(shownText(joinArguments(maskedArguments(spec.arguments))), shownText(spec.directory));
}

QString startedText(const StartedThing &thing)
{
    if (thing.error) {
        return failureText(thing);
    }
    const QString name = shownText(thing.name);
    return thing.pid ? AgainTexts::tr("%1 was started again as process %2. What it writes goes to %3")
                           .arg(name, QString::number(*thing.pid), shownText(thing.logPath))
                     : AgainTexts::tr("%1 was started again.").arg(name);
}

QString takenPortText(const TakenPort &port)
{
    return AgainTexts::tr("Port %1, which it held, is held by %2 now.")
        .arg(port.claim.port)
        .arg(heldByText(port.holders));
}

} // namespace Quay
