// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/agent/busdoor.h"

#include "core/service/agentmessage.h"
#include "core/service/serverstatusjson.h"

#include <QDBusError>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>
#include <QVariant>
#include <QVariantList>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

namespace Quay {

namespace {

const QString Service = QStringLiteral("org.quaymaster.Agent");
const QString Path = QStringLiteral("/org/quaymaster/Agent");
const QString Interface = QStringLiteral("org.quaymaster.Agent1");

QString busNameOf(const AgentVerbDescription &verb)
{
    QString name = QString::fromLatin1(verb.word.data(), static_cast<qsizetype>(verb.word.size()));
    name[0] = name[0].toUpper();
    return name;
}

/// Whoever is on the bus gets the signals without asking for them.
bool isOnBus(const AgentVerbDescription &verb)
{
    return verb.verb != AgentVerb::Subscribe;
}

QString signatureOf(const AgentVerbDescription &verb)
{
    return QString(QStringLiteral("s") + (verb.takesNames ? QStringLiteral("as") : QString())
                   + (verb.takesForce ? QStringLiteral("b") : QString()));
}

std::optional<AgentRequest> requestFrom(const QDBusMessage &message)
{
    const auto *const verb = std::ranges::find_if(
        AgentVerbs, [&](const auto &known) { return isOnBus(known) && busNameOf(known) == message.member(); });
    if (verb == AgentVerbs.end() || message.signature() != signatureOf(*verb)) {
        return std::nullopt;
    }
    const QVariantList arguments = message.arguments();
    AgentRequest request{.verb = verb->verb,
                         .id = 0,
                         .file = arguments.at(0).toString().toStdString(),
                         .names = {},
                         .isForced = verb->takesForce && arguments.at(2).toBool(),
                         .environment = {}};
    if (verb->takesNames) {
        for (const auto &name : arguments.at(1).toStringList()) {
            request.names.push_back(name.toStdString());
        }
    }
    return request;
}

QString argumentXml(const QString &name, const QString &type, const QString &direction)
{
    return QStringLiteral("      <arg name=\"%1\" type=\"%2\" direction=\"%3\"/>\n").arg(name, type, direction);
}

QString methodXml(const AgentVerbDescription &verb)
{
    const QString in = QStringLiteral("in");
    QString xml = QStringLiteral("    <method name=\"%1\">\n").arg(busNameOf(verb));
    xml += argumentXml(QStringLiteral("file"), QStringLiteral("s"), in);
    if (verb.takesNames) {
        xml += argumentXml(QStringLiteral("names"), QStringLiteral("as"), in);
    }
    if (verb.takesForce) {
        xml += argumentXml(QStringLiteral("force"), QStringLiteral("b"), in);
    }
    xml += argumentXml(QStringLiteral("servers"), QStringLiteral("s"), QStringLiteral("out"));
    return QString(xml + QStringLiteral("    </method>\n"));
}

QString jsonOf(const std::vector<ServerStatus> &servers)
{
    QJsonArray list;
    for (const auto &server : servers) {
        list.append(toJson(server));
    }
    const QJsonObject json{{QStringLiteral("schema"), 1}, {QStringLiteral("servers"), list}};
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

QDBusMessage answerTo(const QDBusMessage &asked, const AgentReply &reply)
{
    if (!reply.error) {
        return asked.createReply(jsonOf(reply.servers));
    }
    const QString subject = QString::fromStdString(reply.error->subject);
    const auto type = reply.error->code == ErrorCode::Gone ? QDBusError::UnknownObject : QDBusError::InvalidArgs;
    return asked.createErrorReply(type, subject);
}

} // namespace

BusDoor::BusDoor(AgentClient client, QDBusConnection bus)
    : m_client(std::move(client))
    , m_bus(std::move(bus))
    , m_notifier(m_client.awaited().fd, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &BusDoor::takeIn);
}

bool BusDoor::open()
{
    return m_bus.isConnected() && m_client.send({.verb = AgentVerb::Subscribe})
        && m_bus.registerVirtualObject(Path, this) && m_bus.registerService(Service);
}

QString BusDoor::introspect(const QString &path) const
{
    if (path != Path) {
        return {};
    }
    QString xml = QStringLiteral("  <interface name=\"%1\">\n").arg(Interface);
    for (const auto &verb : AgentVerbs) {
        xml += isOnBus(verb) ? methodXml(verb) : QString();
    }
    xml += QStringLiteral("    <signal name=\"Changed\">\n      <arg name=\"servers\" type=\"s\"/>\n    </signal>\n");
    return QString(xml + QStringLiteral("  </interface>\n"));
}

bool BusDoor::handleMessage(const QDBusMessage &message, const QDBusConnection & /*connection*/)
{
    const bool isOurs = message.interface().isEmpty() || message.interface() == Interface;
    const auto request = isOurs ? requestFrom(message) : std::nullopt;
    if (!request) {
        return false; // Qt says that there is no such method
    }
    const auto id = m_client.send(*request);
    if (!id) {
        return false;
    }
    message.setDelayedReply(true);
    m_asked.insert_or_assign(*id, message);
    return true;
}

void BusDoor::takeIn()
{
    const auto messages = m_client.receive();
    if (!messages) {
        m_notifier.setEnabled(false); // the agent ends
        return;
    }
    for (const auto &message : *messages) {
        if (const auto *const news = std::get_if<AgentNews>(&message)) {
            QDBusMessage changed = QDBusMessage::createSignal(Path, Interface, QStringLiteral("Changed"));
            changed << jsonOf({news->server});
            m_bus.send(changed);
            continue;
        }
        const auto &reply = std::get<AgentReply>(message);
        if (const auto asked = m_asked.extract(reply.id)) {
            m_bus.send(answerTo(asked.mapped(), reply));
        }
    }
}

} // namespace Quay
