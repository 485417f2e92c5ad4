// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/againtext.h"

#include "app/shared/audittext.h"
#include "app/shared/endingtext.h"
#include "app/shared/format.h"
#include "app/shared/listenertext.h"
#include "app/shared/managertext.h"
#include "app/shared/portoutcometext.h"
#include "core/kernel/proccmdline.h"
#include "core/processes/secretmask.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>

namespace Quay {

namespace {

struct AgainTexts
{
    Q_DECLARE_TR_FUNCTIONS(AgainText)
};

QString failureText(const StartedThing &thing)
{
    if (thing.isLeftToAnother) {
        return AgainTexts::tr("%1 was not started again: another program of yours is starting it, or has started it "
                              "already.")
            .arg(shownText(thing.name));
    }
    const bool isAboutLog = !thing.logPath.empty() && thing.error->subject == thing.logPath; // beside the record
    const QString why = thing.kind ? managerErrorText(*thing.error)
        : isAboutLog               ? recordFailureText(*thing.error)
                                   : errorText(*thing.error);
    return AgainTexts::tr("%1 could not be started again. %2", "name, why").arg(shownText(thing.name), why);
}

QString earlyEndText(const StartedThing &thing)
{
    const QString name = shownText(thing.name);
    const QString after = elapsedText(thing.earlyEnd->after);
    const QString log = shownText(thing.logPath);
    const auto &exit = thing.earlyEnd->exit;
    if (exit && exit->signal != 0) {
        return AgainTexts::tr("%1 was started again, but ended after %2, by %3. What it wrote is in %4",
                              "process, time, signal, path")
            .arg(name, after, signalText(exit->signal), log);
    }
    if (exit && exit->code) {
        return AgainTexts::tr("%1 was started again, but ended after %2, with exit code %3. What it wrote is in %4",
                              "process, time, number, path")
            .arg(name, after, QString::number(*exit->code), log);
    }
    return AgainTexts::tr("%1 was started again, but ended after %2. What it wrote is in %3", "process, time, path")
        .arg(name, after, log);
}

/// Each once, whatever its addresses.
QStringList numbersOf(const std::vector<PortClaim> &ports)
{
    std::set<std::uint16_t> numbers;
    std::ranges::transform(ports, std::inserter(numbers, numbers.end()), &PortClaim::port);
    QStringList texts;
    std::ranges::transform(numbers, std::back_inserter(texts), [](int port) { return QString::number(port); });
    return texts;
}

} // namespace

QString keepingFailureText(const Error &error)
{
    if (error.code == ErrorCode::Denied) {
        return AgainTexts::tr("XDG_RUNTIME_DIR names %1, which belongs to somebody else and is not used. Have it name "
                              "a directory of your own, or start quay as that user.",
                              "path")
            .arg(shownText(error.subject));
    }
    if (error.code == ErrorCode::Invalid) {
        return AgainTexts::tr("XDG_RUNTIME_DIR names '%1', which does not begin with a / and is not used. Have it name "
                              "a directory of your own.",
                              "path")
            .arg(shownText(error.subject));
    }
    return errorText(error);
}

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
    if (thing.earlyEnd) {
        return earlyEndText(thing);
    }
    const QString name = shownText(thing.name);
    return thing.pid ? AgainTexts::tr("%1 was started again as process %2. What it writes goes to %3")
                           .arg(name, QString::number(*thing.pid), shownText(thing.logPath))
                     : AgainTexts::tr("%1 was started again.").arg(name);
}

QStringList portsAgainTexts(const StartingAgain &started)
{
    QStringList lines;
    if (const auto silent = numbersOf(started.silentPorts); !silent.isEmpty()) {
        lines << AgainTexts::tr("Nobody listens on port(s) %1 yet.", "numbers", static_cast<int>(silent.size()))
                     .arg(silent.join(QStringLiteral(", ")));
    }
    if (const auto foreign = numbersOf(started.foreignPorts); !foreign.isEmpty()) {
        lines << AgainTexts::tr("Port(s) %1 are held now, but neither by what was started again nor by its children.",
                                "numbers", static_cast<int>(foreign.size()))
                     .arg(foreign.join(QStringLiteral(", ")));
    }
    return lines;
}

QString startedAgainText(const StartingAgain &started)
{
    QStringList lines;
    std::ranges::transform(started.things, std::back_inserter(lines), startedText);
    return (lines + portsAgainTexts(started)).join(u'\n');
}

QString takenPortText(const TakenPort &port)
{
    return AgainTexts::tr("Port %1, which it held, is held by %2 now.")
        .arg(port.claim.port)
        .arg(heldByText(port.holders));
}

} // namespace Quay
