// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/usernames.h"
#include "app/window/endings.h"
#include "core/control/privilegedclient.h"
#include "core/control/privilegedcontract.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/ports/portmonitor.h"
#include "tests/support/otheruser.h"
#include "tests/support/scriptedhelper.h"
#include "tests/support/testserver.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>
#include <optional>

#include <unistd.h>

using namespace Quay;
using Test::ScriptedHelper;
using Test::TestServer;
using Test::Unprivileged;

/// What the window asks of the helper when it is to end a server of another user. Rights are dropped for it.
class tst_LivePermission : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void helperEndsWhatWeMayNot();
    void refusedPermissionIsSaid();
    void leftAloneNobodyIsAskedAnyMore();

private:
    /// Asks for the end of the server, and waits until the helper is asked.
    void requestEnd();
    [[nodiscard]] QString text() const { return m_endings->text(m_endings->all().front()); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::optional<TestServer> m_server;
    std::unique_ptr<ScriptedHelper> m_helper;
    std::unique_ptr<Unprivileged> m_user;
    std::unique_ptr<Endings> m_endings;
};

void tst_LivePermission::initTestCase()
{
    if (::getuid() != 0) {
        QSKIP("only root can start a server of another user");
    }
}

void tst_LivePermission::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QCOMPARE(::chown(m_directory->path().toLocal8Bit().constData(), Test::OtherUid, Test::OtherUid), 0); // as we become
    qputenv("XDG_STATE_HOME", m_directory->path().toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", m_directory->path().toLocal8Bit());
    m_server.emplace(TestServer::start({"listen", "--uid", std::to_string(Test::ThirdUid)}).value());
    m_helper = std::make_unique<ScriptedHelper>();
    m_endings = std::make_unique<Endings>(std::make_shared<UserNames>(), m_helper.get());
}

void tst_LivePermission::cleanup()
{
    m_endings.reset();
    m_user.reset();
    m_server.reset();
}

void tst_LivePermission::requestEnd()
{
    const auto monitor = PortMonitor::open().value();
    QVERIFY(monitor->look({.processes = true}));
    const auto snapshot = monitor->verifyAllOwners();
    const auto found = std::ranges::find(snapshot->listeners, m_server->port(),
                                         [](const ListenerPtr &listener) { return listener->socket.localPort; });
    QVERIFY(found != snapshot->listeners.end());
    m_user = std::make_unique<Unprivileged>();
    m_endings->setSnapshot(snapshot);
    m_endings->request(*found, {});
    QTRY_VERIFY(!m_endings->all().empty());
    if (m_endings->all().front().awaitsConsent()) { // where the tests run in a unit
        m_endings->agree(m_endings->all().front().id);
    }
    QTRY_COMPARE(m_helper->waiting.size(), std::size_t{1});
}

void tst_LivePermission::helperEndsWhatWeMayNot()
{
    requestEnd();
    QVERIFY(!m_helper->waiting.empty());
    const auto request = signalRequestFrom(m_helper->waiting.front().arguments).value();
    QCOMPARE(request.signal, SIGTERM);
    QCOMPARE(request.targets.front().process.pid, m_server->pid());
    QVERIFY2(text().contains(QLatin1String("waiting for permission")), qPrintable(text()));

    m_user.reset();
    QVERIFY(PidFd::open(m_server->pid())->signal(request.signal)); // as the helper does
    m_helper->reply = [](const auto &) { return toReply(SignalAnswer{{}}); };
    m_helper->answerAll();

    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY(isSuccess(*m_endings->all().front().report));
}

void tst_LivePermission::refusedPermissionIsSaid()
{
    requestEnd();
    QVERIFY(!m_helper->waiting.empty());
    m_helper->reply = [](const auto &) -> Result<QVariantMap> {
        return fail(ErrorCode::Denied, std::string(AuthorizationSubject));
    };

    m_helper->answerAll();

    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY2(text().contains(QLatin1String("You were not given the permission")), qPrintable(text()));
    QVERIFY(PidFd::open(m_server->pid())->hasEnded() == false);
}

void tst_LivePermission::leftAloneNobodyIsAskedAnyMore()
{
    requestEnd();
    QVERIFY(!m_helper->waiting.empty());

    m_endings->leave(m_endings->all().front().id);

    QTRY_VERIFY(m_endings->all().front().isOver());
    QCOMPARE(m_helper->cancelled.size(), std::size_t{1});
    QVERIFY(PidFd::open(m_server->pid())->hasEnded() == false);
}

QTEST_GUILESS_MAIN(tst_LivePermission)
#include "tst_livepermission.moc"
