// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/usernames.h"
#include "app/widgets/endingcard.h"
#include "app/window/endings.h"
#include "app/window/endingstrip.h"
#include "app/window/endingway.h"
#include "app/window/ownerwait.h"
#include "app/window/processmenu.h"
#include "core/again/againstore.h"
#include "core/history/audithistory.h"
#include "core/history/auditlog.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/gui/widgettext.h"
#include "tests/support/clientsocket.h"
#include "tests/support/fakemanagers.h"
#include "tests/support/planmachine.h"
#include "tests/support/snapshots.h"
#include "tests/support/testserver.h"
#include "tests/support/unprivileged.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QMenu>
#include <QObject>
#include <QPushButton>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QScrollBar>
#include <QSemaphore>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QTimer>
#include <QTimerEvent>
#include <QVBoxLayout>
#include <QWidget>

#include <chrono>
#include <csignal>
#include <cstddef>
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

/// @p listener as it would be with another knowledge of its owners.
ListenerPtr variantOf(const ListenerPtr &listener, OwnerKnowledge knowledge)
{
    auto variant = std::make_shared<Listener>(*listener);
    variant->knowledge = knowledge;
    return variant;
}

} // namespace

/// Presses the buttons of the cards about what would be started again, with managers that were made up.
class tst_EndingOffers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void longWordLeavesTheButtonsInSight();
    void longNameOfAUnitCanBeScrolledTo();
    void unitIsAskedAboutBeforeItsProcessEnds();
    void offerStopsTheUnitAndProvesThePort();
    void processCanBeEndedAllTheSame();
    void refusedUnitLeavesItsProcess();
    void unitThatTakesForeverCanBeLeft();
    void containerBehindAProxyCanBeStopped();
    void hiddenHoldersUnitCanBeStopped();
    void parentIsAskedAboutWithAllBelow();
    void zombiesParentIsOfferedAndAskedAbout();
    void protectedParentOfAZombieIsNotOffered();
    void whoTurnsOutToBeAZombieLeadsToItsParent();
    void unitOfAProcessWithoutAPortIsOffered();
    void namedProcessIsAskedAboutFirst();
    void requestsAreTakenInTheirOrder();
    void whoIsDestroyedIsNotCalledBack();
    void recycledPidIsRefusedOnRecord();
    void drainingIsInThePlanOnceItIsChosen();
    void signalIsInThePlanOnceItIsChosen();
    void whoElseHoldsItIsFoundOutFirst();
    void ownersThatAreKnownByNowAreNotAwaited();
    void ownersThatStayUnsureAreNotAwaitedForEver();
    void eachRowIsAwaitedForItself();
    void whoIsAwaitedIsEndedAsFarAsWasAsked();
    void whoTookThePlaceOfTheOwnerIsAskedAbout();
    void whoHasEndedMeanwhileIsNotAsked();
    void portThatIsGoneMeanwhileEndsNobody();
    void whoHasGivenThePortUpIsNotEnded();
    void ofSeveralOwnersThoseWhoHoldItStillAreAskedAbout();
    void whoWasNamedByTheHelperIsNotAwaited();
    void planStaysWhileItIsAskedAbout();
    void inferredOwnerIsAskedAbout();
    void connectionsDrainBeforeAManagerIsAsked();
    void connectionsThatAManagerCutsAreCounted();
    void leavingWhileConnectionsDrainAsksNobody();
    void whoDrainsCanBeForced();
    void escapeAnswersNo();
    void managerHasTheTimeThatWasChosen();
    void forceWhileAManagerStopsIsAnswered();
    void managerThatIsNotFoundIsOnRecord();
    void protectedHolderIsAskedAboutFirst();
    void menuOfAProcessAsksFirst();
    void stoppedUnitIsStartedAgain();
    void endedProcessIsStartedAgain();
    void whatEndsAtOnceIsSaid();
    void whatAnotherHasStartedIsNotStartedTwice();
    void takenPortIsSaidBeforeItIsStartedAgain();
    void takerThatNobodyHasSeenYetIsFoundAtTheStart();

private:
    ListenerPtr serve(const UnitInfo &unit, const std::string &command = "node server.js",
                      const std::string &executable = {});
    void look();
    void passPatienceWith(const ListenerPtr &listener);
    /// Waits for what becomes of it.
    void ask(const ListenerPtr &listener, const EndingWay &way);
    void request(const ListenerPtr &listener);
    void requestProcess(pid_t pid);
    /// What a process runs in is read once @p goesOn lets it.
    void readUnitsOnce(QSemaphore &goesOn);
    [[nodiscard]] EndingCard *card() const;
    [[nodiscard]] QPushButton *button(const char *name) const;
    void press(const char *name);
    /// As if a success had been shown for as long as it is.
    void timeGoesBy();
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
    m_endings->setUnitReader([](ProcessId) { return UnitInfo{}; });
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

