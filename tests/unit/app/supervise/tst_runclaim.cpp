// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/runclaim.h"
#include "core/base/writefile.h"
#include "core/kernel/procfs.h"
#include "core/supervise/runpresence.h"
#include "core/supervise/serverplaces.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <unistd.h>

using Quay::LaunchProblem;
using Quay::ProcFs;
using Quay::RunClaim;

class tst_RunClaim : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void claimIsSeenUntilItIsReleased();
    void lockHoldsWithoutALease();
    void whatIsLeftOfACrashIsReplaced();
    void directoryOfAnotherServerIsNotTaken();

private:
    [[nodiscard]] Quay::RunPresence presence() const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ProcFs> m_proc;
    Quay::RunDescription m_run;
};

void tst_RunClaim::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_proc = std::make_unique<ProcFs>(ProcFs::open().value());
    const std::string path = m_directory->path().toStdString();
    m_run = {.server = {.project = path, .name = "web"},
             .places = {.runtimeDirectory = path + "/run/web", .stateDirectory = path + "/state/web"},
             .runId = "1",
             .arguments = {"x"},
             .directory = "/",
             .environment = {}};
}

Quay::RunPresence tst_RunClaim::presence() const
{
    return Quay::runPresence(*m_proc, m_run.places, Quay::serverKey(m_run.server));
}

void tst_RunClaim::claimIsSeenUntilItIsReleased()
{
    QCOMPARE(presence().state, Quay::RunState::Gone);
    auto claim = RunClaim::take(*m_proc, m_run);
    QVERIFY(claim.has_value());
    QCOMPARE(presence().state, Quay::RunState::Running);
    QCOMPARE(presence().lease->supervisor.id.pid, ::getpid());
    QCOMPARE(Quay::readIdentity(m_run.places.identity()).value(), m_run.server);
    QVERIFY(claim->setServer(claim->lease().supervisor).has_value());
    QCOMPARE(presence().lease->server, std::optional(claim->lease().supervisor));

    claim->release();

    QCOMPARE(presence().state, Quay::RunState::Gone);
    QVERIFY(std::filesystem::exists(m_run.places.lock())); // see FileLock
    QVERIFY(RunClaim::take(*m_proc, m_run).has_value()); // although the first is still there
}

void tst_RunClaim::lockHoldsWithoutALease()
{
    const auto first = RunClaim::take(*m_proc, m_run);
    QVERIFY(first.has_value());
    std::filesystem::remove(m_run.places.lease());

    const auto second = RunClaim::take(*m_proc, m_run);

    QVERIFY(!second);
    QCOMPARE(second.error().problem, LaunchProblem::AlreadyRunning);
    QVERIFY(!second.error().holder); // he does not say who he is
}

void tst_RunClaim::whatIsLeftOfACrashIsReplaced()
{
    std::filesystem::create_directories(m_run.places.runtimeDirectory);
    for (const auto &path : {m_run.places.lock(), m_run.places.lease(), m_run.places.identity()}) {
        QVERIFY(Quay::replaceFile(path, std::string("\xff garbage")).has_value());
    }

    const auto claim = RunClaim::take(*m_proc, m_run);

    QVERIFY(claim.has_value());
    QCOMPARE(presence().state, Quay::RunState::Running);
    QCOMPARE(Quay::readIdentity(m_run.places.identity()).value(), m_run.server);
}

void tst_RunClaim::directoryOfAnotherServerIsNotTaken()
{
    {
        auto first = RunClaim::take(*m_proc, m_run);
        QVERIFY(first.has_value());
        first->release();
    }
    m_run.server.name = "another";

    const auto second = RunClaim::take(*m_proc, m_run);

    QVERIFY(!second);
    QCOMPARE(second.error().problem, LaunchProblem::BadDescription);
    QCOMPARE(second.error().error.subject, m_run.places.identity());
}

QTEST_APPLESS_MAIN(tst_RunClaim)
#include "tst_runclaim.moc"
