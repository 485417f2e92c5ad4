// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/readfile.h"
#include "core/history/attemptrecorder.h"
#include "core/history/audithistory.h"
#include "core/history/auditlog.h"
#include "core/history/auditrecord.h"
#include "tests/support/fakeclock.h"
#include "tests/support/planmachine.h"

#include <QFile>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

using Quay::AttemptRecorder;
using Quay::AuditRecord;
using Quay::AuditRecordKind;
using Quay::EndingStage;

namespace {

using Kinds = std::vector<AuditRecordKind>;

Quay::KillPlan serverPlan()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "node server.js"});
    return machine.goodPlan({1020}, Quay::KillScope::Process);
}

/// Of everybody in @p plan, and nobody was signalled yet.
Quay::EndingReport askingReport(const Quay::KillPlan &plan)
{
    Quay::EndingReport report{.stage = EndingStage::Asking};
    for (const auto &target : plan.targets) {
        report.targets.push_back({.process = target.process});
    }
    return report;
}

} // namespace

class tst_AttemptRecorder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void beginningIsThereAtOnce();
    void whoComesLateIsWrittenOnce();
    void whatWasSentIsWrittenOnce();
    void whatIsSentLaterIsWrittenToo();
    void whatNewcomersWereSentStandsWithThem();
    void killThatFollowsIsWrittenOnce();
    void killAtOnceIsNoKillThatFollows();
    void endIsWrittenOnce();
    void whatIsDoneBesidesIsWritten();
    void firstFailureIsKept();

private:
    [[nodiscard]] std::vector<AuditRecord> records() const;
    [[nodiscard]] Kinds written() const;

    Quay::Test::FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Quay::AuditLog> m_log;
};

void tst_AttemptRecorder::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_log = std::make_unique<Quay::AuditLog>(m_directory->path().toStdString() + "/log/audit.jsonl",
                                             Quay::AuditAuthor{.asker = Quay::AuditAsker::Window}, m_clock);
}

std::vector<AuditRecord> tst_AttemptRecorder::records() const
{
    QFile file(QString::fromStdString(m_log->path()));
    std::vector<AuditRecord> records;
    if (file.open(QIODevice::ReadOnly)) {
        while (!file.atEnd()) {
            records.push_back(Quay::recordFromLine(file.readLine().toStdString()).value());
        }
    }
    return records;
}

Kinds tst_AttemptRecorder::written() const
{
    Kinds kinds;
    for (const auto &record : records()) {
        kinds.push_back(record.kind);
    }
    return kinds;
}

void tst_AttemptRecorder::beginningIsThereAtOnce()
{
    const AttemptRecorder recorder(*m_log, serverPlan());

    QCOMPARE(written(), Kinds{AuditRecordKind::Begun});
    QVERIFY(recorder.state());
}

void tst_AttemptRecorder::whoComesLateIsWrittenOnce()
{
    const auto plan = serverPlan();
    AttemptRecorder recorder(*m_log, plan);
    auto report = askingReport(plan);

    recorder.note(report);
    const auto before = written();
    report.targets.push_back({.process = plan.targets.front().process, .isLate = true});
    recorder.note(report);
    recorder.note(report);

    QCOMPARE(before, Kinds{AuditRecordKind::Begun});
    QCOMPARE(written(), (Kinds{AuditRecordKind::Begun, AuditRecordKind::Joined}));
}

/// Whoever reads it after we were killed knows whether anybody was asked.
void tst_AttemptRecorder::whatWasSentIsWrittenOnce()
{
    const auto plan = serverPlan();
    AttemptRecorder recorder(*m_log, plan);
    auto report = askingReport(plan);
    recorder.note(report);
    const auto waiting = written();

    report.targets.front().signals = {{.signal = 15, .at = {}, .error = {}}};
    recorder.note(report);
    recorder.note(report);

    QCOMPARE(waiting, Kinds{AuditRecordKind::Begun});
    QCOMPARE(written(), (Kinds{AuditRecordKind::Begun, AuditRecordKind::Asked}));
}

