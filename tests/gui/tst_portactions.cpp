// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/portactions.h"
#include "core/kernel/netinterface.h"
#include "tests/gui/fakedesktop.h"
#include "tests/support/snapshots.h"

#include <QAction>
#include <QSignalSpy>
#include <QTest>

#include <cstdint>
#include <memory>

using namespace Quay;
using Test::listenerFrom;

class tst_PortActions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void urlLeadsToTheListener_data();
    void urlLeadsToTheListener();
    void terminalIsChosen_data();
    void terminalIsChosen();
    void onlyWhatIsPossibleIsEnabled();
    void deletedDirectoryIsNotOpened();
    void directoryOfAContainerIsNotOpened();
    void linkLocalAddressNeedsItsInterface();
    void localhostIsNotReachedOverAnotherInterface();
    void copiesAreSafeText();
    void terminalStartsInTheDirectory();
    void missingProgramsAreSaid();

private:
    [[nodiscard]] QAction *action(const char *name) const
    {
        return m_actions.findChild<QAction *>(QString::fromLatin1(name));
    }

    Test::FakeDesktop m_desktop;
    PortActions m_actions{&m_desktop};
};

void tst_PortActions::urlLeadsToTheListener_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("port");
    QTest::addColumn<bool>("isSplit");
    QTest::addColumn<QString>("url");
    QTest::addRow("loopback") << QStringLiteral("127.0.0.1") << 3000 << false
                              << QStringLiteral("http://localhost:3000");
    QTest::addRow("all IPv4") << QStringLiteral("0.0.0.0") << 80 << false << QStringLiteral("http://localhost:80");
    QTest::addRow("IPv6 loopback") << QStringLiteral("::1") << 5173 << false << QStringLiteral("http://localhost:5173");
    QTest::addRow("split, IPv4") << QStringLiteral("0.0.0.0") << 3000 << true
                                 << QStringLiteral("http://127.0.0.1:3000");
    QTest::addRow("split, IPv6") << QStringLiteral("::") << 3000 << true << QStringLiteral("http://[::1]:3000");
    QTest::addRow("another loopback") << QStringLiteral("127.0.0.53") << 53 << false
                                      << QStringLiteral("http://127.0.0.53:53");
    QTest::addRow("a network address") << QStringLiteral("192.168.1.4") << 8080 << false
                                       << QStringLiteral("http://192.168.1.4:8080");
    QTest::addRow("mapped") << QStringLiteral("::ffff:192.168.1.4") << 8080 << false
                            << QStringLiteral("http://192.168.1.4:8080");
    QTest::addRow("https") << QStringLiteral("127.0.0.1") << 8443 << false << QStringLiteral("https://localhost:8443");
}

void tst_PortActions::urlLeadsToTheListener()
{
    QFETCH(const QString, address);
    QFETCH(const int, port);
    QFETCH(const bool, isSplit);
    QFETCH(const QString, url);
    Test::ListenerSpec spec{.port = static_cast<std::uint16_t>(port), .address = address.toStdString()};
    if (isSplit) {
        spec.warnings = {{.kind = WarningKind::SplitBrain, .facts = {}}};
    }

    QCOMPARE(browserUrl(*listenerFrom(spec)).toString(), url);
}

void tst_PortActions::terminalIsChosen_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QStringList>("installed");
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("arguments");
    const QStringList none;
    QTest::addRow("the user's") << QStringLiteral("kitty -1") << QStringList{QStringLiteral("kitty")}
                                << QStringLiteral("/usr/bin/kitty") << QStringList{QStringLiteral("-1")};
    QTest::addRow("the user's is missing")
        << QStringLiteral("gone") << QStringList{QStringLiteral("xterm")} << QStringLiteral("/usr/bin/xterm") << none;
    QTest::addRow("the distribution's before others")
        << QString() << QStringList{QStringLiteral("xterm"), QStringLiteral("x-terminal-emulator")}
        << QStringLiteral("/usr/bin/x-terminal-emulator") << none;
    QTest::addRow("a single-process one is told where")
        << QString() << QStringList{QStringLiteral("gnome-terminal")} << QStringLiteral("/usr/bin/gnome-terminal")
        << QStringList{QStringLiteral("--working-directory=/srv/a b")};
    QTest::addRow("none") << QString() << none << QString() << none;
}

void tst_PortActions::terminalIsChosen()
{
    QFETCH(const QString, variable);
    QFETCH(const QStringList, installed);
    QFETCH(const QString, program);
    QFETCH(const QStringList, arguments);
    m_desktop.installed = installed;
    const auto directory = QStringLiteral("/srv/a b");

    const auto command =
        terminalCommand(directory, variable, [this](const QString &name) { return m_desktop.findProgram(name); });

    QCOMPARE(command.has_value(), !program.isEmpty());
    if (command) {
        QCOMPARE(command->program, program);
        QCOMPARE(command->arguments, arguments);
        QCOMPARE(command->workingDirectory, directory);
    }
}

