// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/runlink.h"
#include "tests/support/supervisedrun.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include <poll.h>

using Quay::Launched;
using Quay::LaunchFailure;
using Quay::LaunchProblem;
using Quay::LogPosition;
using Quay::RunEvent;
using Quay::RunEventKind;
using Quay::RunLink;
using Quay::RunNews;
using Quay::SupervisorGone;
using Quay::Test::ServerRoom;
using Quay::Test::SupervisedRun;
using Quay::Test::superviseProgram;

namespace {

constexpr int PatienceMs = 30'000; // for each piece of news

/// Collects what a link tells until @p isEnough says so of the last piece, or the supervisor is gone.
std::vector<RunNews> follow(RunLink &link, const std::function<bool(const RunNews &)> &isEnough)
{
    std::vector<RunNews> all;
    for (;;) {
        auto awaited = link.awaited();
        if (!awaited || ::poll(&*awaited, 1, PatienceMs) != 1) {
            return all;
        }
        for (auto &news : link.proceed()) {
            all.push_back(std::move(news));
            if (isEnough(all.back()) || std::holds_alternative<SupervisorGone>(all.back())) {
                return all;
            }
        }
    }
}

bool never(const RunNews & /*news*/)
{
    return false;
}

std::vector<RunEvent> eventsOf(const std::vector<RunNews> &all)
{
    std::vector<RunEvent> events;
    for (const auto &news : all) {
        if (const auto *const event = std::get_if<RunEvent>(&news)) {
            events.push_back(*event);
        }
    }
    return events;
}

bool isWithoutGap(const std::vector<RunEvent> &events)
{
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (events[i].number != i + 1) {
            return false;
        }
    }
    return !events.empty();
}

bool isKind(const RunNews &news, RunEventKind kind)
{
    const auto *const event = std::get_if<RunEvent>(&news);
    return event != nullptr && event->kind == kind;
}

} // namespace

/// A run as an agent sees it, with the real supervisor.
class tst_LiveRunLink : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_room = std::make_unique<ServerRoom>(); }
    void cleanup() { m_room.reset(); }

    void shortRunIsToldWhole();
    void failedLaunchIsTold();
    void whoComesLaterIsToldEverything();
    void stopIsCarriedOut();
    void killedSupervisorIsNoEnd();
    void growingLogIsTold();

private:
    std::unique_ptr<ServerRoom> m_room;
};

void tst_LiveRunLink::shortRunIsToldWhole()
{
    auto link = RunLink::launch(superviseProgram(), m_room->describeShell("echo out; exit 3"));
    QVERIFY(link);

    const auto news = follow(*link, never);

    QVERIFY(std::holds_alternative<Launched>(news.front()));
    QVERIFY(std::get<SupervisorGone>(news.back()).hasEnded);
    const auto events = eventsOf(news);
    QVERIFY(isWithoutGap(events));
    QCOMPARE(events.front().kind, RunEventKind::Started);
    QCOMPARE(events.back().kind, RunEventKind::Ended);
    const auto exited = std::ranges::find(events, RunEventKind::Exited, &RunEvent::kind);
    QVERIFY(exited != events.end());
    QCOMPARE(exited->status->code, std::optional(3));
    QVERIFY(!link->awaited());
}

void tst_LiveRunLink::failedLaunchIsTold()
{
    auto link = RunLink::launch(superviseProgram(), m_room->describe({"/nonexistent/program"}));
    QVERIFY(link);

    const auto news = follow(*link, [](const RunNews &last) { return std::holds_alternative<LaunchFailure>(last); });

    QCOMPARE(std::get<LaunchFailure>(news.back()).problem, LaunchProblem::CannotExecute);
}

void tst_LiveRunLink::whoComesLaterIsToldEverything()
{
    const auto run = SupervisedRun::start(m_room->describeShell("echo out; exec sleep 600"));
    QVERIFY(run);
    QVERIFY(run->waitFor(RunEventKind::FirstOutput));

    auto link = RunLink::attach(m_room->places(), run->description().runId);
    QVERIFY(link);
    const auto news = follow(*link, [](const RunNews &last) { return isKind(last, RunEventKind::FirstOutput); });

    const auto events = eventsOf(news);
    QVERIFY(isWithoutGap(events));
    QCOMPARE(events.front().kind, RunEventKind::Started);
    QCOMPARE(events.front().process, std::optional(run->launched().server));
}

void tst_LiveRunLink::stopIsCarriedOut()
{
    auto link =
        RunLink::launch(superviseProgram(), m_room->describeShell("trap 'exit 0' TERM; echo up; sleep 600 & wait"));
    QVERIFY(link);
    (void)follow(*link, [](const RunNews &last) { return isKind(last, RunEventKind::FirstOutput); });

    QVERIFY(link->stop(false));
    const auto events = eventsOf(follow(*link, never));

    const auto asked = std::ranges::find(events, RunEventKind::StopAsked, &RunEvent::kind);
    const auto exited = std::ranges::find(events, RunEventKind::Exited, &RunEvent::kind);
    QVERIFY(asked != events.end() && exited != events.end() && asked < exited);
    QCOMPARE(exited->status->code, std::optional(0));
    QCOMPARE(events.back().kind, RunEventKind::Ended);
}

void tst_LiveRunLink::killedSupervisorIsNoEnd()
{
    const auto run = SupervisedRun::start(m_room->describe({"/bin/sleep", "600"}));
    QVERIFY(run);
    auto link = RunLink::attach(m_room->places(), run->description().runId);
    QVERIFY(link);

    run->signalSupervisor(SIGKILL);
    const auto news = follow(*link, never);

    QVERIFY(!std::get<SupervisorGone>(news.back()).hasEnded);
    QVERIFY(!link->awaited());
}

void tst_LiveRunLink::growingLogIsTold()
{
    auto link = RunLink::launch(superviseProgram(), m_room->describeShell("echo one; exec sleep 600"));
    QVERIFY(link);

    const auto news = follow(*link, [](const RunNews &last) {
        const auto *const position = std::get_if<LogPosition>(&last);
        return position != nullptr && position->bytes > 0;
    });

    QVERIFY(std::holds_alternative<LogPosition>(news.back()));
    QVERIFY(std::get<LogPosition>(news.back()).bytes > 0);
}

QTEST_APPLESS_MAIN(tst_LiveRunLink)
#include "tst_liverunlink.moc"
