// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/portmonitor.h"
#include "tests/live/livelook.h"
#include "tests/support/cgroupscope.h"
#include "tests/support/otheruser.h"
#include "tests/support/testserver.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include <unistd.h>

using Quay::OwnerKnowledge;
using Quay::PortMonitor;
using Quay::Test::listenerOn;
using Quay::Test::OtherUid;
using Quay::Test::runAs;
using Quay::Test::TestServer;
using Quay::Test::ThirdUid;
using Quay::Test::why;

/// What may be seen of whom, and what is said where it may not.
class tst_LiveAccess : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void rootSeesOtherUsersServer();
    void userSeesOwnServer();
    void otherUsersServerIsHidden();
    void hiddenServerStillHasItsUnit_data();
    void hiddenServerStillHasItsUnit();
    void serviceManagerIsNeverInferred();
    void socketThatRootOpenedForUs();
    void undumpableServerIsHidden();
    void hidepidHidesProcessesNotListeners();
    void withoutProcThereIsAClearError();
};

namespace {

std::string wordFor(OwnerKnowledge knowledge)
{
    switch (knowledge) {
    case OwnerKnowledge::Pending:
        return "pending";
    case OwnerKnowledge::Hidden:
        return "hidden";
    case OwnerKnowledge::InferredFromUnit:
        return "inferred";
    case OwnerKnowledge::NoProcess:
        return "no process";
    case OwnerKnowledge::Told:
        return "told";
    case OwnerKnowledge::FirstFound:
        return "first found";
    case OwnerKnowledge::Complete:
        return "complete";
    }
    return {};
}

enum class Looks
{
    One,
    Verified,
};

/// What is told of one port, as words. Runs in a process of its own, where nothing can be asserted.
std::string describe(std::uint16_t port, Looks looks = Looks::Verified, const std::string &procPath = "/proc")
{
    Quay::PortMonitorSources sources;
    sources.procPath = procPath;
    const auto monitor = PortMonitor::open(std::move(sources));
    if (!monitor) {
        return "not opened: " + monitor.error().subject;
    }
    const auto looked = (*monitor)->look({});
    if (!looked) {
        return "not looked: " + looked.error().subject;
    }
    const auto listener = listenerOn(looks == Looks::One ? **looked : *(*monitor)->verifyAllOwners(), port);
    if (!listener) {
        return "no listener";
    }
    std::ostringstream text;
    text << wordFor(listener->knowledge) << " uid=" << listener->socket.uid << " owners=" << listener->owners.size()
         << " unit=" << listener->unit.name;
    return text.str();
}

} // namespace

void tst_LiveAccess::initTestCase()
{
    if (::getuid() != 0) {
        QSKIP("only root can start servers as other users");
    }
}

void tst_LiveAccess::rootSeesOtherUsersServer()
{
    const auto server = TestServer::start({"listen", "--uid", std::to_string(OtherUid)});
    QVERIFY2(server, why(server));
    const auto monitor = PortMonitor::open();
    QVERIFY2(monitor, why(monitor));

    const auto snapshot = (*monitor)->look({});
    QVERIFY2(snapshot, why(snapshot));

    const auto listener = listenerOn(**snapshot, server->port());
    QVERIFY(listener);
    QCOMPARE(listener->socket.uid, OtherUid);
    QCOMPARE(Quay::Test::ownerPids(*listener), server->pids());
    QCOMPARE(listener->owners.front().process->uid, OtherUid);
    QVERIFY(listener->owners.front().profile->executable);
}

void tst_LiveAccess::userSeesOwnServer()
{
    const auto server = TestServer::start({"listen", "--uid", std::to_string(OtherUid)});
    QVERIFY2(server, why(server));

    const auto seen = runAs(OtherUid, [&] { return describe(server->port()); });

    QVERIFY2(seen, why(seen));
    QVERIFY2(seen->starts_with("complete uid=65534 owners=1"), seen->c_str());
}

void tst_LiveAccess::otherUsersServerIsHidden()
{
    const auto server = TestServer::start({"prefork", "--uid", std::to_string(OtherUid)});
    QVERIFY2(server, why(server));

    const auto seen = runAs(ThirdUid, [&] { return describe(server->port()); });

    QVERIFY2(seen, why(seen));
    QVERIFY2(seen->starts_with("hidden uid=65534 owners=0"), seen->c_str());
}

