// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/usernames.h"
#include "app/widgets/endingcard.h"
#include "app/window/endings.h"
#include "app/window/endingstrip.h"
#include "core/history/againstore.h"
#include "core/history/audithistory.h"
#include "core/history/auditlog.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/support/fakemanagers.h"
#include "tests/support/planmachine.h"
#include "tests/support/testserver.h"

#include <QFile>
#include <QLabel>
#include <QObject>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <unistd.h>

using namespace Quay;
using Test::FakeManagers;
using Test::PlanMachine;
using Test::TestServer;

namespace {

const ManagedService AppUnit{.name = "app.service", .parts = {"app.service"}, .state = "active", .restart = "always"};

} // namespace

/// Presses the buttons of the cards about what would be started again, with managers that were made up.
class tst_EndingOffers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void unitIsAskedAboutBeforeItsProcessEnds();
    void offerStopsTheUnitAndProvesThePort();
    void processCanBeEndedAllTheSame();
    void refusedUnitLeavesItsProcess();
    void unitThatTakesForeverCanBeLeft();
    void containerBehindAProxyCanBeStopped();
    void hiddenHoldersUnitCanBeStopped();
    void parentIsAskedAboutWithAllBelow();
    void stoppedUnitIsStartedAgain();
    void endedProcessIsStartedAgain();

private:
    ListenerPtr serve(const UnitInfo &unit, const std::string &command = "node server.js",
                      const std::string &executable = {});
    void request(const ListenerPtr &listener);
    [[nodiscard]] EndingCard *card() const;
    [[nodiscard]] QPushButton *button(const char *name) const;
    void press(const char *name);
    [[nodiscard]] QString text(const char *label) const;
    [[nodiscard]] bool isServerThere() const { return Quay::PidFd::open(m_server->pid()).has_value(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::optional<TestServer> m_server;
    PlanMachine m_machine;
    FakeManagers *m_managers = nullptr; ///< Of m_endings.
    std::unique_ptr<Endings> m_endings;
    std::unique_ptr<EndingStrip> m_strip;
};

void tst_EndingOffers::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    for (const char *const variable : {"XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"}) {
        qputenv(variable, QFile::encodeName(m_directory->path()));
    }
    m_machine = Test::planDesktop();
    m_endings = std::make_unique<Endings>(std::make_shared<UserNames>());
    m_strip = std::make_unique<EndingStrip>(m_endings.get());
    auto managers = std::make_unique<FakeManagers>();
    m_managers = managers.get();
    m_managers->answer = AppUnit;
    m_endings->setManagers(std::move(managers));
    auto server = TestServer::start({"listen"});
    QVERIFY2(server, server ? "" : server.error().subject.c_str());
    m_server.emplace(*std::move(server));
    m_managers->whenStopped = [this] { m_server->end(); };
}

void tst_EndingOffers::cleanup()
{
    m_strip.reset();
    m_endings.reset();
    m_server.reset();
}

ListenerPtr tst_EndingOffers::serve(const UnitInfo &unit, const std::string &command, const std::string &executable)
{
    const pid_t pid = m_server->pid();
    m_machine.add({.pid = pid,
                   .parent = 1,
                   .command = command,
                   .startTicks = readProcStat(ProcFs::open().value(), pid).value().startTicks,
                   .uid = ::geteuid()});
    return m_machine.listen({.port = m_server->port(), .owners = {pid}, .unit = unit, .executable = executable});
}

void tst_EndingOffers::request(const ListenerPtr &listener)
{
    const auto facts = m_machine.facts();
    auto snapshot = std::make_shared<PortSnapshot>(*facts.ports);
    snapshot->processes = facts.processes;
    m_endings->setSnapshot(snapshot);
    m_endings->request(listener, {});
}

EndingCard *tst_EndingOffers::card() const
{
    const auto cards = m_strip->findChildren<EndingCard *>();
    return cards.size() == 1 ? cards.front() : nullptr;
}

QPushButton *tst_EndingOffers::button(const char *name) const
{
    return card()->findChild<QPushButton *>(QString::fromLatin1(name));
}

void tst_EndingOffers::press(const char *name)
{
    QVERIFY(card() != nullptr);
    QVERIFY2(!button(name)->isHidden(), name);
    button(name)->click();
}

QString tst_EndingOffers::text(const char *label) const
{
    return card()->findChild<QLabel *>(QString::fromLatin1(label))->text();
}

void tst_EndingOffers::unitIsAskedAboutBeforeItsProcessEnds()
{
    request(serve(Test::serviceUnit("app.service")));

    QVERIFY(m_endings->all().front().awaitsConsent());
    QCOMPARE(button("offer")->text(), QStringLiteral("Stop the &unit app.service"));
    QVERIFY(!button("agree")->isHidden());
    QVERIFY(isServerThere());
}

