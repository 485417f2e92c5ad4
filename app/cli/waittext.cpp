// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/waittext.h"

#include "app/cli/listenerjson.h"
#include "app/cli/statustext.h"
#include "app/shared/format.h"
#include "app/shared/httptext.h"
#include "core/probes/observationwords.h"
#include "core/service/servicewords.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace Quay {

namespace {

struct WaitTexts
{
    Q_DECLARE_TR_FUNCTIONS(WaitCommand)
};

QString withDetail(const QString &text, const std::string &detail)
{
    return detail.empty() ? text : WaitTexts::tr("%1: %2", "what was seen: details").arg(text, shownText(detail));
}

QString wordOf(WaitTarget::Kind kind)
{
    switch (kind) {
    case WaitTarget::Kind::Listen:
        return QStringLiteral("listen");
    case WaitTarget::Kind::Free:
        return QStringLiteral("free");
    case WaitTarget::Kind::Tcp:
        return QStringLiteral("tcp");
    case WaitTarget::Kind::Http:
        return QStringLiteral("http");
    case WaitTarget::Kind::Server:
        return QStringLiteral("server");
    }
    return {};
}

QJsonObject toJson(const WaitTarget &target, const WaitOutcome &outcome)
{
    const auto afterMs = std::chrono::duration_cast<std::chrono::milliseconds>(outcome.after).count();
    const QJsonValue null(QJsonValue::Null);
    const bool hasStatus = outcome.seen.what == Observation::What::HttpStatus;
    return {
        {QStringLiteral("target"), jsonText(target.word)},
        {QStringLiteral("kind"), wordOf(target.kind)},
        {QStringLiteral("port"), target.port > 0 ? QJsonValue(target.port) : null},
        {QStringLiteral("host"), target.host.empty() ? null : jsonText(target.host)},
        {QStringLiteral("met"), outcome.isMet},
        {QStringLiteral("waitedMs"), static_cast<qint64>(afterMs)},
        {QStringLiteral("attempts"), outcome.attempts},
        {QStringLiteral("seen"), jsonText(wordFor(ObservationWords, outcome.seen.what))},
        {QStringLiteral("seenDetail"), outcome.seen.detail.empty() ? null : jsonText(outcome.seen.detail)},
        {QStringLiteral("httpStatus"), hasStatus ? QJsonValue(outcome.seen.number) : null},
    };
}

} // namespace

QString observationText(const Observation &seen)
{
    switch (seen.what) {
    case Observation::What::NotTried:
        return WaitTexts::tr("not tried yet");
    case Observation::What::NobodyListens:
        return seen.number > 0 ? WaitTexts::tr("nobody listens at port %1").arg(seen.number)
                               : WaitTexts::tr("nobody listens");
    case Observation::What::Listening:
        return WaitTexts::tr("listens at %1").arg(shownText(seen.detail));
    case Observation::What::PortFree:
        return WaitTexts::tr("can be bound");
    case Observation::What::PortFreeUntested:
        return WaitTexts::tr("nobody listens (only root may bind it)");
    case Observation::What::PortHeld:
        return seen.detail.empty() ? WaitTexts::tr("in use") : WaitTexts::tr("held by %1").arg(shownText(seen.detail));
    case Observation::What::HostUnknown:
        return withDetail(WaitTexts::tr("host not found"), seen.detail);
    case Observation::What::Refused:
        return seen.detail.empty()
            ? WaitTexts::tr("connection refused")
            : WaitTexts::tr("connection refused, listens at %1 only").arg(shownText(seen.detail));
    case Observation::What::TimedOut:
        return WaitTexts::tr("no answer");
    case Observation::What::Unreachable:
        return withDetail(WaitTexts::tr("not reachable"), seen.detail);
    case Observation::What::Connected:
        return WaitTexts::tr("accepts connections");
    case Observation::What::NotAccepted:
        return WaitTexts::tr("listens at %1, but has not accepted a connection").arg(shownText(seen.detail));
    case Observation::What::HttpStatus:
        return WaitTexts::tr("HTTP %1").arg(seen.number);
    case Observation::What::TlsFailed:
        return withDetail(WaitTexts::tr("TLS failed"), seen.detail);
    case Observation::What::HttpFailed:
        return withDetail(WaitTexts::tr("HTTP failed"), seen.detail);
    case Observation::What::NotReadable:
        return withDetail(WaitTexts::tr("the kernel's table of ports cannot be read"), seen.detail);
    case Observation::What::HttpHeaderMissing:
        return WaitTexts::tr("HTTP %1, header %2 missing or other").arg(seen.number).arg(shownText(seen.detail));
    case Observation::What::HttpBodyMismatch:
        return WaitTexts::tr("HTTP %1, page without what was looked for").arg(seen.number);
    case Observation::What::CommandEnded:
        return withDetail(seen.number < 0 ? WaitTexts::tr("the command ended on signal %1").arg(-seen.number)
                                          : WaitTexts::tr("the command ended with %1").arg(seen.number),
                          seen.detail);
    case Observation::What::CommandNotRun:
        return withDetail(WaitTexts::tr("the command could not be run"), seen.detail);
    case Observation::What::NotManaged:
        return WaitTexts::tr("not started by Quaymaster");
    case Observation::What::ManagedState:
        return serverStateText(valueFor(ServerStateWords, seen.detail).value_or(ServerState::Stopped));
    case Observation::What::NotSaid:
        return WaitTexts::tr("it has not said so");
    case Observation::What::Silent:
        return WaitTexts::tr("it has not said for %1 that it is alive")
            .arg(elapsedText(std::chrono::milliseconds(seen.number)));
    case Observation::What::HttpUnavailable:
        return httpUnavailableText(seen.detail);
    }
    return {};
}

QString outcomeText(const WaitTarget &target, const WaitOutcome &outcome)
{
    const QString text = outcome.isMet
        ? WaitTexts::tr("%1: %2, after %3", "target: what was seen, after a duration")
        : WaitTexts::tr("%1: gave up after %3: %2", "target: gave up after a duration: what was seen last");
    return text.arg(shownText(target.word), observationText(outcome.seen), elapsedText(outcome.after));
}

QString progressText(const std::vector<WaitTarget> &targets, const std::vector<WaitOutcome> &outcomes)
{
    const auto missing = std::ranges::find(outcomes, false, &WaitOutcome::isMet);
    if (missing == outcomes.end()) {
        return {};
    }
    const auto &target = targets.at(static_cast<std::size_t>(missing - outcomes.begin()));
    return WaitTexts::tr("Waiting for %1 of %2: %3 (%4)", "missing of all: target (what was seen)")
        .arg(std::ranges::count(outcomes, false, &WaitOutcome::isMet))
        .arg(outcomes.size())
        .arg(shownText(target.word), observationText(missing->seen));
}

QJsonObject waitJson(const std::vector<WaitTarget> &targets, const std::vector<WaitOutcome> &outcomes,
                     std::chrono::milliseconds timeout)
{
    QJsonArray list;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        list.append(toJson(targets[i], outcomes.at(i)));
    }
    return {
        {QStringLiteral("schema"), JsonSchemaVersion},
        {QStringLiteral("met"), std::ranges::all_of(outcomes, &WaitOutcome::isMet)},
        {QStringLiteral("timeoutMs"), static_cast<qint64>(timeout.count())},
        {QStringLiteral("targets"), list},
    };
}

} // namespace Quay