void tst_LiveAccess::hiddenServerStillHasItsUnit_data()
{
    QTest::addColumn<std::string>("mode");
    QTest::addColumn<std::string>("expected");
    QTest::newRow("one process: it must be that") << std::string("listen") << std::string("inferred uid=0 owners=1");
    QTest::newRow("four processes") << std::string("prefork") << std::string("hidden uid=0 owners=0");
}

void tst_LiveAccess::hiddenServerStillHasItsUnit()
{
    QFETCH(const std::string, mode);
    QFETCH(const std::string, expected);
    const auto cgroup = Quay::Test::CgroupScope::make("system.slice/quaymaster-hidden.service");
    if (!cgroup) {
        QSKIP("no cgroup can be made here");
    }
    const auto server = TestServer::start({mode, "--cgroup", cgroup->directory().string()});
    QVERIFY2(server, why(server));

    const auto seen = runAs(OtherUid, [&] { return describe(server->port()); });

    QVERIFY2(seen, why(seen));
    QCOMPARE(*seen, expected + " unit=quaymaster-hidden.service");
}

void tst_LiveAccess::serviceManagerIsNeverInferred()
{
    const auto cgroup = Quay::Test::CgroupScope::make("init.scope");
    if (!cgroup) {
        QSKIP("no cgroup can be made here");
    }
    const auto server = TestServer::start({"listen", "--cgroup", cgroup->directory().string()});
    QVERIFY2(server, why(server));

    const auto seen = runAs(OtherUid, [&] { return describe(server->port()); });

    QVERIFY2(seen, why(seen));
    QCOMPARE(*seen, std::string("hidden uid=0 owners=0 unit=init.scope"));
}

void tst_LiveAccess::socketThatRootOpenedForUs()
{
    const auto managers = Quay::Test::CgroupScope::make("init.scope");
    const auto service = Quay::Test::CgroupScope::make("system.slice/quaymaster-passed.service");
    if (!managers || !service) {
        QSKIP("no cgroup can be made here");
    }
    const auto server = TestServer::start({"passon", "--cgroup", managers->directory().string(), "--heir-cgroup",
                                           service->directory().string(), "--heir-uid", std::to_string(OtherUid)});
    QVERIFY2(server, why(server));

    const auto seen = runAs(OtherUid, [&] { return describe(server->port(), Looks::One); });

    QVERIFY2(seen, why(seen));
    QCOMPARE(*seen, std::string("complete uid=0 owners=1 unit=quaymaster-passed.service"));
}

void tst_LiveAccess::undumpableServerIsHidden()
{
    const auto server = TestServer::start({"listen", "--undumpable", "--uid", std::to_string(OtherUid)});
    QVERIFY2(server, why(server));

    const auto seen = runAs(OtherUid, [&] { return describe(server->port()); });

    QVERIFY2(seen, why(seen));
    QVERIFY2(seen->starts_with("hidden uid=65534 owners=0"), seen->c_str());
}

void tst_LiveAccess::hidepidHidesProcessesNotListeners()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    const auto proc = Quay::Test::makeHidingProc();
    if (!proc) {
        QSKIP("no proc with hidepid can be made here");
    }

    const auto seen = runAs(OtherUid, [&] {
        return describe(server->port(), Looks::Verified, "/proc/self/fd/" + std::to_string(proc->get()));
    });

    QVERIFY2(seen, why(seen));
    QVERIFY2(seen->starts_with("hidden uid=0 owners=0"), seen->c_str());
}

void tst_LiveAccess::withoutProcThereIsAClearError()
{
    const QTemporaryDir empty;
    Quay::PortMonitorSources sources;
    sources.procPath = empty.path().toStdString() + "/proc";

    const auto monitor = PortMonitor::open(std::move(sources));

    QVERIFY(!monitor);
    QCOMPARE(monitor.error().code, Quay::ErrorCode::Gone);
    QCOMPARE(monitor.error().subject, empty.path().toStdString() + "/proc");
}

QTEST_GUILESS_MAIN(tst_LiveAccess)
#include "tst_liveaccess.moc"