/// The wait for the owners of @p listener ends as if its time had passed.
void tst_EndingOffers::passPatienceWith(const ListenerPtr &listener)
{
    auto *const wait = m_endings->findChild<OwnerWait *>();
    QTimerEvent event(wait->awaited().at(listener->key()).overdue.timerId());
    QCoreApplication::sendEvent(wait, &event);
}

void tst_EndingOffers::look()
{
    const auto facts = m_machine.facts();
    auto snapshot = std::make_shared<PortSnapshot>(*facts.ports);
    snapshot->processes = facts.processes;
    m_endings->setSnapshot(snapshot);
}

void tst_EndingOffers::ask(const ListenerPtr &listener, const EndingWay &way)
{
    const QSignalSpy changed(m_endings.get(), &Endings::changed);
    const QSignalSpy refused(m_endings.get(), &Endings::refused);
    m_endings->request(listener, way);
    QTRY_VERIFY(!changed.isEmpty() || !refused.isEmpty());
}

void tst_EndingOffers::request(const ListenerPtr &listener)
{
    look();
    ask(listener, {});
}

void tst_EndingOffers::requestProcess(pid_t pid)
{
    look();
    QSignalSpy changed(m_endings.get(), &Endings::changed);
    QSignalSpy refused(m_endings.get(), &Endings::refused);
    m_endings->requestProcess(m_machine.process(pid), {});
    QTRY_VERIFY(!changed.isEmpty() || !refused.isEmpty());
}

void tst_EndingOffers::readUnitsOnce(QSemaphore &goesOn)
{
    m_endings->setUnitReader([&goesOn](ProcessId) {
        goesOn.acquire();
        return UnitInfo{};
    });
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

void tst_EndingOffers::timeGoesBy()
{
    auto *const tidy = m_strip->findChild<QTimer *>(QStringLiteral("tidy"));
    tidy->start();
    QTimerEvent event(tidy->timerId());
    QCoreApplication::sendEvent(tidy, &event);
}

QString tst_EndingOffers::text(const char *label) const
{
    return Test::shownText(card(), QString::fromLatin1(label));
}

/// A command line need not have a blank where one is wanted.
void tst_EndingOffers::longWordLeavesTheButtonsInSight()
{
    QWidget page;
    page.resize(1000, 900);
    QVBoxLayout layout(&page);
    layout.addWidget(m_strip.get());
    const auto ownAgain = qScopeGuard([this] { m_strip->setParent(nullptr); });
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));

    request(serve(Test::serviceUnit("app.service"), "server --option=" + std::string(400, 'x')));
    QTRY_VERIFY(card() != nullptr);
    QTRY_VERIFY(m_strip->height() > card()->fontMetrics().height());

    QVERIFY2(text("endingText").contains(QString(400, u'x')), qPrintable(text("endingText")));
    for (const char *const name : {"offer", "cancel"}) {
        const QRect shown(button(name)->mapTo(m_strip.get(), QPoint(0, 0)), button(name)->size());
        QVERIFY2(button(name)->isVisible(), name);
        QVERIFY2(m_strip->viewport()->rect().right() >= shown.right(), name);
    }
}