void tst_EndingOffers::offerStopsTheUnitAndProvesThePort()
{
    request(serve(Test::serviceUnit("app.service")));

    press("offer");

    QTRY_VERIFY(m_endings->all().front().isOver());
    const QString outcome = text("endingText");
    QVERIFY2(outcome.startsWith(QStringLiteral("The unit app.service was stopped.\n")), qPrintable(outcome));
    QVERIFY2(outcome.contains(QStringLiteral("ended with what it ran in.")), qPrintable(outcome));
    QVERIFY2(outcome.endsWith(QStringLiteral("Port %1 is free.").arg(m_server->port())), qPrintable(outcome));
    const auto history = readAuditHistory(auditLogPath().value()).value();
    QCOMPARE(history.entries.size(), std::size_t{1}); // the stop and the proof are one attempt
    QVERIFY(isSuccess(history.entries.front()));
    QCOMPARE(history.entries.front().actions.front().key, std::string("stopUnit"));
}

void tst_EndingOffers::processCanBeEndedAllTheSame()
{
    request(serve(Test::serviceUnit("app.service")));

    press("agree");

    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY(m_managers->found.empty());
    QVERIFY2(text("endingText").contains(QStringLiteral("ended on SIGTERM")), qPrintable(text("endingText")));
}

void tst_EndingOffers::refusedUnitLeavesItsProcess()
{
    request(serve(Test::serviceUnit("app.service")));
    m_managers->stopAnswer = fail(ErrorCode::Denied, "app.service");

    press("offer");

    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY2(text("endingText").startsWith(QStringLiteral("The unit app.service could not be stopped.")),
             qPrintable(text("endingText")));
    QVERIFY(isServerThere());
    QVERIFY(!isSuccess(readAuditHistory(auditLogPath().value()).value().entries.front()));
}

void tst_EndingOffers::unitThatTakesForeverCanBeLeft()
{
    request(serve(Test::serviceUnit("app.service")));
    m_managers->takesForever = true;

    press("offer");
    QVERIFY(m_endings->all().front().isStoppingManager());
    press("leaveIt");

    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY(isServerThere());
}

void tst_EndingOffers::containerBehindAProxyCanBeStopped()
{
    m_managers->answer = ManagedService{.kind = ReviverKind::Container, .name = "web", .parts = {"4711"}};
    request(serve({}, "/usr/bin/docker-proxy -proto tcp", "/usr/bin/docker-proxy"));
    QVERIFY(button("agree")->isHidden()); // the proxy is never ended
    QCOMPARE(button("offer")->text(), QStringLiteral("Stop its &container"));

    press("offer");

    QTRY_VERIFY(m_endings->all().front().isOver());
    QCOMPARE(text("endingText"),
             QStringLiteral("The container web was stopped.\nPort %1 is free.").arg(m_server->port()));
}

void tst_EndingOffers::hiddenHoldersUnitCanBeStopped()
{
    request(m_machine.listen({.port = m_server->port(), .unit = Test::serviceUnit("app.service")}));

    press("offer");

    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY2(text("endingText").endsWith(QStringLiteral("Port %1 is free.").arg(m_server->port())),
             qPrintable(text("endingText")));
}

void tst_EndingOffers::parentIsAskedAboutWithAllBelow()
{
    m_machine.add({.pid = 1020, .parent = 1010, .command = "nodemon server.js"});
    m_machine.add({.pid = 1021, .parent = 1020, .command = "node server.js"});
    request(m_machine.listen({.port = m_server->port(), .owners = {1021}}));
    QCOMPARE(button("offer")->text(), QStringLiteral("&End nodemon (1020) and what it runs"));

    press("offer");

    QVERIFY(m_endings->all().front().awaitsConsent());
    QVERIFY(button("offer")->isHidden());
    QCOMPARE(Test::targetPids(m_endings->all().front().plan), (std::vector<pid_t>{1020, 1021}));
}

void tst_EndingOffers::stoppedUnitIsStartedAgain()
{
    request(serve(Test::serviceUnit("app.service")));
    press("offer");
    QTRY_VERIFY(m_endings->all().front().canStartAgain());
    QTRY_VERIFY(!button("startAgain")->isHidden());

    press("startAgain");

    QTRY_VERIFY2(text("endingText").endsWith(QStringLiteral("app.service was started again.")),
                 qPrintable(text("endingText")));
    QCOMPARE(m_managers->started.size(), std::size_t{1});
    QVERIFY(button("startAgain")->isHidden());
}

void tst_EndingOffers::endedProcessIsStartedAgain()
{
    QSignalSpy logWanted(m_endings.get(), &Endings::logWanted);
    request(serve({}));
    QTRY_VERIFY(m_endings->all().front().canStartAgain());

    press("startAgain");

    QTRY_VERIFY2(text("endingText").contains(QStringLiteral("node was started again as process")),
                 qPrintable(text("endingText")));
    press("openLog");
    QCOMPARE(logWanted.size(), 1);
    QVERIFY(QFile::exists(logWanted.front().front().toString()));
}

QTEST_MAIN(tst_EndingOffers)
#include "tst_endingoffers.moc"
