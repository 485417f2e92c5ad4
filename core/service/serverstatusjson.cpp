// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/serverstatusjson.h"

#include "core/base/errorwords.h"
#include "core/base/words.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/protocolwords.h"
#include "core/probes/observationwords.h"
#include "core/service/accountjson.h"
#include "core/service/jsonmembers.h"
#include "core/service/jsonvalues.h"
#include "core/service/servicewords.h"
#include "core/service/troublejson.h"
#include "core/supervise/launchwords.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

namespace {

using Json::countOf;
using Json::countOrNull;
using Json::Null;
using Json::text;
using Json::textOrNull;
using Json::word;

QJsonValue toJson(const std::optional<ProcessMark> &process)
{
    return process ? QJsonValue(Json::process(process->id)) : Null;
}

QJsonValue toJson(const std::optional<Error> &error)
{
    if (!error) {
        return Null;
    }
    return QJsonObject{{QStringLiteral("code"), word(wordFor(ErrorCodeWords, error->code))},
                       {QStringLiteral("subject"), text(error->subject)},
                       {QStringLiteral("errno"), error->sysErrno}};
}

QJsonObject toJson(const StateReason &reason)
{
    return {{QStringLiteral("cause"), word(wordFor(StateCauseWords, reason.cause))},
            {QStringLiteral("subject"), reason.subject.empty() ? Null : text(reason.subject)},
            {QStringLiteral("exit"), toJson(reason.exit)},
            {QStringLiteral("error"), toJson(reason.error)},
            {QStringLiteral("pauseMs"), countOrNull(reason.pause)},
            {QStringLiteral("count"), reason.count > 0 ? QJsonValue(reason.count) : Null}};
}

QJsonObject toJson(const ExpectedPort &port)
{
    return {{QStringLiteral("port"), port.port},
            {QStringLiteral("protocol"), word(wordFor(ProtocolWords, port.protocol))},
            {QStringLiteral("address"), port.address ? text(toString(*port.address)) : Null}};
}

QJsonValue toJson(const std::optional<LaunchFailure> &failure)
{
    if (!failure) {
        return Null;
    }
    return QJsonObject{
        {QStringLiteral("problem"), word(wordFor(LaunchProblemWords, failure->problem))},
        {QStringLiteral("error"), toJson(std::optional(failure->error))},
        {QStringLiteral("holder"), toJson(failure->holder)},
        {QStringLiteral("sinceNs"), failure->since ? countOf(failure->since->realTime) : Null},
    };
}

QJsonValue toJson(const std::optional<ForeignRun> &run)
{
    if (!run) {
        return Null;
    }
    QJsonObject json = Json::process(run->supervisor.id);
    json.insert(QStringLiteral("sinceNs"), countOf(run->since));
    return json;
}

QJsonValue toJson(const Observation &seen)
{
    return seen.what == Observation::What::NotTried ? Null : QJsonValue(Json::observation(seen));
}

std::optional<ProcessMark> processFrom(const Members &json)
{
    return Json::processFrom(json).transform([](ProcessId id) { return ProcessMark{.id = id, .serial = {}}; });
}

std::optional<Error> errorFrom(const Members &json)
{
    const auto code = json.word("code", ErrorCodeWords);
    return code
        ? std::optional(
              Error{.code = *code, .subject = json.text("subject"), .sysErrno = json.number<int>("errno").value_or(0)})
        : std::nullopt;
}

StateReason reasonFrom(const Members &json)
{
    return {.cause = json.word("cause", StateCauseWords).value_or(StateCause::Nothing),
            .subject = json.text("subject"),
            .detail = {},
            .exit = exitStatusFrom(json["exit"].toObject()),
            .error = errorFrom(Members(json["error"])),
            .pause = json.duration<std::chrono::milliseconds>("pauseMs"),
            .count = json.number<int>("count").value_or(0)};
}

std::optional<LaunchFailure> launchFailureFrom(const Members &json)
{
    const auto problem = json.word("problem", LaunchProblemWords);
    if (!problem) {
        return std::nullopt;
    }
    LaunchFailure failure{.problem = *problem,
                          .error = errorFrom(Members(json["error"])).value_or(Error()),
                          .holder = processFrom(Members(json["holder"])),
                          .since = {}};
    if (const auto since = json.duration<std::chrono::nanoseconds>("sinceNs")) {
        failure.since = RunTime{.realTime = *since, .sinceBoot = {}};
    }
    return failure;
}

std::optional<ForeignRun> foreignRunFrom(const Members &json)
{
    const auto supervisor = processFrom(json);
    const auto since = json.duration<std::chrono::nanoseconds>("sinceNs");
    return supervisor && since ? std::optional(ForeignRun{.supervisor = *supervisor, .since = *since}) : std::nullopt;
}

Observation observationFrom(const Members &json)
{
    return {.what = json.word("what", ObservationWords).value_or(Observation::What::NotTried),
            .detail = json.text("detail"),
            .number = json.number<int>("number").value_or(0)};
}

std::vector<ExpectedPort> portsFrom(const QJsonArray &list)
{
    std::vector<ExpectedPort> ports;
    for (const auto &item : list) {
        const Members json(item);
        if (const auto port = json.number<std::uint16_t>("port")) {
            ports.push_back({.port = *port,
                             .protocol = json.word("protocol", ProtocolWords).value_or(Protocol::Tcp),
                             .address = ipAddressFromText(json.text("address")),
                             .variable = {}});
        }
    }
    return ports;
}

std::vector<OverduePhase> overdueFrom(const QJsonArray &list)
{
    std::vector<OverduePhase> overdue;
    for (const auto &item : list) {
        overdue.push_back(overduePhaseFrom(item.toObject()));
    }
    return overdue;
}

} // namespace

