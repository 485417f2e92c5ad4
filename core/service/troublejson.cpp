// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/troublejson.h"

#include "core/base/words.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/protocolwords.h"
#include "core/service/jsonmembers.h"
#include "core/service/jsonvalues.h"
#include "core/service/servicewords.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

using Json::countOf;
using Json::Null;
using Json::processFrom;
using Json::text;

QJsonObject endpointJson(const IpAddress &address, std::uint16_t port)
{
    return {{QStringLiteral("address"), text(toString(address))}, {QStringLiteral("port"), port}};
}

QJsonObject listenerJson(const SocketRecord &socket)
{
    QJsonObject json = endpointJson(socket.localAddress, socket.localPort);
    json.insert(QStringLiteral("protocol"), text(wordFor(ProtocolWords, socket.protocol)));
    json.insert(QStringLiteral("waiting"), static_cast<qint64>(socket.receiveQueue));
    json.insert(QStringLiteral("queueLimit"), static_cast<qint64>(socket.sendQueue));
    return json;
}

QJsonObject processJson(ProcessId id, const std::string &name)
{
    QJsonObject json = Json::process(id);
    json.insert(QStringLiteral("name"), text(name));
    return json;
}

SocketRecord listenerFrom(const Members &json)
{
    SocketRecord socket;
    socket.localAddress = ipAddressFromText(json.text("address")).value_or(IpAddress());
    socket.localPort = json.number<std::uint16_t>("port").value_or(0);
    socket.protocol = json.word("protocol", ProtocolWords).value_or(Protocol::Tcp);
    socket.receiveQueue = json.number<std::uint32_t>("waiting").value_or(0);
    socket.sendQueue = json.number<std::uint32_t>("queueLimit").value_or(0);
    return socket;
}

} // namespace

QJsonObject toJson(const OverduePhase &overdue)
{
    QJsonArray running;
    for (const auto &phase : overdue.running) {
        running.append(text(phase));
    }
    QJsonArray refused;
    for (const auto &endpoint : overdue.refused) {
        refused.append(endpointJson(endpoint.address, endpoint.port));
    }
    return {{QStringLiteral("phase"), text(overdue.phase)},
            {QStringLiteral("limitNs"), countOf(overdue.limit)},
            {QStringLiteral("elapsedNs"), countOf(overdue.elapsed)},
            {QStringLiteral("running"), running},
            {QStringLiteral("waitsFor"), refused}};
}

OverduePhase overduePhaseFrom(const QJsonObject &object)
{
    const Members json(object);
    OverduePhase overdue{
        .phase = json.text("phase"),
        .limit = json.duration<std::chrono::nanoseconds>("limitNs").value_or(std::chrono::nanoseconds()),
        .elapsed = json.duration<std::chrono::nanoseconds>("elapsedNs").value_or(std::chrono::nanoseconds()),
        .running = {},
        .refused = {}};
    for (const auto &phase : json["running"].toArray()) {
        overdue.running.push_back(phase.toString().toStdString());
    }
    for (const auto &item : json["waitsFor"].toArray()) {
        const Members endpoint(item);
        const auto address = ipAddressFromText(endpoint.text("address"));
        const auto port = endpoint.number<std::uint16_t>("port");
        if (address && port) {
            overdue.refused.push_back({.address = *address, .port = *port});
        }
    }
    return overdue;
}

QJsonObject toJson(const Contradiction &contradiction)
{
    QJsonArray listeners;
    for (const auto &listener : contradiction.listeners) {
        listeners.append(listenerJson(listener));
    }
    QJsonValue holder = Null;
    if (const auto &foreign = contradiction.holder) {
        holder = QJsonObject{{QStringLiteral("listener"), listenerJson(foreign->socket)},
                             {QStringLiteral("process"),
                              foreign->holder ? QJsonValue(processJson(*foreign->holder, foreign->holderName)) : Null}};
    }
    const auto &process = contradiction.process;
    return {
        {QStringLiteral("kind"), text(std::string(wordFor(ContradictionWords, contradiction.kind)))},
        {QStringLiteral("expectedPort"), contradiction.expectedPort ? QJsonValue(*contradiction.expectedPort) : Null},
        {QStringLiteral("probedAddress"),
         contradiction.probedAddress ? text(toString(*contradiction.probedAddress)) : Null},
        {QStringLiteral("listeners"), listeners},
        {QStringLiteral("holder"), holder},
        {QStringLiteral("waitsNs"), contradiction.waits ? countOf(*contradiction.waits) : Null},
        {QStringLiteral("isQueueFull"), contradiction.isQueueFull},
        {QStringLiteral("condition"), text(std::string(wordFor(ConditionWords, contradiction.condition)))},
        {QStringLiteral("process"), process ? QJsonValue(processJson(process->id, process->name)) : Null},
    };
}

std::optional<Contradiction> contradictionFrom(const QJsonObject &object)
{
    const Members json(object);
    const auto kind = json.word("kind", ContradictionWords);
    if (!kind) {
        return std::nullopt;
    }
    Contradiction contradiction{
        .kind = *kind,
        .expectedPort = json.number<std::uint16_t>("expectedPort"),
        .probedAddress = ipAddressFromText(json.text("probedAddress")),
        .listeners = {},
        .holder = {},
        .waits = json.duration<std::chrono::nanoseconds>("waitsNs"),
        .isQueueFull = json.flag("isQueueFull"),
        .condition = json.word("condition", ConditionWords).value_or(ProcessCondition::Ordinary),
        .process = {},
    };
    for (const auto &listener : json["listeners"].toArray()) {
        contradiction.listeners.push_back(listenerFrom(Members(listener)));
    }
    if (const Members holder(json["holder"]); !holder.isEmpty()) {
        const Members process(holder["process"]);
        contradiction.holder = ForeignListener{.socket = listenerFrom(Members(holder["listener"])),
                                               .holder = processFrom(process),
                                               .holderName = process.text("name")};
    }
    const Members process(json["process"]);
    if (const auto id = processFrom(process)) {
        contradiction.process = ServerProcess{.id = *id, .name = process.text("name")};
    }
    return contradiction;
}

} // namespace Quay
