// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/helper/polkitagent.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>

namespace Quay::Test {

namespace {

const auto AgentPath = QStringLiteral("/org/quaymaster/TestAgent");

QDBusMessage callToPolkit(const QString &method)
{
    return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.PolicyKit1"),
                                          QStringLiteral("/org/freedesktop/PolicyKit1/Authority"),
                                          QStringLiteral("org.freedesktop.PolicyKit1.Authority"), method);
}

PolkitSubject processSubject(ProcessId process)
{
    return {.kind = QStringLiteral("unix-process"),
            .details = {{QStringLiteral("pid"), static_cast<uint>(process.pid)},
                        {QStringLiteral("start-time"), qulonglong{process.startTicks}}}};
}

void registerTypes()
{
    qDBusRegisterMetaType<PolkitSubject>();
    qDBusRegisterMetaType<QList<PolkitSubject>>();
    qDBusRegisterMetaType<QMap<QString, QString>>();
}

} // namespace

QDBusArgument &operator<<(QDBusArgument &argument, const PolkitSubject &subject)
{
    argument.beginStructure();
    argument << subject.kind << subject.details;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, PolkitSubject &subject)
{
    argument.beginStructure();
    argument >> subject.kind >> subject.details;
    argument.endStructure();
    return argument;
}

PolkitAgent::PolkitAgent()
{
    registerTypes();
    QDBusConnection::systemBus().registerObject(AgentPath, this, QDBusConnection::ExportAllSlots);
}

PolkitAgent::~PolkitAgent()
{
    QDBusConnection::systemBus().unregisterObject(AgentPath);
}

bool PolkitAgent::isKnownAction(const QString &action)
{
    registerTypes();
    // Of an action that it does not know, polkit says so whoever is meant.
    QDBusMessage call = callToPolkit(QStringLiteral("CheckAuthorization"));
    call << QVariant::fromValue(
        PolkitSubject{.kind = QStringLiteral("system-bus-name"),
                      .details = {{QStringLiteral("name"), QDBusConnection::systemBus().baseService()}}})
         << action << QVariant::fromValue(QMap<QString, QString>()) << uint{0} << QString();
    return QDBusConnection::systemBus().call(call).type() == QDBusMessage::ReplyMessage;
}

QString PolkitAgent::serve(ProcessId process, uid_t uid)
{
    m_uid = uid;
    QDBusMessage call = callToPolkit(QStringLiteral("RegisterAuthenticationAgent"));
    call << QVariant::fromValue(processSubject(process)) << QStringLiteral("C") << AgentPath;
    const QDBusMessage reply = QDBusConnection::systemBus().call(call);
    return reply.type() == QDBusMessage::ErrorMessage ? reply.errorMessage() : QString();
}

void PolkitAgent::BeginAuthentication(const QString &action, const QString & /*message*/, const QString & /*icon*/,
                                      const QMap<QString, QString> & /*details*/, const QString &cookie,
                                      const QList<PolkitIdentity> &identities)
{
    asked << action;
    if (beforeAnswer) {
        beforeAnswer();
    }
    const QDBusMessage request = message();
    setDelayedReply(true);
    const QDBusConnection bus = connection();
    switch (answer) {
    case Answer::Nothing:
        return;
    case Answer::WrongPassword:
        bus.send(request.createReply());
        return;
    case Answer::Cancelled:
        bus.send(request.createErrorReply(QStringLiteral("org.freedesktop.PolicyKit1.Error.Cancelled"),
                                          QStringLiteral("the prompt was closed")));
        return;
    case Answer::RightPassword:
        break;
    }
    QDBusMessage right = callToPolkit(QStringLiteral("AuthenticationAgentResponse2"));
    right << m_uid << cookie << QVariant::fromValue(identities.constFirst());
    auto *const watcher = new QDBusPendingCallWatcher(bus.asyncCall(right), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, bus, request](QDBusPendingCallWatcher *finished) {
        finished->deleteLater();
        if (finished->isError()) {
            failures << finished->error().message();
        }
        bus.send(request.createReply());
    });
}

void PolkitAgent::CancelAuthentication(const QString & /*cookie*/) { }

} // namespace Quay::Test
