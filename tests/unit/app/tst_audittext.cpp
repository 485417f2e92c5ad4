// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/auditdetailstext.h"
#include "app/shared/audittext.h"
#include "app/shared/usernames.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using Quay::AuditState;
using Quay::PortState;
using Quay::TargetStage;

namespace {

Quay::AuditTarget target(const std::string &name, pid_t pid, Quay::TargetRole role = Quay::TargetRole::Below)
{
    Quay::AuditTarget target;
    target.name = name;
    target.id.pid = pid;
    target.role = role;
    target.outcome = TargetStage::Ended;
    return target;
}

Quay::AuditPort port(std::uint16_t number, PortState state = PortState::Free)
{
    Quay::AuditPort port;
    port.port = number;
    port.state = state;
    return port;
}

Quay::AuditEntry ended()
{
    Quay::AuditEntry entry;
    entry.state = AuditState::Ended;
    entry.targets = {target("npm", 1), target("node\x1b", 2, Quay::TargetRole::Asked)};
    entry.ports = {port(3000)};
    return entry;
}

} // namespace

class tst_AuditText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void targetsAreNamedByTheOneAskedFor();
    void actionIsNamedWithoutTargets();
    void portsAreFew();
    void outcomeIsSaid_data();
    void outcomeIsSaid();
    void everyWordIsThere();
    void detailsNameCommandSignalsAndPorts();
    void detailsOfWhatIsUnderWayPromiseNothing();
    void detailsOfWhatWasInterruptedSayWhatIsNotKnown();
    void whatStillRunsIsNobodyElse();
    void holderOfAPortIsNamedByItsUser();
    void subjectNamesWhatThereIs();
    void zombieIsSaidWithoutAParentThatIsNotKnown();
    void zombiesAreSaidOnceItIsOver();
    void detailsOfWhatWasRefusedSayWhy();
    void detailsSayWhichConnectionsWereCut();
    void whoWasStartedAgainIsNamed();
    void directoryThatCannotBeWrittenToIsNamed();
    void failureToRecordNamesItsWayOut_data();
    void failureToRecordNamesItsWayOut();

private:
    Quay::UserNames m_users{{{70, QStringLiteral("postgres")}, {71, QStringLiteral("mysql")}}};
};

void tst_AuditText::targetsAreNamedByTheOneAskedFor()
{
    auto entry = ended();
    QCOMPARE(Quay::auditTargetsText(entry), QStringLiteral("node\\e 2 +1"));

    entry.targets.pop_back(); // its asked one is not among those that are left
    QCOMPARE(Quay::auditTargetsText(entry), QStringLiteral("npm 1"));

    entry.targets.front().name = "%2"; // which is no place for its number
    QCOMPARE(Quay::auditTargetsText(entry), QStringLiteral("%2 1"));
}

void tst_AuditText::actionIsNamedWithoutTargets()
{
    Quay::AuditEntry entry;
    QCOMPARE(Quay::auditTargetsText(entry), QString());

    entry.actions = {{.key = "stopUnit", .subject = "web.service", .error = {}}};
    QCOMPARE(Quay::auditTargetsText(entry), QStringLiteral("web.service"));
}

void tst_AuditText::portsAreFew()
{
    Quay::AuditEntry entry;
    QCOMPARE(Quay::auditPortsText(entry), QString());

    entry.ports = {port(3001), port(3000), port(3001)};
    QCOMPARE(Quay::auditPortsText(entry), QStringLiteral("3000, 3001"));

    entry.ports = {port(1), port(2), port(3), port(4)};
    QCOMPARE(Quay::auditPortsText(entry), QStringLiteral("1, 2, 3, …"));
}