void tst_PortActions::onlyWhatIsPossibleIsEnabled()
{
    m_actions.setListener(nullptr, {});
    for (const auto *entry : m_actions.openActions() + m_actions.copyActions()) {
        QVERIFY2(!entry->isEnabled(), qPrintable(entry->objectName()));
    }

    m_actions.setListener(listenerFrom({.protocol = Protocol::Udp, .owners = {{.pid = 1}}}), {});
    QVERIFY(!action("openInBrowser")->isEnabled());
    QVERIFY(action("openFolder")->isEnabled());
    QVERIFY(action("copyPid")->isEnabled());

    m_actions.setListener(listenerFrom({.knowledge = OwnerKnowledge::Hidden}), {});
    QVERIFY(action("openInBrowser")->isEnabled());
    QVERIFY(!action("openTerminal")->isEnabled());
    QVERIFY(!action("copyPid")->isEnabled());
    QVERIFY(action("copyAddress")->isEnabled());
}

void tst_PortActions::deletedDirectoryIsNotOpened()
{
    auto listener = *listenerFrom({.owners = {{.pid = 1}}});
    auto profile = *listener.owners.front().profile;
    profile.workingDirectory = ProcLink{.path = "/gone", .isDeleted = true};
    listener.owners.front().profile = std::make_shared<const OwnerProfile>(profile);

    m_actions.setListener(std::make_shared<const Listener>(listener), {});

    QVERIFY(!action("openFolder")->isEnabled());
    QVERIFY(!action("openTerminal")->isEnabled());
}

void tst_PortActions::directoryOfAContainerIsNotOpened()
{
    auto listener = *listenerFrom({.owners = {{.pid = 1, .directory = "/tmp"}}});
    auto profile = *listener.owners.front().profile;
    profile.isDirectoryElsewhere = true;
    listener.owners.front().profile = std::make_shared<const OwnerProfile>(profile);

    m_actions.setListener(std::make_shared<const Listener>(listener), {});

    QVERIFY(!action("openFolder")->isEnabled());
    QVERIFY(!action("openTerminal")->isEnabled());
}

void tst_PortActions::linkLocalAddressNeedsItsInterface()
{
    m_desktop.copied.clear();
    m_actions.setListener(listenerFrom({.port = 3000, .address = "fe80::1", .interfaceName = "eth0"}), {});
    QVERIFY(!action("openInBrowser")->isEnabled());
    action("copyAddress")->trigger();

    m_actions.setListener(listenerFrom({.port = 3000, .address = "192.168.1.4", .interfaceName = "eth0"}), {});
    QVERIFY(action("openInBrowser")->isEnabled());
    action("copyAddress")->trigger();

    const QStringList expected{QStringLiteral("[fe80::1%eth0]:3000"), QStringLiteral("192.168.1.4:3000")};
    QCOMPARE(m_desktop.copied, expected);
}

void tst_PortActions::localhostIsNotReachedOverAnotherInterface()
{
    const auto isOffered = [this](const char *address, std::uint32_t interface) {
        auto listener = *listenerFrom({.port = 3000, .address = address});
        listener.socket.interfaceIndex = interface;
        m_actions.setListener(std::make_shared<const Listener>(listener), {});
        return action("openInBrowser")->isEnabled();
    };

    for (const char *const address : {"0.0.0.0", "::", "127.0.0.1"}) {
        QVERIFY2(isOffered(address, 0), address);
        QVERIFY2(isOffered(address, LoopbackInterface), address);
        QVERIFY2(!isOffered(address, LoopbackInterface + 1), address);
    }
    QVERIFY(isOffered("192.168.1.4", LoopbackInterface + 1));
}

void tst_PortActions::copiesAreSafeText()
{
    m_desktop.copied.clear();
    m_actions.setListener(listenerFrom({.port = 3000, .owners = {{.pid = 42, .arguments = {"sh", "-c", "a\nb"}}}}),
                          QStringLiteral("row"));

    for (const char *name : {"copyAddress", "copyPid", "copyCommand", "copyRow"}) {
        action(name)->trigger();
    }

    const QStringList expected{QStringLiteral("127.0.0.1:3000"), QStringLiteral("42"), QStringLiteral("sh -c 'a\\nb'"),
                               QStringLiteral("row")};
    QCOMPARE(m_desktop.copied, expected); // a newline in the clipboard would run in a terminal
}

void tst_PortActions::terminalStartsInTheDirectory()
{
    m_desktop.installed = {QStringLiteral("konsole")};
    m_desktop.started.clear();
    m_actions.setListener(listenerFrom({.owners = {{.pid = 1, .directory = "/srv/shop"}}}), {});

    action("openTerminal")->trigger();

    QCOMPARE(m_desktop.started.size(), 1);
    QCOMPARE(m_desktop.started.constFirst().workingDirectory, QStringLiteral("/srv/shop"));
    QCOMPARE(m_desktop.started.constFirst().arguments, QStringList{QStringLiteral("--workdir=/srv/shop")});
}

void tst_PortActions::missingProgramsAreSaid()
{
    m_desktop.installed.clear();
    m_desktop.canOpen = false;
    const QSignalSpy failed(&m_actions, &PortActions::failed);
    m_actions.setListener(listenerFrom({.owners = {{.pid = 1, .directory = "/srv/\x1bshop"}}}), {});

    for (const char *name : {"openInBrowser", "openFolder", "openTerminal"}) {
        action(name)->trigger();
    }

    QCOMPARE(failed.size(), 3);
    QVERIFY(failed.at(1).constFirst().toString().contains(QLatin1String("/srv/\\eshop")));
    QVERIFY(failed.at(2).constFirst().toString().contains(QLatin1String("TERMINAL")));
    m_desktop.canOpen = true;
}

QTEST_MAIN(tst_PortActions)
#include "tst_portactions.moc"
