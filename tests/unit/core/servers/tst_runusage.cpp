// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"
#include "core/servers/probemachine.h"
#include "core/servers/runmembers.h"
#include "core/servers/runusage.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakediag.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <format>
#include <memory>
#include <optional>
#include <string>

#include <unistd.h>

using namespace std::chrono_literals;
using Quay::RunUsage;
using Quay::SocketState;
using Quay::usageBetween;
using std::chrono::nanoseconds;

namespace {

constexpr pid_t Supervisor = 50;

/// 10 ms each on every Linux.
constexpr std::uint64_t ticks(std::chrono::milliseconds time)
{
    return static_cast<std::uint64_t>(time.count() / 10);
}

} // namespace

class tst_RunUsage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void processesOfTheRunAreAddedUp();
    void whatWasUsedBeforeTheFirstLookIsKnown();
    void endedProcessesStillCount();
    void newProcessesAreFound();
    void wholeCoreIsTold();
    void waitingForACoreCounts();
    void stateIsTimed();
    void unansweredConnectionIsToldOnce();
    void connectionToSomebodyWhoListensIsNotTold();
    void refusedConnectionBelongsToTheNextSample();
    void manySamplesBecomeFewer();

private:
    struct Machine
    {
        Quay::Test::FakeProc files;
        std::shared_ptr<Quay::Test::FakeSockets> sockets = std::make_shared<Quay::Test::FakeSockets>();
        Quay::Test::FakeClock clock;
        std::optional<Quay::ProcFs> proc;
        std::optional<Quay::RunMembers> members;
        Quay::SockDiag diag{std::make_unique<Quay::Test::FakeDiag>(sockets)};
    };
    [[nodiscard]] RunUsage usage() const
    {
        return RunUsage({.proc = &*m_machine->proc,
                         .diag = &m_machine->diag,
                         .members = &*m_machine->members,
                         .createRequester = {},
                         .clock = &m_machine->clock},
                        Supervisor);
    }
    void lookAfter(RunUsage &usage, std::chrono::milliseconds time) const
    {
        m_machine->clock.advance(time);
        usage.look();
    }

    std::unique_ptr<Machine> m_machine;
};

void tst_RunUsage::init()
{
    m_machine = std::make_unique<Machine>();
    m_machine->files.add({.pid = Supervisor});
    m_machine->files.add({.pid = 100, .parentPid = Supervisor, .userTicks = ticks(100ms), .systemTicks = ticks(50ms)});
    m_machine->files.add(
        {.pid = 101, .parentPid = 100, .userTicks = ticks(20ms), .systemTicks = 0, .residentPages = 10});
    m_machine->files.add({.pid = 200}); // somebody else's
    m_machine->proc = m_machine->files.open();
    m_machine->members.emplace(*m_machine->proc, m_machine->clock);
}

void tst_RunUsage::processesOfTheRunAreAddedUp()
{
    auto usage = this->usage();

    usage.look();

    QCOMPARE(usage.samples().size(), 1U);
    QCOMPARE(usage.samples().front().cpuTime, 170ms);
    QCOMPARE(usage.samples().front().residentBytes, 2010U * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)));
    QCOMPARE(usage.processes().size(), 2U);
}

void tst_RunUsage::whatWasUsedBeforeTheFirstLookIsKnown()
{
    auto usage = this->usage();
    usage.begin();
    const auto begin = m_machine->clock.monotonic();

    lookAfter(usage, 300ms);

    QCOMPARE(usageBetween(begin, m_machine->clock.monotonic(), usage.samples())->cpuTime, 170ms);
}

void tst_RunUsage::endedProcessesStillCount()
{
    auto usage = this->usage();
    usage.look();

    m_machine->files.remove(101);
    lookAfter(usage, 50ms);
    m_machine->files.add({.pid = 100, .parentPid = Supervisor, .userTicks = 1, .systemTicks = 0, .startTicks = 2000});
    lookAfter(usage, 50ms); // its number means another one now

    QCOMPARE(usage.samples()[1].cpuTime, 170ms);
    QCOMPARE(usage.samples()[2].cpuTime, 180ms);
}

void tst_RunUsage::newProcessesAreFound()
{
    auto usage = this->usage();
    usage.look();

    m_machine->files.add({.pid = 300, .parentPid = 101});
    lookAfter(usage, 1s);

    QCOMPARE(usage.processes().size(), 3U);
}

void tst_RunUsage::wholeCoreIsTold()
{
    auto usage = this->usage();
    usage.look();
    for (int i = 1; i <= 3; ++i) {
        m_machine->files.add(
            {.pid = 101, .state = 'R', .parentPid = 100, .userTicks = ticks(20ms + i * 500ms), .systemTicks = 0});
        lookAfter(usage, 500ms);
    }

    const auto processes = usage.processes();

    QCOMPARE(processes.back().id.pid, 101);
    QVERIFY(processes.back().demand.value_or(0) > 0.95);
    QCOMPARE(processes.back().sameFor.value_or(0ns), 1500ms);
    QVERIFY(processes.front().demand.value_or(1) < 0.05);
}