void tst_AuditText::outcomeIsSaid_data()
{
    QTest::addColumn<Quay::AuditEntry>("entry");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *expected, const Quay::AuditEntry &entry) {
        QTest::addRow("%s", expected) << entry << QString::fromLatin1(expected);
    };
    auto entry = ended();
    row("ended, port free", entry);
    entry.ports.push_back(port(3001));
    row("ended, ports free", entry);
    entry.ports.pop_back();
    entry.isForced = true;
    row("ended by force, port free", entry);
    entry = ended();
    entry.forcedAt = std::chrono::seconds(5);
    entry.ports = {port(1), port(2, PortState::Held)};
    row("ended by force, ports held by others", entry);
    entry = ended();
    entry.ports.front().cameBack = true;
    row("ended, came back", entry);
    entry.ports = {port(1, PortState::Lingering)};
    row("ended, port not free yet", entry);
    entry.ports = {port(1, PortState::Unknown)};
    row("ended, port not looked at", entry);
    entry = ended();
    entry.isLeft = true;
    row("ended, port free, interrupted", entry);
    entry = ended();
    entry.targets.front().outcome = TargetStage::Left;
    entry.ports.clear();
    row("1 of 2 ended", entry);
    entry.targets.pop_back();
    entry.targets.front().outcome = TargetStage::Refused;
    entry.targets.front().error = Quay::errorFromErrno(EIO, "pid 1");
    row("0 of 1 ended", entry);
    entry.targets.front().error = Quay::errorFromErrno(EPERM, "pid 1");
    row("0 of 1 ended, not permitted", entry);
    entry.targets.front().outcome = TargetStage::NeedsPermission;
    entry.targets.front().error.reset();
    entry.ports = {port(1, PortState::Held)};
    row("0 of 1 ended, not permitted, port not free", entry);
    entry.targets.front().outcome = TargetStage::Refused; // there is nobody with more rights
    entry.targets.front().error = Quay::Error{.code = Quay::ErrorCode::Unsupported, .subject = "helper", .sysErrno = 0};
    entry.targets.front().signals = {{.signal = SIGTERM, .at = {}, .error = Quay::errorFromErrno(EPERM, "pid 1")}};
    entry.ports = {port(1), port(2, PortState::Held)};
    row("0 of 1 ended, not permitted, ports not free", entry);
    entry = ended();
    entry.targets.clear();
    entry.actions = {{.key = "stopUnit", .subject = "a.service", .error = {}},
                     {.key = "stopContainer",
                      .subject = "web",
                      .error = Quay::Error{.code = Quay::ErrorCode::Denied, .subject = "web", .sysErrno = 0}}};
    row("a.service was stopped, web could not be stopped, port free", entry);
    entry.ports.clear();
    entry.actions = {{.key = "startProcess", .subject = "node", .error = {}},
                     {.key = "startUnit",
                      .subject = "a.service",
                      .error = Quay::Error{.code = Quay::ErrorCode::Denied, .subject = "a.service", .sysErrno = 0}}};
    row("node was started again, a.service could not be started again", entry);
    entry.actions = {{.key = "startProcess",
                      .subject = "node",
                      .error = Quay::Error{.code = Quay::ErrorCode::Gone, .subject = "node", .sysErrno = 0}},
                     {.key = "startProcess",
                      .subject = "ruby",
                      .error = Quay::Error{.code = Quay::ErrorCode::Gone, .subject = "/opt/ruby", .sysErrno = 0}}};
    row("node was started again, but ended at once, ruby could not be started again", entry);
    entry.state = AuditState::Running;
    row("under way", entry);
    entry.state = AuditState::Interrupted;
    row("interrupted", entry);
    entry.state = AuditState::Refused;
    row("refused", entry);
    using enum Quay::AuditRefusal;
    for (const auto &[refusal, text] : {std::pair{NeverEnded, "refused: never ended"},
                                        {Gone, "refused: had ended"},
                                        {OwnerHidden, "refused: holder hidden"},
                                        {Stays, "refused: stays unless named"},
                                        {Zombie, "refused: zombie"},
                                        {ManagerFailed, "refused: manager not asked"}}) {
        entry.refusal = refusal;
        row(text, entry);
    }
}

void tst_AuditText::outcomeIsSaid()
{
    QFETCH(const Quay::AuditEntry, entry);
    QFETCH(const QString, expected);

    QCOMPARE(Quay::auditOutcomeText(entry), expected);
}

void tst_AuditText::everyWordIsThere()
{
    QCOMPARE(Quay::auditAskerText(Quay::AuditAsker::Window), QStringLiteral("window"));
    QCOMPARE(Quay::auditAskerText(Quay::AuditAsker::CommandLine), QStringLiteral("command line"));
    QCOMPARE(Quay::auditAskerText(Quay::AuditAsker::Agent), QStringLiteral("agent"));
    QCOMPARE(Quay::auditAskerText(Quay::AuditAsker::Unknown), QStringLiteral("unknown"));
    QCOMPARE(Quay::auditScopeText(Quay::KillScope::Process), QStringLiteral("process"));
    QCOMPARE(Quay::auditScopeText(Quay::KillScope::Tree), QStringLiteral("tree"));
    QCOMPARE(Quay::auditScopeText(Quay::KillScope::Session), QStringLiteral("session"));
}