QJsonObject toJson(const ServerStatus &status)
{
    QJsonArray ports;
    for (const auto &port : status.ports) {
        ports.append(toJson(port));
    }
    QJsonArray overdue;
    for (const auto &phase : status.overdue) {
        overdue.append(toJson(phase));
    }
    return {
        {QStringLiteral("name"), text(status.name)},
        {QStringLiteral("project"), text(status.project)},
        {QStringLiteral("file"), text(status.file)},
        {QStringLiteral("state"), word(wordFor(ServerStateWords, status.state))},
        {QStringLiteral("reason"), toJson(status.reason)},
        {QStringLiteral("sinceNs"), countOf(status.since)},
        {QStringLiteral("run"), textOrNull(status.runId)},
        {QStringLiteral("startedNs"), countOrNull(status.startedAt)},
        {QStringLiteral("process"), toJson(status.process)},
        {QStringLiteral("supervisor"), toJson(status.supervisor)},
        {QStringLiteral("readyAfterNs"), countOrNull(status.readyAfter)},
        {QStringLiteral("ports"), ports},
        {QStringLiteral("launch"), toJson(status.launchFailure)},
        {QStringLiteral("seen"), toJson(status.seen)},
        {QStringLiteral("overdue"), overdue},
        {QStringLiteral("contradiction"), status.contradiction ? QJsonValue(toJson(*status.contradiction)) : Null},
        {QStringLiteral("account"), toJson(status.account)},
        {QStringLiteral("elsewhere"), toJson(status.elsewhere)},
        {QStringLiteral("heldUpBy"), textOrNull(status.heldUpBy)},
        {QStringLiteral("unwatchedFor"), textOrNull(status.unwatchedFor)},
        {QStringLiteral("isStartOpen"), status.isStartOpen},
        {QStringLiteral("isWanted"), status.isWanted},
        {QStringLiteral("isOutdated"), status.isOutdated},
        {QStringLiteral("isRemoved"), status.isRemoved},
    };
}

std::optional<ServerStatus> serverStatusFrom(const QJsonObject &object)
{
    const Members json(object);
    const auto name = json.textOrNothing("name");
    const auto state = json.word("state", ServerStateWords);
    if (!name || !state) {
        return std::nullopt;
    }
    return ServerStatus{
        .file = json.text("file"),
        .project = json.text("project"),
        .name = *name,
        .state = *state,
        .reason = reasonFrom(Members(json["reason"])),
        .since = json.duration<std::chrono::nanoseconds>("sinceNs").value_or(std::chrono::nanoseconds()),
        .runId = json.textOrNothing("run"),
        .startedAt = json.duration<std::chrono::nanoseconds>("startedNs"),
        .process = processFrom(Members(json["process"])),
        .supervisor = processFrom(Members(json["supervisor"])),
        .readyAfter = json.duration<std::chrono::nanoseconds>("readyAfterNs"),
        .ports = portsFrom(json["ports"].toArray()),
        .launchFailure = launchFailureFrom(Members(json["launch"])),
        .seen = observationFrom(Members(json["seen"])),
        .overdue = overdueFrom(json["overdue"].toArray()),
        .contradiction = contradictionFrom(json["contradiction"].toObject()),
        .account = runAccountFrom(json["account"].toObject()),
        .elsewhere = foreignRunFrom(Members(json["elsewhere"])),
        .heldUpBy = json.textOrNothing("heldUpBy"),
        .unwatchedFor = json.textOrNothing("unwatchedFor"),
        .isStartOpen = json.flag("isStartOpen"),
        .isWanted = json.flag("isWanted"),
        .isOutdated = json.flag("isOutdated"),
        .isRemoved = json.flag("isRemoved"),
    };
}

} // namespace Quay