/// The machine is busy, and an endless loop has a third of a core.
void tst_RunUsage::waitingForACoreCounts()
{
    auto usage = this->usage();
    const auto lookAtLoop = [&](std::chrono::milliseconds ran, std::chrono::nanoseconds waited) {
        m_machine->files.add({.pid = 101, .state = 'R', .parentPid = 100, .userTicks = ticks(ran), .systemTicks = 0});
        m_machine->files.write("101/schedstat", std::format("{} {} 7\n", nanoseconds(ran).count(), waited.count()));
        usage.look();
    };
    lookAtLoop(20ms, 50s);
    for (int i = 1; i <= 3; ++i) {
        m_machine->clock.advance(500ms);
        lookAtLoop(20ms + i * 160ms, 50s + i * 330ms);
    }

    const auto loop = usage.processes().back();

    QVERIFY(loop.demand.value_or(0) > 0.95);
    QCOMPARE(loop.sameFor.value_or(0ns), 1500ms);
}

void tst_RunUsage::stateIsTimed()
{
    auto usage = this->usage();
    usage.look();
    m_machine->files.add({.pid = 100, .comm = "web", .state = 'T', .parentPid = Supervisor});
    lookAfter(usage, 100ms);
    lookAfter(usage, 2s);

    const auto stopped = usage.processes().front();

    QCOMPARE(stopped.state, 'T');
    QCOMPARE(stopped.name, std::string("web"));
    QCOMPARE(stopped.sameFor.value_or(0ns), 2s);
}

void tst_RunUsage::unansweredConnectionIsToldOnce()
{
    const Quay::IpAddress database{.bytes = {10, 0, 0, 7}};
    m_machine->files.add({.pid = 100, .parentPid = Supervisor, .sockets = {{.fd = 5, .inode = 4711}}});
    m_machine->files.add({.pid = 200, .sockets = {{.fd = 5, .inode = 4712}}});
    m_machine->sockets->records = {
        {.cookie = 1, .inode = 4711, .state = SocketState::SynSent, .remotePort = 5432, .remoteAddress = database},
        {.cookie = 2, .inode = 4712, .state = SocketState::SynSent, .remotePort = 6379, .remoteAddress = database}};
    auto usage = this->usage();

    lookAfter(usage, 1s); // they may be answered at once
    const bool wasTold = !usage.samples().back().refused.empty();
    lookAfter(usage, 3s);

    QVERIFY(!wasTold);
    const auto &refused = usage.samples().back().refused;
    QCOMPARE(refused.size(), 1U);
    QCOMPARE(refused.front(), (Quay::RefusedEndpoint{.address = database, .port = 5432}));
}

void tst_RunUsage::connectionToSomebodyWhoListensIsNotTold()
{
    const Quay::IpAddress here{.bytes = {127, 0, 0, 1}};
    m_machine->files.add({.pid = 100, .parentPid = Supervisor, .sockets = {{.fd = 5, .inode = 4711}}});
    m_machine->sockets->records = {
        {.cookie = 1, .inode = 4711, .state = SocketState::SynSent, .remotePort = 5432, .remoteAddress = here},
        {.cookie = 2, .inode = 5, .state = SocketState::Listening, .localPort = 5432, .localAddress = here}};
    auto usage = this->usage();

    lookAfter(usage, 1s);
    lookAfter(usage, 3s);

    QVERIFY(usage.samples().back().refused.empty()); // its queue is full: it does not wait for somebody to come
}

void tst_RunUsage::refusedConnectionBelongsToTheNextSample()
{
    auto usage = this->usage();
    usage.look();

    usage.refusedCame({.port = 5432});
    lookAfter(usage, 50ms);
    lookAfter(usage, 50ms);

    QCOMPARE(usage.samples()[1].refused.size(), 1U);
    QVERIFY(usage.samples()[2].refused.empty());
}

void tst_RunUsage::manySamplesBecomeFewer()
{
    auto usage = this->usage();
    usage.refusedCame({.port = 5432});
    for (std::size_t i = 0; i < RunUsage::MostSamples; ++i) {
        lookAfter(usage, 1ms);
    }

    QCOMPARE(usage.samples().size(), RunUsage::MostSamples / 2);
    QCOMPARE(usage.samples().back().at, m_machine->clock.monotonic());
    QCOMPARE(usage.samples().front().refused.size(), 1U); // nothing that was seen is lost
}

QTEST_GUILESS_MAIN(tst_RunUsage)
#include "tst_runusage.moc"