void tst_AuditText::detailsNameCommandSignalsAndPorts()
{
    auto entry = ended();
    entry.targets.erase(entry.targets.begin());
    auto &node = entry.targets.front();
    node.arguments = {"node", "a b.js"};
    node.isCut = true;
    node.signals = {{.signal = SIGTERM, .at = {}, .error = {}},
                    {.signal = SIGKILL, .at = {}, .error = Quay::errorFromErrno(EPERM, "pid 2")}};
    node.endedAfter = std::chrono::milliseconds(12);
    entry.ports.front().cameBack = true;

    const auto lines = Quay::auditDetailsText(entry, m_users).split(u'\n');

    QCOMPARE(lines.size(), 5);
    QCOMPARE(lines[0], QStringLiteral("node\\e 2 ended 12 ms after SIGTERM."));
    QCOMPARE(lines[1], QStringLiteral("node 'a b.js'…"));
    QVERIFY2(lines[2].startsWith(QStringLiteral("SIGTERM at ")), qPrintable(lines[2]));
    QVERIFY2(lines[2].contains(QStringLiteral(", SIGKILL at ")), qPrintable(lines[2]));
    QVERIFY2(lines[2].endsWith(QStringLiteral(", refused")), qPrintable(lines[2]));
    QVERIFY2(lines[4] == QStringLiteral("Port 3000 was free, and then taken again."), qPrintable(lines[4]));
}

void tst_AuditText::detailsOfWhatIsUnderWayPromiseNothing()
{
    auto entry = ended();
    entry.state = AuditState::Running;
    entry.targets.front().plannedSignal = SIGTERM;
    entry.actions = {{.key = "stopUnit", .subject = "a.service"}};

    QCOMPARE(Quay::auditDetailsText(entry, m_users),
             QStringLiteral("npm 1, planned: SIGTERM\n\nnode\\e 2\n\na.service was to be stopped"));
}

void tst_AuditText::detailsOfWhatWasInterruptedSayWhatIsNotKnown()
{
    auto entry = ended();
    entry.state = AuditState::Interrupted;
    entry.forcedAt = std::chrono::seconds(5);

    const QString text = Quay::auditDetailsText(entry, m_users);

    QVERIFY2(text.startsWith(QStringLiteral("npm 1\n\nnode\\e 2\n\nSIGKILL for whoever was left, at ")),
             qPrintable(text));
    QVERIFY2(text.endsWith(QStringLiteral("What became of them, and of their ports, is not known.")), qPrintable(text));
}

void tst_AuditText::whatStillRunsIsNobodyElse()
{
    auto entry = ended();
    entry.targets.erase(entry.targets.begin());
    entry.targets.front().outcome = TargetStage::Left;
    entry.ports.front().state = PortState::Held;

    QCOMPARE(Quay::auditOutcomeText(entry), QStringLiteral("0 of 1 ended, port not free"));
    QVERIFY(Quay::auditDetailsText(entry, m_users).endsWith(QStringLiteral("\nPort 3000 was not free.")));
}

void tst_AuditText::holderOfAPortIsNamedByItsUser()
{
    auto entry = ended();
    entry.ports.front().state = PortState::Held;
    entry.ports.front().holders = {{.uid = 70}, {.uid = 70}, {.uid = 71}};
    QVERIFY2(Quay::auditDetailsText(entry, m_users)
                 .endsWith(QStringLiteral("Port 3000 was not free. It was held by a process of postgres, mysql.")),
             qPrintable(Quay::auditDetailsText(entry, m_users)));

    entry.ports.front().cameBack = true;
    QVERIFY(Quay::auditDetailsText(entry, m_users)
                .endsWith(QStringLiteral("and then taken again. It was held by a process of postgres, mysql.")));
}

void tst_AuditText::subjectNamesWhatThereIs()
{
    auto entry = ended();
    QCOMPARE(Quay::auditSubjectText(entry), QStringLiteral("node\\e 2 +1 (3000)"));
    entry.targets.clear();
    QCOMPARE(Quay::auditSubjectText(entry), QStringLiteral("port 3000"));
    entry.ports.clear();
    QCOMPARE(Quay::auditSubjectText(entry), QString());
}

void tst_AuditText::zombieIsSaidWithoutAParentThatIsNotKnown()
{
    auto entry = ended();
    entry.targets.front().wasZombie = true;

    QVERIFY(Quay::auditDetailsText(entry, m_users)
                .startsWith(
                    QStringLiteral("npm 1 had ended before, and stays until its parent takes note of it or ends.")));
}