void tst_EndingOffers::longNameOfAUnitCanBeScrolledTo()
{
    QWidget page;
    page.resize(400, 900);
    QVBoxLayout layout(&page);
    layout.addWidget(m_strip.get());
    const auto ownAgain = qScopeGuard([this] { m_strip->setParent(nullptr); });
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    const std::string unit = std::string(100, 'x') + ".service";
    m_managers->answer = {.name = unit, .parts = {unit}, .state = "active", .restart = "always"};

    request(serve(Test::serviceUnit(unit)));

    QTRY_VERIFY(card() != nullptr && button("offer")->isVisible());
    QTRY_COMPARE_GT(button("offer")->width(), 400);
    auto *bar = m_strip->horizontalScrollBar();
    QTRY_COMPARE_GT(bar->maximum(), 0);
    QTRY_VERIFY(bar->isVisible());
    QTRY_COMPARE(m_strip->verticalScrollBar()->maximum(), 0);
    bar->setValue(bar->maximum());
    const QRect shown(button("offer")->mapTo(m_strip->viewport(), QPoint(0, 0)), button("offer")->size());
    QCOMPARE_LE(shown.right(), m_strip->viewport()->rect().right());
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
    QVERIFY2(text("endingText").contains(QStringLiteral("after SIGTERM.")), qPrintable(text("endingText")));
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
    QVERIFY(m_endings->all().front().phase == EndingPhase::StoppingServices);
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

void tst_EndingOffers::zombiesParentIsOfferedAndAskedAbout()
{
    m_machine.add({.pid = 1020, .parent = 1010, .command = "node spawn.js"});
    m_machine.add({.pid = 1021, .parent = 1020, .command = "node a.js", .state = 'Z'});
    requestProcess(1021);
    QCOMPARE(text("endingTitle"), QStringLiteral("node 1021 has ended already"));
    QVERIFY2(text("endingText").contains(QStringLiteral("until its parent node 1020 takes note of it")),
             qPrintable(text("endingText")));
    QVERIFY(button("agree")->isHidden());
    QCOMPARE(button("offer")->text(), QStringLiteral("&End its parent node 1020 instead"));

    press("offer");

    const auto &ending = m_endings->all().front();
    QVERIFY(ending.awaitsConsent());
    QVERIFY(!button("agree")->isHidden() && button("offer")->isHidden());
    QCOMPARE(Test::targetPids(ending.plan), (std::vector<pid_t>{1020}));
    QCOMPARE(ending.plan.targets.front().process->id, m_machine.process(1020)->id); // as it was looked at
}

void tst_EndingOffers::protectedParentOfAZombieIsNotOffered()
{
    m_machine.add({.pid = 1021, .parent = 1010, .command = "node a.js", .state = 'Z'}); // of the shell
    QSignalSpy refused(m_endings.get(), &Endings::refused);

    requestProcess(1021);

    QCOMPARE(refused.size(), 1);
    const QString why = refused.front().front().toString();
    QVERIFY2(why.contains(QStringLiteral("That one is not offered to be ended: shell.")), qPrintable(why));
    QVERIFY(m_endings->all().empty());
    const auto recorded = [] { return readAuditHistory(auditLogPath().value()).value().entries; };
    QTRY_COMPARE(recorded().size(), std::size_t{1});
    QVERIFY(recorded().front().refusal == AuditRefusal::Zombie);
    QCOMPARE(recorded().front().targets.front().id.pid, 1021);
    QCOMPARE(recorded().front().asker, AuditAsker::Window);
}

void tst_EndingOffers::whoTurnsOutToBeAZombieLeadsToItsParent()
{
    auto undead = TestServer::start({"undead"});
    QVERIFY2(undead, undead ? "" : undead.error().subject.c_str());
    const auto proc = ProcFs::open().value();
    const pid_t zombie = undead->pids().front();
    const auto ticksOf = [&proc](pid_t pid) { return readProcStat(proc, pid).value().startTicks; };
    m_machine.add({.pid = undead->pid(), .parent = 1, .command = "undead", .startTicks = ticksOf(undead->pid())});
    const auto seenAlive =
        Test::PlanProcess{.pid = zombie, .parent = undead->pid(), .command = "child", .startTicks = ticksOf(zombie)};
    m_machine.add(seenAlive);
    requestProcess(zombie);
    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY2(text("endingText").contains(QStringLiteral("had ended before")), qPrintable(text("endingText")));
    auto seenDead = seenAlive;
    seenDead.state = 'Z';
    m_machine.add(seenDead);
    look();

    press("offer");

    QVERIFY(m_endings->all().front().awaitsConsent());
    QCOMPARE(Test::targetPids(m_endings->all().front().plan), (std::vector<pid_t>{undead->pid()}));
}

void tst_EndingOffers::unitOfAProcessWithoutAPortIsOffered()
{
    m_machine.add({.pid = 300, .parent = 1, .command = "worker"});
    m_endings->setUnitReader([](ProcessId) { return Test::serviceUnit("worker.service"); });

    requestProcess(300);

    QVERIFY(m_endings->all().front().awaitsConsent());
    QCOMPARE(button("offer")->text(), QStringLiteral("Stop the &unit worker.service"));
    press("offer");
    QTRY_COMPARE(m_managers->stopped.size(), std::size_t{1});
}

void tst_EndingOffers::namedProcessIsAskedAboutFirst()
{
    serve({});
    look();

    m_endings->requestProcess(m_machine.process(m_server->pid()), {.asksFirst = true});

    QTRY_VERIFY(!m_endings->all().empty());
    QVERIFY(m_endings->all().front().awaitsConsent());
    QVERIFY(isServerThere());
    press("agree");
    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY(isSuccess(*m_endings->all().front().report));
}

/// Though it takes longer to look into the first, and without anybody waiting for it.
void tst_EndingOffers::requestsAreTakenInTheirOrder()
{
    const auto listener = serve({});
    m_machine.add({.pid = 300, .parent = 1, .command = "worker"});
    look();
    QSemaphore goesOn;
    readUnitsOnce(goesOn);

    m_endings->requestProcess(m_machine.process(300), {.asksFirst = true});
    m_endings->request(listener, {.asksFirst = true});
    m_endings->request(listener, {.isForced = true, .asksFirst = true}); // instead of the question before
    QCoreApplication::processEvents();
    const bool isNobodyAskedAboutYet = m_endings->all().empty();
    goesOn.release();

    QVERIFY(isNobodyAskedAboutYet);
    QTRY_VERIFY(m_endings->all().size() == 2 && m_endings->all().back().plan.isForced);
    QCOMPARE(m_endings->all().front().process, m_machine.process(300));
    QCOMPARE(m_endings->all().back().listener, listener);
    QVERIFY(isServerThere());
}

void tst_EndingOffers::whoIsDestroyedIsNotCalledBack()
{
    m_machine.add({.pid = 300, .parent = 1, .command = "worker"});
    look();
    QSemaphore goesOn;
    readUnitsOnce(goesOn);
    m_endings->requestProcess(m_machine.process(300), {});

    m_strip.reset();
    m_endings.reset();
    goesOn.release();

    QVERIFY(QThreadPool::globalInstance()->waitForDone());
    QCoreApplication::processEvents();
}

void tst_EndingOffers::recycledPidIsRefusedOnRecord()
{
    const auto drawn = serve({});
    auto process = *drawn->owners.front().process;
    m_machine.add({.pid = process.id.pid, .parent = 1, .command = "stranger", .startTicks = process.id.startTicks + 1});
    QSignalSpy refused(m_endings.get(), &Endings::refused);

    request(drawn);

    QCOMPARE(refused.size(), 1);
    const auto recorded = [] { return readAuditHistory(auditLogPath().value()).value().entries; };
    QTRY_COMPARE(recorded().size(), std::size_t{1});
    QVERIFY(recorded().front().refusal == AuditRefusal::Gone);
    QVERIFY(recorded().front().targets.front().id == process.id); // who was meant, as it was drawn
    QCOMPARE(recorded().front().ports.front().port, m_server->port());
    QVERIFY(isServerThere());
}

void tst_EndingOffers::drainingIsInThePlanOnceItIsChosen()
{
    const auto listener = serve({});
    look();
    ask(listener, {.asksFirst = true});
    QVERIFY(!text("endingText").contains(QStringLiteral("Waits at most")));

    m_strip->findChild<QCheckBox *>(QStringLiteral("drains"))->setChecked(true);

    QVERIFY2(text("endingText").contains(QStringLiteral("Waits at most 30 s")), qPrintable(text("endingText")));
    m_strip->findChild<QSpinBox *>(QStringLiteral("drainSeconds"))->setValue(7);
    QVERIFY2(text("endingText").contains(QStringLiteral("Waits at most 7 s")), qPrintable(text("endingText")));
    press("agree");
    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY(m_endings->all().front().report->drain == std::chrono::seconds(7));
}

void tst_EndingOffers::whoElseHoldsItIsFoundOutFirst()
{
    const auto sure = serve({});
    const auto unsure = variantOf(sure, OwnerKnowledge::FirstFound);
    QSignalSpy wanted(m_endings.get(), &Endings::ownersWanted);
    m_endings->setSnapshot(Test::snapshotOf({unsure}));

    m_endings->request(unsure, {});

    QCOMPARE(wanted.size(), 1);
    QCOMPARE(m_endings->rowNotes().size(), std::size_t{1});
    m_endings->setSnapshot(Test::snapshotOf({variantOf(sure, OwnerKnowledge::FirstFound)})); // it was on its way
    QVERIFY(m_endings->all().empty());
    m_machine.add({.pid = 1021, .parent = 1010, .command = "node worker.js"});
    auto both = *variantOf(sure, OwnerKnowledge::Complete);
    both.owners.push_back({.process = m_machine.process(1021), .profile = sure->owners.front().profile, .fd = 3});
    auto snapshot = std::make_shared<PortSnapshot>(*Test::snapshotOf({std::make_shared<const Listener>(both)}));
    snapshot->processes = m_machine.facts().processes;
    m_endings->setSnapshot(snapshot);
    QTRY_VERIFY(!m_endings->all().empty());
    QVERIFY(m_endings->all().front().awaitsConsent()); // for these are two
    QCOMPARE(m_endings->all().front().plan.targets.size(), std::size_t{2});
    QVERIFY(m_endings->rowNotes().empty());
    QVERIFY(isServerThere());
}

void tst_EndingOffers::ownersThatAreKnownByNowAreNotAwaited()
{
    const auto sure = serve({});
    const auto row = variantOf(sure, OwnerKnowledge::FirstFound); // as it was drawn
    QSignalSpy wanted(m_endings.get(), &Endings::ownersWanted);
    look();

    m_endings->request(row, {});

    QVERIFY(wanted.isEmpty());
    QTRY_VERIFY(!m_endings->all().empty());
    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY(isSuccess(*m_endings->all().front().report));
}

void tst_EndingOffers::ownersThatStayUnsureAreNotAwaitedForEver()
{
    const auto unsure = variantOf(serve({}), OwnerKnowledge::FirstFound);
    m_endings->setSnapshot(Test::snapshotOf({unsure}));
    m_endings->request(unsure, {});
    QVERIFY(m_endings->all().empty());

    passPatienceWith(unsure);

    QTRY_VERIFY(!m_endings->all().empty());
    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY(isSuccess(*m_endings->all().front().report));
}

void tst_EndingOffers::eachRowIsAwaitedForItself()
{
    const auto first = variantOf(serve({}), OwnerKnowledge::FirstFound);
    auto other = *first;
    ++other.socket.cookie;
    ++other.socket.inode;
    const auto second = std::make_shared<const Listener>(other);
    m_endings->setSnapshot(Test::snapshotOf({first, second}));
    m_endings->request(first, {.asksFirst = true});
    m_endings->request(second, {.asksFirst = true});

    passPatienceWith(first);

    QTRY_COMPARE(m_endings->all().size(), std::size_t{1});
    QCOMPARE(m_endings->rowNotes().count(second->key()), std::size_t{1});
    passPatienceWith(second);
    QVERIFY(m_endings->rowNotes().empty());
}

void tst_EndingOffers::whoIsAwaitedIsEndedAsFarAsWasAsked()
{
    const auto sure = serve({});
    const auto unsure = variantOf(sure, OwnerKnowledge::FirstFound);
    m_endings->setSnapshot(Test::snapshotOf({unsure}));

    m_endings->request(unsure, {.isForced = true});
    m_endings->request(unsure, {.scope = KillScope::Tree, .asksFirst = true});

    look();
    QTRY_VERIFY(!m_endings->all().empty());
    QVERIFY(m_endings->all().front().awaitsConsent());
    QVERIFY(m_endings->all().front().plan.isForced);
    QVERIFY(m_endings->all().front().plan.scope == KillScope::Tree);
}

void tst_EndingOffers::whoTookThePlaceOfTheOwnerIsAskedAbout()
{
    const auto sure = serve({});
    auto unsure = *variantOf(sure, OwnerKnowledge::FirstFound);
    m_machine.add({.pid = 1021, .parent = 1010, .command = "node master.js"});
    unsure.owners.front().process = m_machine.process(1021);
    const auto drawn = std::make_shared<const Listener>(unsure);
    m_endings->setSnapshot(Test::snapshotOf({drawn}));
    m_endings->request(drawn, {});

    m_machine.remove(1021);
    look();

    QTRY_VERIFY(!m_endings->all().empty());
    QVERIFY(m_endings->all().front().awaitsConsent());
    QVERIFY(isServerThere());
}

void tst_EndingOffers::whoHasEndedMeanwhileIsNotAsked()
{
    const auto sure = serve({});
    auto unsure = *variantOf(sure, OwnerKnowledge::FirstFound);
    m_machine.add({.pid = 1021, .parent = 1010, .command = "node worker.js"});
    unsure.owners.push_back({.process = m_machine.process(1021), .profile = sure->owners.front().profile, .fd = 3});
    const auto asked = std::make_shared<const Listener>(unsure);
    m_endings->setSnapshot(Test::snapshotOf({asked}));
    m_endings->request(asked, {});

    m_machine.remove(1021);
    look();

    QTRY_VERIFY(!m_endings->all().empty());
    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY(isSuccess(*m_endings->all().front().report));
}

void tst_EndingOffers::portThatIsGoneMeanwhileEndsNobody()
{
    const auto unsure = variantOf(serve({}), OwnerKnowledge::FirstFound);
    QSignalSpy refused(m_endings.get(), &Endings::refused);
    m_endings->setSnapshot(Test::snapshotOf({unsure}));
    m_endings->request(unsure, {});

    m_endings->setSnapshot(Test::snapshotOf({}));

    QCOMPARE(refused.size(), 1);
    QVERIFY(refused.front().front().toString().startsWith(
        QStringLiteral("Port %1 was given up meanwhile.").arg(m_server->port())));
    QVERIFY(m_endings->all().empty());
    QVERIFY(isServerThere());
}

/// As it is between two looks, or while its clock stands still.
void tst_EndingOffers::whoHasGivenThePortUpIsNotEnded()
{
    auto drawn = *serve({});
    drawn.socket.inode = 1; // no socket has it
    drawn.owners.front().fd = 3;
    const auto listener = std::make_shared<const Listener>(drawn);
    QSignalSpy wanted(m_endings.get(), &Endings::ownersWanted);
    QSignalSpy refused(m_endings.get(), &Endings::refused);
    m_endings->setSnapshot(Test::snapshotOf({listener}));

    ask(listener, {.isForced = true});

    QCOMPARE(refused.size(), 1);
    QVERIFY(refused.front().front().toString().startsWith(
        QStringLiteral("Who held port %1 has given it up meanwhile.").arg(m_server->port())));
    QCOMPARE(wanted.size(), 1);
    QVERIFY(m_endings->all().empty());
    QVERIFY(isServerThere());
}

void tst_EndingOffers::ofSeveralOwnersThoseWhoHoldItStillAreAskedAbout()
{
    const auto other = TestServer::start({"listen"});
    QVERIFY(other);
    const auto proc = ProcFs::open().value();
    auto drawn = *serve({});
    const auto held = readSocketFds(proc, m_server->pid()).value().sockets.front();
    drawn.socket.inode = held.inode;
    drawn.owners.front().fd = held.fd;
    m_machine.add({.pid = other->pid(),
                   .parent = 1010,
                   .command = "node worker.js",
                   .startTicks = readProcStat(proc, other->pid()).value().startTicks});
    drawn.owners.push_back(
        {.process = m_machine.process(other->pid()), .profile = drawn.owners.front().profile, .fd = held.fd});
    const auto listener = std::make_shared<const Listener>(drawn);
    m_endings->setSnapshot(Test::snapshotOf({listener}));

    ask(listener, {});

    QVERIFY(m_endings->all().front().awaitsConsent());
    QCOMPARE(m_endings->all().front().plan.targets.size(), std::size_t{1});
    QCOMPARE(m_endings->all().front().plan.targets.front().process->id.pid, m_server->pid());
}

void tst_EndingOffers::whoWasNamedByTheHelperIsNotAwaited()
{
    const auto told = variantOf(serve({}), OwnerKnowledge::Told);
    QSignalSpy wanted(m_endings.get(), &Endings::ownersWanted);
    m_endings->setSnapshot(Test::snapshotOf({told}));

    ask(told, {.asksFirst = true});

    QVERIFY(wanted.isEmpty());
    QVERIFY(m_endings->rowNotes().empty());
}

void tst_EndingOffers::planStaysWhileItIsAskedAbout()
{
    const auto listener = serve(Test::serviceUnit("app.service"));
    request(listener);
    const auto asked = m_endings->all().front().plan;
    auto other = *variantOf(listener, OwnerKnowledge::Complete);
    m_machine.add({.pid = 1021, .parent = 1010, .command = "node worker.js"});
    other.owners.front().process = m_machine.process(1021);

    m_endings->setSnapshot(Test::snapshotOf({std::make_shared<const Listener>(other)}));

    QVERIFY(m_endings->all().front().plan == asked);
    QVERIFY(text("endingText").contains(QStringLiteral("node %1").arg(m_server->pid())));
}

void tst_EndingOffers::inferredOwnerIsAskedAbout()
{
    const auto inferred = variantOf(serve({}), OwnerKnowledge::InferredFromUnit);
    auto snapshot = std::make_shared<PortSnapshot>(*Test::snapshotOf({inferred}));
    snapshot->processes = m_machine.facts().processes;
    m_endings->setSnapshot(snapshot);

    ask(inferred, {});

    QVERIFY(m_endings->all().front().awaitsConsent());
    QVERIFY2(text("endingText").contains(QStringLiteral("as the only process of its unit")),
             qPrintable(text("endingText")));
    QVERIFY(isServerThere());
}

void tst_EndingOffers::connectionsDrainBeforeAManagerIsAsked()
{
    request(serve(Test::serviceUnit("app.service")));
    auto client = Test::connectTo(m_server->port());
    QVERIFY(client);
    m_strip->findChild<QSpinBox *>(QStringLiteral("drainSeconds"))->setValue(3600);
    m_strip->findChild<QCheckBox *>(QStringLiteral("drains"))->setChecked(true);

    press("offer");
    QTRY_VERIFY(!m_managers->found.empty());
    QVERIFY(m_managers->stopped.empty());
    client.reset();

    QTRY_VERIFY(m_endings->all().front().isOver());
    QCOMPARE(m_managers->stopped.size(), std::size_t{1});
}

void tst_EndingOffers::connectionsThatAManagerCutsAreCounted()
{
    request(serve(Test::serviceUnit("app.service")));
    const auto client = Test::connectTo(m_server->port());
    QVERIFY(client);
    m_endings->setDrain(m_endings->all().front().id, std::chrono::milliseconds(100));

    press("offer");

    QTRY_VERIFY(m_endings->all().front().isOver());
    const auto cut = QStringLiteral("1 connection(s) had not ended after 100 ms");
    QVERIFY2(text("endingText").contains(cut), qPrintable(text("endingText")));
    const auto history = readAuditHistory(auditLogPath().value()).value();
    QCOMPARE(history.entries.front().connectionsCut, std::optional<std::uint32_t>(1));
}

void tst_EndingOffers::leavingWhileConnectionsDrainAsksNobody()
{
    request(serve(Test::serviceUnit("app.service")));
    const auto client = Test::connectTo(m_server->port());
    QVERIFY(client);
    m_endings->setDrain(m_endings->all().front().id, std::chrono::hours(1));
    press("offer");
    QCOMPARE(m_endings->all().front().phase, EndingPhase::DrainingServices);
    QVERIFY2(text("endingText").startsWith(QStringLiteral("Waiting for its connections to end, for 1 h at most.")),
             qPrintable(text("endingText")));

    press("leaveIt");

    QTRY_VERIFY(m_endings->all().front().isOver());
    QCOMPARE(text("endingText"), QStringLiteral("You did not wait. Nobody was asked to stop the unit app.service."));
    QVERIFY(m_managers->stopped.empty());
    QVERIFY(isServerThere());
    const auto attempt = readAuditHistory(auditLogPath().value()).value().entries.front();
    QVERIFY(attempt.actions.empty());
    QCOMPARE(attempt.state, AuditState::Ended);
}

void tst_EndingOffers::whoDrainsCanBeForced()
{
    const auto listener = serve({});
    look();
    const auto client = Test::connectTo(m_server->port());
    QVERIFY(client);
    ask(listener, {.asksFirst = true});
    m_strip->findChild<QSpinBox *>(QStringLiteral("drainSeconds"))->setValue(3600);
    m_strip->findChild<QCheckBox *>(QStringLiteral("drains"))->setChecked(true);
    press("agree");
    QTRY_VERIFY(!button("forceNow")->isHidden());

    button("forceNow")->click();

    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY(isSuccess(*m_endings->all().front().report));
}

void tst_EndingOffers::escapeAnswersNo()
{
    request(serve(Test::serviceUnit("app.service")));
    QVERIFY(m_endings->all().front().awaitsConsent());

    QTest::keyClick(button("offer"), Qt::Key_Escape);

    QVERIFY(m_endings->all().empty());
    QVERIFY(isServerThere());
}

void tst_EndingOffers::managerHasTheTimeThatWasChosen()
{
    request(serve(Test::serviceUnit("app.service")));
    m_strip->findChild<QSpinBox *>(QStringLiteral("graceSeconds"))->setValue(42);

    press("offer");

    QTRY_COMPARE(m_managers->graces.size(), std::size_t{1});
    QCOMPARE(m_managers->graces.front(), std::chrono::seconds(42));
}

void tst_EndingOffers::forceWhileAManagerStopsIsAnswered()
{
    m_managers->takesForever = true;
    const auto listener = serve(Test::serviceUnit("app.service"));
    request(listener);
    press("offer");
    QTRY_VERIFY(m_endings->all().front().phase == EndingPhase::StoppingServices);
    QSignalSpy refused(m_endings.get(), &Endings::refused);

    m_endings->request(listener, {.isForced = true});

    QTRY_COMPARE(refused.size(), 1);
    QVERIFY(isServerThere());
    press("leaveIt");
    QTRY_VERIFY(m_endings->all().front().isOver());
}

void tst_EndingOffers::managerThatIsNotFoundIsOnRecord()
{
    m_managers->answer = fail(ErrorCode::Unsupported, "systemd");
    request(serve(Test::serviceUnit("app.service")));

    press("offer");

    const auto recorded = [] { return readAuditHistory(auditLogPath().value()).value().entries; };
    QTRY_COMPARE(recorded().size(), std::size_t{1});
    QVERIFY(recorded().front().refusal == AuditRefusal::ManagerFailed);
    QVERIFY(isServerThere());
}

void tst_EndingOffers::protectedHolderIsAskedAboutFirst()
{
    QVERIFY(QDir(m_directory->path()).mkpath(QStringLiteral("quaymaster")));
    QFile names(m_directory->filePath(QStringLiteral("quaymaster/protected")));
    QVERIFY(names.open(QIODevice::WriteOnly));
    names.write("postgres\n");
    names.close();

    request(serve({}, "postgres"));

    QVERIFY(m_endings->all().front().awaitsConsent());
    QVERIFY2(text("endingText").contains(QStringLiteral("would stay if it were not named: on your list of protected")),
             qPrintable(text("endingText")));
    QVERIFY(isServerThere());
}

void tst_EndingOffers::signalIsInThePlanOnceItIsChosen()
{
    const auto listener = serve({});
    look();
    ask(listener, {.asksFirst = true});
    auto *choice = m_strip->findChild<QComboBox *>(QStringLiteral("signalChoice"));
    QVERIFY2(text("endingText").contains(QStringLiteral("SIGTERM to ")), qPrintable(text("endingText")));

    choice->setCurrentText(QStringLiteral("SIGHUP"));
    QVERIFY2(text("endingText").contains(QStringLiteral("SIGHUP to ")), qPrintable(text("endingText")));
    QVERIFY(!text("endingText").contains(QStringLiteral("SIGTERM")));
    choice->setCurrentIndex(0);
    QVERIFY2(text("endingText").contains(QStringLiteral("SIGTERM to ")), qPrintable(text("endingText")));
    QVERIFY(!text("endingText").contains(QStringLiteral("SIGHUP")));

    choice->setCurrentText(QStringLiteral("SIGINT"));
    press("agree");
    QTRY_VERIFY(m_endings->all().front().isOver());
    QVERIFY2(text("endingText").contains(QStringLiteral("SIGINT")), qPrintable(text("endingText")));
}

void tst_EndingOffers::menuOfAProcessAsksFirst()
{
    serve({});
    look();
    const std::unique_ptr<QMenu> menu(
        makeProcessMenu(m_endings.get(), m_machine.process(m_server->pid()), m_strip.get()));

    menu->findChild<QAction *>(QStringLiteral("killProcess"))->trigger();

    QTRY_VERIFY(!m_endings->all().empty());
    QVERIFY(m_endings->all().front().awaitsConsent());
    QVERIFY(m_endings->all().front().plan.isForced);
    QVERIFY(isServerThere());
}

void tst_EndingOffers::stoppedUnitIsStartedAgain()
{
    request(serve(Test::serviceUnit("app.service")));
    press("offer");
    QTRY_VERIFY(m_endings->all().front().canStartAgain());
    QTRY_VERIFY(!button("startAgain")->isHidden());

    press("startAgain");

    QVERIFY2(text("endingText").endsWith(QStringLiteral("It is being started again ...")),
             qPrintable(text("endingText")));
    QCOMPARE(text("endingTitle"), QStringLiteral("Starting it again"));
    timeGoesBy();
    QCOMPARE(m_endings->all().size(), std::size_t{1}); // what comes of it is yet to be said
    // The unit was made up, and nothing listens.
    const auto outcome = QStringLiteral("app.service was started again.\nNobody listens on port(s) %1 yet.");
    QTRY_VERIFY2(text("endingText").endsWith(outcome.arg(m_server->port())), qPrintable(text("endingText")));
    QCOMPARE(m_managers->started.size(), std::size_t{1});
    QVERIFY(button("startAgain")->isHidden());
    QCOMPARE(text("endingTitle"), QStringLiteral("app.service was started again"));
}

void tst_EndingOffers::endedProcessIsStartedAgain()
{
    QSignalSpy logWanted(m_endings.get(), &Endings::logWanted);
    request(serve({}));
    QTRY_VERIFY(m_endings->all().front().canStartAgain());

    press("startAgain");

    static const QRegularExpression said(QStringLiteral("node was started again as process (\\d+)"));
    QTRY_VERIFY2(text("endingText").contains(said), qPrintable(text("endingText")));
    const auto handle = PidFd::open(said.match(text("endingText")).captured(1).toInt());
    QVERIFY(handle && handle->signal(SIGKILL));
    press("openLog");
    QCOMPARE(logWanted.size(), 1);
    QVERIFY(QFile::exists(logWanted.front().front().toString()));
}

void tst_EndingOffers::whatEndsAtOnceIsSaid()
{
    const auto port = std::to_string(m_server->port());
    m_server->end();
    auto server = TestServer::start({"listen", "--port", port}); // it wants that port and no other
    QVERIFY2(server, server ? "" : server.error().subject.c_str());
    m_server.emplace(*std::move(server));
    request(serve({}));
    QTRY_VERIFY(m_endings->all().front().canStartAgain());
    QTRY_VERIFY(!button("startAgain")->isHidden());
    const auto taker = TestServer::start({"listen", "--port", port});
    QVERIFY2(taker, taker ? "" : taker.error().subject.c_str());
    press("startAgain");
    QTRY_COMPARE(button("startAgain")->text(), QStringLiteral("Start it &all the same"));

    press("startAgain");

    QTRY_VERIFY2(text("endingText").contains(QStringLiteral("node was started again, but ended after ")),
                 qPrintable(text("endingText")));
    QVERIFY(!button("openLog")->isHidden());
    timeGoesBy();
    QCOMPARE(m_endings->all().size(), std::size_t{1}); // as no success is
}

void tst_EndingOffers::whatAnotherHasStartedIsNotStartedTwice()
{
    request(serve({}));
    QTRY_VERIFY(m_endings->all().front().canStartAgain());
    QTRY_VERIFY(!button("startAgain")->isHidden());
    const AgainStore store(againDirectory().value());
    auto kept = store.read(m_endings->all().front().again.attempt).value();
    const auto own = readProcStat(ProcFs::open().value(), ::getpid()).value(); // as if it were the server
    kept.started = {{.pid = own.pid, .startTicks = own.startTicks}};
    QVERIFY(store.keep(kept));

    press("startAgain");

    QTRY_VERIFY2(text("endingText").contains(QStringLiteral("or has started it already.")),
                 qPrintable(text("endingText")));
    QVERIFY(!button("startAgain")->isHidden()); // for when that has ended
}

void tst_EndingOffers::takenPortIsSaidBeforeItIsStartedAgain()
{
    const auto port = m_server->port();
    request(serve({}));
    QTRY_VERIFY(m_endings->all().front().canStartAgain());
    QTRY_COMPARE(button("startAgain")->text(), QStringLiteral("Start &again"));
    const Test::OwnerSpec taker{.pid = 1020, .name = "python3"};

    m_endings->setSnapshot(Test::snapshotOf({Test::listenerFrom({.port = port, .cookie = 77, .owners = {taker}})}));

    QVERIFY2(
        text("endingText").contains(QStringLiteral("Port %1, which it held, is held by python3 1020 now.").arg(port)),
        qPrintable(text("endingText")));
    QCOMPARE(button("startAgain")->text(), QStringLiteral("Start it &all the same"));
}

void tst_EndingOffers::takerThatNobodyHasSeenYetIsFoundAtTheStart()
{
    const auto port = m_server->port();
    request(serve({}));
    QTRY_VERIFY(m_endings->all().front().canStartAgain());
    QTRY_VERIFY(!button("startAgain")->isHidden());
    const auto taker = TestServer::start({"listen", "--port", std::to_string(port)});
    QVERIFY2(taker, taker ? "" : taker.error().subject.c_str());

    press("startAgain");

    const auto held = QStringLiteral("is held by testserver %1 now.").arg(taker->pid());
    QTRY_VERIFY2(text("endingText").contains(held), qPrintable(text("endingText")));
    QCOMPARE(button("startAgain")->text(), QStringLiteral("Start it &all the same"));
    QVERIFY(!text("endingText").contains(QStringLiteral("was started again")));
}

QTEST_MAIN(tst_EndingOffers)
#include "tst_endingoffers.moc"