/// A helper may have sent what we were refused.
void tst_AttemptRecorder::whatIsSentLaterIsWrittenToo()
{
    const auto plan = serverPlan();
    AttemptRecorder recorder(*m_log, plan);
    auto report = askingReport(plan);
    auto &sent = report.targets.front().signals;
    sent = {{.signal = SIGTERM,
             .at = m_clock.realTime(),
             .error = Quay::Error{.code = Quay::ErrorCode::Denied, .subject = "signal 15"}}};
    recorder.note(report);

    sent.push_back({.signal = SIGTERM, .at = m_clock.realTime(), .error = {}});
    recorder.note(report);
    recorder.note(report);

    QCOMPARE(written(), (Kinds{AuditRecordKind::Begun, AuditRecordKind::Asked, AuditRecordKind::Asked}));
    const auto history = Quay::readAuditHistory(m_log->path());
    QVERIFY(history.has_value());
    QCOMPARE(history->entries.front().state, Quay::AuditState::Interrupted); // as if we were killed by now
    QCOMPARE(history->entries.front().targets.front().signals, sent);
}

void tst_AttemptRecorder::whatNewcomersWereSentStandsWithThem()
{
    const auto plan = serverPlan();
    AttemptRecorder recorder(*m_log, plan);
    auto report = askingReport(plan);
    report.targets.push_back(
        {.process = plan.targets.front().process, .isLate = true, .signals = {{.signal = SIGTERM}}});

    recorder.note(report);
    recorder.note(report);
    QCOMPARE(written(), (Kinds{AuditRecordKind::Begun, AuditRecordKind::Joined}));
    report.targets.back().signals.push_back({.signal = SIGKILL});
    recorder.note(report);

    QCOMPARE(written(), (Kinds{AuditRecordKind::Begun, AuditRecordKind::Joined, AuditRecordKind::Asked}));
    const auto asked = records().back().entry.targets; // nobody else was signalled
    QCOMPARE(asked.size(), std::size_t{1});
    QVERIFY(asked.front().isLate);
    QCOMPARE(asked.front().signals.size(), std::size_t{2});
}

void tst_AttemptRecorder::killThatFollowsIsWrittenOnce()
{
    AttemptRecorder recorder(*m_log, serverPlan());

    recorder.note({.stage = EndingStage::Asking});
    const auto asked = written();
    recorder.note({.stage = EndingStage::Forcing});
    recorder.note({.stage = EndingStage::Forcing});

    QCOMPARE(asked, Kinds{AuditRecordKind::Begun});
    QCOMPARE(written(), (Kinds{AuditRecordKind::Begun, AuditRecordKind::Forced}));
}

void tst_AttemptRecorder::killAtOnceIsNoKillThatFollows()
{
    auto plan = serverPlan();
    plan.isForced = true;
    AttemptRecorder recorder(*m_log, plan);

    recorder.note({.stage = EndingStage::Forcing});

    QCOMPARE(written(), Kinds{AuditRecordKind::Begun});
}

void tst_AttemptRecorder::endIsWrittenOnce()
{
    AttemptRecorder recorder(*m_log, serverPlan());

    recorder.note({.stage = EndingStage::Proving});
    recorder.note({.stage = EndingStage::Finished});
    recorder.note({.stage = EndingStage::Finished});

    QCOMPARE(written(), (Kinds{AuditRecordKind::Begun, AuditRecordKind::Ended}));
}

void tst_AttemptRecorder::whatIsDoneBesidesIsWritten()
{
    Quay::AuditAction action{.key = "stopUnit", .subject = "app.service"};
    AttemptRecorder recorder(*m_log, serverPlan(), {action});
    action.error = Quay::Error{.code = Quay::ErrorCode::Denied, .subject = "app.service"};

    recorder.setActions({action});
    recorder.note({.stage = EndingStage::Finished});

    QFile file(QString::fromStdString(m_log->path()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto begun = Quay::recordFromLine(file.readLine().toStdString()).value().entry;
    const auto ended = Quay::recordFromLine(file.readLine().toStdString()).value().entry;
    QVERIFY(begun.actions.size() == 1 && !begun.actions.front().error);
    QCOMPARE(ended.actions, std::vector{action});
}

void tst_AttemptRecorder::firstFailureIsKept()
{
    const QString directory = m_directory->filePath(QStringLiteral("log"));
    QFile inTheWay(directory);
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    AttemptRecorder recorder(*m_log, serverPlan());
    QVERIFY(inTheWay.remove());

    recorder.note({.stage = EndingStage::Finished});

    QCOMPARE(written(), Kinds{AuditRecordKind::Ended});
    QVERIFY(!recorder.state());
    QCOMPARE(recorder.state().error().subject, m_log->path());
}

QTEST_GUILESS_MAIN(tst_AttemptRecorder)
#include "tst_attemptrecorder.moc"