void tst_AuditText::zombiesAreSaidOnceItIsOver()
{
    auto entry = ended();
    entry.zombies = {{.id = {.pid = 3, .startTicks = 1}, .name = "worker"}};

    QCOMPARE(Quay::auditOutcomeText(entry), QStringLiteral("ended, zombie still listed, port free"));
    QVERIFY2(Quay::auditDetailsText(entry, m_users)
                 .contains(QStringLiteral("\nworker 3 has ended, but nobody has taken note of it yet.\n")),
             qPrintable(Quay::auditDetailsText(entry, m_users)));

    entry.zombies.front().isGone = true;
    QCOMPARE(Quay::auditOutcomeText(entry), QStringLiteral("ended, port free"));
    QVERIFY2(Quay::auditDetailsText(entry, m_users)
                 .contains(QStringLiteral("\nworker 3, which had ended before, is gone now.\n")),
             qPrintable(Quay::auditDetailsText(entry, m_users)));

    entry.state = AuditState::Interrupted;
    QVERIFY(!Quay::auditDetailsText(entry, m_users).contains(QStringLiteral("worker")));
}

void tst_AuditText::detailsOfWhatWasRefusedSayWhy()
{
    auto entry = ended();
    entry.state = AuditState::Refused;
    entry.refusal = Quay::AuditRefusal::NeverEnded;

    const QString text = Quay::auditDetailsText(entry, m_users);

    QVERIFY2(text.contains(QStringLiteral("npm 1")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("Nothing was signalled: the first process of the system")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("what started it are never ended")), qPrintable(text));
}

void tst_AuditText::detailsSayWhichConnectionsWereCut()
{
    auto entry = ended();
    entry.drain = std::chrono::seconds(10);
    entry.connectionsCut = 3;

    const QString text = Quay::auditDetailsText(entry, m_users);

    QVERIFY2(text.contains(QStringLiteral("3 connection(s) had not ended after 10 s, and are cut.")), qPrintable(text));
}

void tst_AuditText::whoWasStartedAgainIsNamed()
{
    Quay::AuditEntry entry;
    entry.state = AuditState::Ended;
    entry.actions = {{.key = "startProcess",
                      .subject = "node",
                      .error = {},
                      .process = Quay::ProcessId{.pid = 4711, .startTicks = 1}}};

    const auto started = QStringLiteral("node was started again as process 4711");
    QCOMPARE(Quay::auditOutcomeText(entry), started);
    QCOMPARE(Quay::auditDetailsText(entry, m_users), started);

    entry.actions.front().error = Quay::Error{.code = Quay::ErrorCode::Gone, .subject = "node"};
    const QString ended = started + QStringLiteral(", but ended at once");
    QCOMPARE(Quay::auditOutcomeText(entry), ended);
    QCOMPARE(Quay::auditDetailsText(entry, m_users), ended);
}

void tst_AuditText::directoryThatCannotBeWrittenToIsNamed()
{
    const QString text = Quay::recordFailureText(Quay::errorFromErrno(EACCES, "/x/state/audit.jsonl"));

    QVERIFY2(text.startsWith(QStringLiteral("Nothing can be written to /x/state (")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("XDG_STATE_HOME")), qPrintable(text));
}

void tst_AuditText::failureToRecordNamesItsWayOut_data()
{
    QTest::addColumn<int>("sysErrno");
    QTest::addColumn<QString>("beginning");
    QTest::addColumn<QString>("wayOut");
    const auto room = QStringLiteral("There is no room for /x/state/audit.jsonl (");
    const auto noFile = QStringLiteral("/x/state/audit.jsonl is no file that can be written to (");
    QTest::addRow("full disk") << ENOSPC << room << QStringLiteral("Make some");
    QTest::addRow("full quota") << EDQUOT << room << QStringLiteral("Make some");
    QTest::addRow("directory") << EISDIR << noFile << QStringLiteral("Move it out of the way.");
    QTest::addRow("FIFO") << ENXIO << noFile << QStringLiteral("Move it out of the way.");
    QTest::addRow("too many open files") << EMFILE << QStringLiteral("/x/state/audit.jsonl") << QString();
}

void tst_AuditText::failureToRecordNamesItsWayOut()
{
    QFETCH(const int, sysErrno);
    QFETCH(const QString, beginning);
    QFETCH(const QString, wayOut);

    const QString text = Quay::recordFailureText(Quay::errorFromErrno(sysErrno, "/x/state/audit.jsonl"));

    QVERIFY2(text.startsWith(beginning), qPrintable(text));
    QVERIFY2(text.contains(wayOut), qPrintable(text));
}

QTEST_GUILESS_MAIN(tst_AuditText)
#include "tst_audittext.moc"
