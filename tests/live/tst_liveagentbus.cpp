// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/agentroom.h"
#include "tests/support/privatebus.h"
#include "tests/support/supervisedrun.h"

#include <QDBusConnection>
#include <QDBusReply>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QStringList>
#include <QTest>

#include <memory>
#include <optional>

namespace {

const QString Service = QStringLiteral("org.quaymaster.Agent");
const QString Path = QStringLiteral("/org/quaymaster/Agent");
const QString Interface = QStringLiteral("org.quaymaster.Agent1");

QString stateIn(const QString &json, const QString &name)
{
    const auto servers = QJsonDocument::fromJson(json.toUtf8()).object().value(QStringLiteral("servers")).toArray();
    for (const auto &server : servers) {
        if (server.toObject().value(QStringLiteral("name")).toString() == name) {
            return server.toObject().value(QStringLiteral("state")).toString();
        }
    }
    return {};
}

} // namespace

/// The agent as other programs have it, on a real bus.
class tst_LiveAgentBus : public QObject
{
    Q_OBJECT
public Q_SLOTS:
    void changed(const QString &servers) { m_changes << servers; }

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void describesItself();
    void doesWhatTheSocketDoes();
    void tellsWhatChanges();
    void wrongCallsAreErrors();

private:
    [[nodiscard]] QDBusMessage call(const QString &method, const QVariantList &arguments);
    [[nodiscard]] QString file() const { return m_room->path(QStringLiteral("quaymaster.yaml")); }

    std::optional<Quay::Test::PrivateBus> m_bus;
    std::unique_ptr<Quay::Test::AgentRoom> m_room;
    QDBusConnection m_connection{QString()};
    QStringList m_changes;
};

void tst_LiveAgentBus::initTestCase()
{
    auto bus = Quay::Test::PrivateBus::start();
    if (!bus) {
        QSKIP("there is no dbus-daemon");
    }
    m_bus.emplace(*std::move(bus));
    m_connection = QDBusConnection::connectToBus(QString::fromStdString(m_bus->address()), QStringLiteral("test"));
    QVERIFY(m_connection.isConnected());
}

void tst_LiveAgentBus::init()
{
    m_changes.clear();
    m_room = std::make_unique<Quay::Test::AgentRoom>();
    m_room->setBus(QString::fromStdString(m_bus->address()));
    m_room->write("  api: { command: sleep 600 }\n  db: { command: sleep 600 }\n");
    QCOMPARE(m_room->quay({QStringLiteral("start"), QStringLiteral("api"), QStringLiteral("--wait")}).exitCode, 0);
    QVERIFY(Quay::Test::waitUntil([this] {
        return QDBusReply<bool>(m_connection.call(
                                    QDBusMessage::createMethodCall(
                                        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
                                        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("NameHasOwner"))
                                    << Service))
            .value();
    }));
}

void tst_LiveAgentBus::cleanup()
{
    m_room.reset();
}

QDBusMessage tst_LiveAgentBus::call(const QString &method, const QVariantList &arguments)
{
    auto message = QDBusMessage::createMethodCall(Service, Path, Interface, method);
    message.setArguments(arguments);
    return m_connection.call(message);
}

void tst_LiveAgentBus::describesItself()
{
    const QDBusReply<QString> xml = m_connection.call(QDBusMessage::createMethodCall(
        Service, Path, QStringLiteral("org.freedesktop.DBus.Introspectable"), QStringLiteral("Introspect")));

    for (const char *const method : {"Status", "Start", "Stop", "Restart"}) {
        QVERIFY2(xml.value().contains(QStringLiteral("<method name=\"%1\">").arg(QString::fromLatin1(method))), method);
    }
    QVERIFY(!xml.value().contains(QStringLiteral("Subscribe")));
    QVERIFY(xml.value().contains(QStringLiteral("<signal name=\"Changed\">")));
}

void tst_LiveAgentBus::doesWhatTheSocketDoes()
{
    const QDBusReply<QString> before = call(QStringLiteral("Status"), {file()});
    QVERIFY2(before.isValid(), qPrintable(before.error().message()));
    QCOMPARE(stateIn(before.value(), QStringLiteral("api")), QStringLiteral("ready"));

    const QDBusReply<QString> started = call(QStringLiteral("Start"), {file(), QStringList{QStringLiteral("db")}});

    QVERIFY2(started.isValid(), qPrintable(started.error().message()));
    QVERIFY(Quay::Test::waitUntil([this] { return m_room->state(QStringLiteral("db")) == QStringLiteral("ready"); }));
    const QDBusReply<QString> stopped = call(QStringLiteral("Stop"), {file(), QStringList(), true});
    QVERIFY2(stopped.isValid(), qPrintable(stopped.error().message()));
    QVERIFY(
        Quay::Test::waitUntil([this] { return m_room->state(QStringLiteral("api")) == QStringLiteral("stopped"); }));
}

void tst_LiveAgentBus::tellsWhatChanges()
{
    QVERIFY(m_connection.connect(Service, Path, Interface, QStringLiteral("Changed"), this, SLOT(changed(QString))));

    QCOMPARE(m_room->quay({QStringLiteral("stop"), QStringLiteral("api")}).exitCode, 0);

    QTRY_VERIFY_WITH_TIMEOUT(
        !m_changes.isEmpty() && stateIn(m_changes.back(), QStringLiteral("api")) == QStringLiteral("stopped"), 30'000);
}

void tst_LiveAgentBus::wrongCallsAreErrors()
{
    QCOMPARE(call(QStringLiteral("Explode"), {file()}).type(), QDBusMessage::ErrorMessage);
    QCOMPARE(call(QStringLiteral("Start"), {file()}).type(), QDBusMessage::ErrorMessage);
    QCOMPARE(call(QStringLiteral("Start"), {file(), QStringList{QStringLiteral("nobody")}}).type(),
             QDBusMessage::ErrorMessage);
    QCOMPARE(call(QStringLiteral("Start"), {QStringLiteral("/nowhere/quaymaster.yaml"), QStringList()}).type(),
             QDBusMessage::ErrorMessage);

    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("ready"));
}

QTEST_GUILESS_MAIN(tst_LiveAgentBus)
#include "tst_liveagentbus.moc"
