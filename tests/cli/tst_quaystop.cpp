// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/pidfd.h"
#include "core/service/agentclient.h"
#include "core/service/agentmessage.h"
#include "core/service/agentplaces.h"
#include "core/supervise/lease.h"
#include "core/supervise/runevent.h"
#include "core/supervise/runrecord.h"
#include "tests/support/agentroom.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/supervisedrun.h"

#include <QFile>
#include <QObject>
#include <QProcess>
#include <QString>
#include <QTest>

#include <csignal>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using Quay::RunEventKind;
using Quay::Test::waitUntil;

namespace {

/// Asked to end it does so much, and goes on. What it says later is not read any more, and must not end it.
std::string server(const std::string &whenAsked)
{
    return "  api: { command: 'trap \"" + whenAsked
        + "\" TERM; echo up; exec > said 2>&1; while :; do sleep 0.02; done', ready: [{ log: up }], "
          "stop: { grace: 1h } }\n";
}

} // namespace

/// Servers that are stopped: how they are asked, and who is not asked at all.
class tst_QuayStop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_room = std::make_unique<Quay::Test::AgentRoom>(); }
    void cleanup() { m_room.reset(); }

    void whoeverIsKilledIsNotAsked();
    void whoeverWasAskedInVainIsKilled();
    void whoeverHadToBeKilledIsNamed();
    void whatIsLeftOverIsKilledAtOnce();
    void whatIsLeftOverIsStoppedThoughItIsToStartAgain();

private:
    [[nodiscard]] Quay::Test::Finished quay(const char *words) const;
    [[nodiscard]] std::vector<int> signalsOfStops() const;
    [[nodiscard]] bool losesItsSupervisor() const;
    [[nodiscard]] bool wasAsked() const;
    /// As `quay restart`, but returns as soon as the agent has taken it on.
    [[nodiscard]] bool restarts(const char *server) const;

    std::unique_ptr<Quay::Test::AgentRoom> m_room;
};

Quay::Test::Finished tst_QuayStop::quay(const char *words) const
{
    return m_room->quay(QString::fromLatin1(words).split(QLatin1Char(' ')));
}

/// With which the supervisor of the last run was asked.
std::vector<int> tst_QuayStop::signalsOfStops() const
{
    const auto places = m_room->placesOf("api");
    const auto record = Quay::readRunRecord(places.record(Quay::listRuns(places.records()).front()));
    std::vector<int> signalNumbers;
    for (const auto &event : record.value().events) {
        if (event.kind == RunEventKind::StopAsked) {
            signalNumbers.push_back(event.signal.value_or(0));
        }
    }
    return signalNumbers;
}

bool tst_QuayStop::losesItsSupervisor() const
{
    const auto lease = Quay::readLease(m_room->placesOf("api").lease());
    const auto supervisor = lease ? Quay::PidFd::open(lease->supervisor.id.pid) : std::unexpected(lease.error());
    return supervisor && supervisor->signal(SIGKILL)
        && waitUntil([this] { return m_room->state(QStringLiteral("api")) == QStringLiteral("leftOver"); });
}

bool tst_QuayStop::wasAsked() const
{
    QFile said(m_room->path(QStringLiteral("said")));
    return said.open(QIODevice::ReadOnly) && said.readAll().contains("asked");
}

bool tst_QuayStop::restarts(const char *server) const
{
    auto agent =
        Quay::AgentClient::connect({.directory = m_room->directory() + "/quaymaster/agent", .log = std::string()});
    return agent
        && agent->ask({.verb = Quay::AgentVerb::Restart,
                       .file = m_room->path(QStringLiteral("quaymaster.yaml")).toStdString(),
                       .names = {server},
                       .environment = std::nullopt});
}

void tst_QuayStop::whoeverIsKilledIsNotAsked()
{
    m_room->write(server("echo asked"));
    QCOMPARE(quay("up --wait").exitCode, 0);

    const auto stop = quay("stop api --force");

    QVERIFY2(stop.exitCode == 0, stop.err.constData());
    QCOMPARE(signalsOfStops(), (std::vector{SIGKILL}));
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("stopped"));
}

void tst_QuayStop::whoeverWasAskedInVainIsKilled()
{
    m_room->write(server("echo asked"));
    QCOMPARE(quay("up --wait").exitCode, 0);
    const auto asking = m_room->begin({QStringLiteral("stop"), QStringLiteral("api")});
    QVERIFY(waitUntil([this] { return wasAsked(); }));

    const auto stop = quay("stop api --force");

    QVERIFY2(stop.exitCode == 0, stop.err.constData());
    QCOMPARE(signalsOfStops(), (std::vector{SIGTERM, SIGKILL}));
    QCOMPARE(Quay::Test::finish(*asking).exitCode, 0);
}

void tst_QuayStop::whoeverHadToBeKilledIsNamed()
{
    m_room->write("  api: { command: 'trap \"\" TERM; echo up; while :; do sleep 0.02; done', ready: [{ log: up }], "
                  "stop: { grace: 100ms } }\n");
    QCOMPARE(quay("up --wait").exitCode, 0);
    const pid_t process = m_room->process(QStringLiteral("api"));

    const auto stop = quay("stop api");

    QVERIFY2(stop.exitCode == 0, stop.err.constData());
    const auto sentence = "api did not end in time: its process " + std::to_string(process) + " was killed: ";
    QVERIFY2(stop.err.contains(sentence.c_str()), stop.err.constData());
}

void tst_QuayStop::whatIsLeftOverIsKilledAtOnce()
{
    m_room->write(server("echo asked"));
    QCOMPARE(quay("up --wait").exitCode, 0);
    const auto lease = Quay::readLease(m_room->placesOf("api").lease());
    QVERIFY(lease);
    QVERIFY(losesItsSupervisor());

    const auto stop = quay("stop api --force"); // not in an hour

    QVERIFY2(stop.exitCode == 0, stop.err.constData());
    QVERIFY(!wasAsked());
    QVERIFY(!lease->cgroup || !QFile::exists(QString::fromStdString(*lease->cgroup)));
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("stopped"));
}

void tst_QuayStop::whatIsLeftOverIsStoppedThoughItIsToStartAgain()
{
    m_room->write(server("while test ! -e go; do sleep 0.02; done; exit"));
    QCOMPARE(quay("up --wait").exitCode, 0);
    QVERIFY(losesItsSupervisor());
    const pid_t leftOver = m_room->process(QStringLiteral("api"));
    const auto asking = m_room->begin({QStringLiteral("stop"), QStringLiteral("api")});
    QVERIFY(waitUntil([this] { return m_room->state(QStringLiteral("api")) == QStringLiteral("stopping"); }));

    QVERIFY(restarts("api")); // while it is still ending
    QVERIFY(QFile(m_room->path(QStringLiteral("go"))).open(QIODevice::NewOnly));
    const auto asked = Quay::Test::finish(*asking);

    QVERIFY(waitUntil([this] { return m_room->state(QStringLiteral("api")) == QStringLiteral("ready"); }));
    QVERIFY(m_room->process(QStringLiteral("api")) != leftOver);
    QCOMPARE(asked.exitCode, 1);
    QVERIFY2(asked.err.contains("api was started again meanwhile"), asked.err.constData());
}

QTEST_GUILESS_MAIN(tst_QuayStop)
#include "tst_quaystop.moc"
