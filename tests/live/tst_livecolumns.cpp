// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/ports/portmonitor.h"
#include "tests/live/livelook.h"
#include "tests/support/cgroupscope.h"
#include "tests/support/clientsocket.h"
#include "tests/support/testserver.h"

#include <QByteArray>
#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <unistd.h>

using namespace std::chrono_literals;
using Quay::ListenerPtr;
using Quay::PortMonitor;
using Quay::Protocol;
using Quay::Test::listenerOn;
using Quay::Test::TestServer;
using Quay::Test::why;

namespace {

constexpr double Megabyte = 1 << 20;

/// As /proc/PID/smaps_rollup has it, which walks the pages themselves.
std::uint64_t residentBytesOf(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/smaps_rollup");
    for (std::string word; file >> word;) {
        if (word == "Rss:") {
            std::uint64_t kilobytes = 0;
            file >> kilobytes;
            return kilobytes * 1024;
        }
    }
    return 0;
}

/// What a process had used of the processors at one moment.
struct Used
{
    std::chrono::nanoseconds cpuTime{};
    std::chrono::nanoseconds at{};
};

Used usedBy(pid_t pid)
{
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0) {
        return {};
    }
    return {.cpuTime = std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec),
            .at = Quay::systemClock().monotonic()};
}

} // namespace

class tst_LiveColumns : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void socketIsAsItWasOpened_data();
    void socketIsAsItWasOpened();
    void processIsAsItWasStarted();
    void memoryIsWhatTheKernelSays();
    void cpuIsWhatItUsedSinceTheLookBefore();
    void hostileNamesComeThroughUnharmed_data();
    void hostileNamesComeThroughUnharmed();
    void longCommandLineIsComplete();
    void unitIsThatOfTheCgroup();
    void connectionsAreCounted();
    void onlyPortGivesThatPort();
    void processTableHoldsTheServer();

private:
    /// The only listener of the server's port, null when there is none or several.
    ListenerPtr lookAt(const TestServer &server, const Quay::LookOptions &options = {});

    std::unique_ptr<PortMonitor> m_monitor;
};

void tst_LiveColumns::init()
{
    auto opened = PortMonitor::open();
    QVERIFY2(opened, why(opened));
    m_monitor = *std::move(opened);
}

void tst_LiveColumns::cleanup()
{
    m_monitor.reset();
}

ListenerPtr tst_LiveColumns::lookAt(const TestServer &server, const Quay::LookOptions &options)
{
    const auto snapshot = m_monitor->look(options);
    if (!snapshot) {
        qWarning("%s", why(snapshot));
        return nullptr;
    }
    const auto tcp = listenerOn(**snapshot, server.port());
    return tcp ? tcp : listenerOn(**snapshot, server.port(), Protocol::Udp);
}

void tst_LiveColumns::socketIsAsItWasOpened_data()
{
    QTest::addColumn<std::vector<std::string>>("arguments");
    QTest::addColumn<Protocol>("protocol");
    QTest::addColumn<std::string>("address");
    QTest::addColumn<Quay::Reach>("reach");
    QTest::addColumn<std::optional<bool>>("v6Only");
    const auto row = [](const char *name, std::vector<std::string> arguments, Protocol protocol, std::string address,
                        Quay::Reach reach, std::optional<bool> v6Only) {
        QTest::newRow(name) << std::move(arguments) << protocol << std::move(address) << reach << v6Only;
    };
    using enum Quay::Reach;
    row("IPv4 loopback", {"listen"}, Protocol::Tcp, "127.0.0.1", ThisMachine, std::nullopt);
    row("another loopback address", {"listen", "--address", "127.4.5.6"}, Protocol::Tcp, "127.4.5.6", ThisMachine,
        std::nullopt);
    row("IPv6 loopback", {"listen", "--address", "::1"}, Protocol::Tcp, "::1", ThisMachine, true);
    row("IPv4 any", {"listen", "--address", "0.0.0.0"}, Protocol::Tcp, "0.0.0.0", Network, std::nullopt);
    row("IPv6 any", {"listen", "--address", "::"}, Protocol::Tcp, "::", Network, true);
    row("dual stack", {"listen", "--address", "::", "--dual"}, Protocol::Tcp, "::", Network, false);
    row("UDP", {"listen", "--udp"}, Protocol::Udp, "127.0.0.1", ThisMachine, std::nullopt);
    row("UDP over IPv6", {"listen", "--udp", "--address", "::1"}, Protocol::Udp, "::1", ThisMachine, true);
}

void tst_LiveColumns::socketIsAsItWasOpened()
{
    QFETCH(const std::vector<std::string>, arguments);
    QFETCH(const Protocol, protocol);
    QFETCH(const std::string, address);
    QFETCH(const Quay::Reach, reach);
    QFETCH(const std::optional<bool>, v6Only);
    const auto server = TestServer::start(arguments);
    QVERIFY2(server, why(server));

    const auto listener = lookAt(*server);

    QVERIFY(listener);
    QCOMPARE(listener->socket.protocol, protocol);
    QCOMPARE(Quay::toString(listener->socket.localAddress), address);
    QCOMPARE(listener->reach(), reach);
    QCOMPARE(listener->socket.uid, ::getuid());
    if (protocol == Protocol::Tcp) {
        QCOMPARE(listener->socket.v6Only, v6Only);
        QCOMPARE(listener->socket.state, Quay::SocketState::Listening);
    }
    QVERIFY(listener->socket.cookie != 0);
    QVERIFY(listener->warnings.empty());
    QCOMPARE(Quay::Test::ownerPids(*listener), server->pids());
}

void tst_LiveColumns::processIsAsItWasStarted()
{
    const auto before = Quay::systemClock().sinceBoot();
    const auto beforeLook = Quay::systemClock().monotonic();
    const auto server = TestServer::start({"listen"}, "/usr/share");
    QVERIFY2(server, why(server));
    const auto after = Quay::systemClock().sinceBoot();

    const auto listener = lookAt(*server);

    QVERIFY(listener);
    const Quay::Owner &owner = listener->owners.front();
    QCOMPARE(owner.process->id.pid, server->pid());
    const std::chrono::milliseconds started(owner.process->id.startTicks * 1000
                                            / static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK)));
    QVERIFY(started >= before - 20ms && started <= after + 20ms); // the kernel counts in ticks of 10 ms
    QCOMPARE(owner.process->parentPid, ::getpid());
    QCOMPARE(owner.process->uid, ::getuid());
    QCOMPARE(owner.process->name, std::string("testserver"));
    QCOMPARE(owner.process->arguments, (std::vector<std::string>{Quay::Test::programPath("testserver"), "listen"}));
    QCOMPARE(owner.profile->workingDirectory, (Quay::ProcLink{.path = "/usr/share"}));
    QCOMPARE(owner.profile->executable->path, Quay::Test::programPath("testserver"));
    QCOMPARE(owner.fd, server->fd());
    QVERIFY(listener->firstSeen >= beforeLook && listener->firstSeen <= Quay::systemClock().monotonic());
    QVERIFY(owner.profile->ancestry.steps.size() >= 2);
    QCOMPARE(owner.profile->ancestry.steps.at(0).process->id.pid, server->pid());
    QCOMPARE(owner.profile->ancestry.steps.at(1).process->id.pid, ::getpid());
}

void tst_LiveColumns::memoryIsWhatTheKernelSays()
{
    const auto server = TestServer::start({"listen", "--megabytes", "50"});
    QVERIFY2(server, why(server));

    const auto listener = lookAt(*server);

    QVERIFY(listener);
    const auto shown = static_cast<double>(listener->owners.front().process->residentBytes);
    const auto truth = static_cast<double>(residentBytesOf(server->pid()));
    QCOMPARE_GT(truth, 50 * Megabyte);
    // The kernel counts pages for each processor, and adds up whole batches of them for the cheaper of its files.
    QVERIFY2(std::abs(shown - truth) < Megabyte, qPrintable(QStringLiteral("%1, is %2").arg(shown).arg(truth)));
}

void tst_LiveColumns::cpuIsWhatItUsedSinceTheLookBefore()
{
    using Share = std::chrono::duration<double>;
    const auto server = TestServer::start({"listen", "--busy"});
    QVERIFY2(server, why(server));
    const auto look = [&] { // and what it had used when, before and after
        const Used before = usedBy(server->pid());
        const auto listener = lookAt(*server, {.processes = true});
        return std::tuple(before, listener, usedBy(server->pid()));
    };

    const auto [beforeFirst, first, afterFirst] = look();
    QVERIFY(first && !first->owners.front().process->cpuShare);
    QTRY_VERIFY(usedBy(server->pid()).cpuTime - afterFirst.cpuTime > 100ms);
    const auto [beforeSecond, second, afterSecond] = look();

    const auto shown = second->owners.front().process->cpuShare;
    QVERIFY(shown);
    const double least = Share(beforeSecond.cpuTime - afterFirst.cpuTime) / Share(afterSecond.at - beforeFirst.at);
    const double most = Share(afterSecond.cpuTime - beforeFirst.cpuTime) / Share(beforeSecond.at - afterFirst.at);
    // Of whoever is on a processor right now, the kernel knows what it had used at the last tick: every 10 ms at least.
    const double ticks = Share(10ms) / Share(beforeSecond.at - afterFirst.at);
    QVERIFY2(*shown >= least - ticks && *shown <= most + ticks,
             qPrintable(QStringLiteral("%1, is %2 to %3").arg(*shown).arg(least).arg(most)));
}

void tst_LiveColumns::hostileNamesComeThroughUnharmed_data()
{
    QTest::addColumn<QByteArray>("title");
    QTest::newRow("parentheses") << QByteArray("a) S 1 (b");
    QTest::newRow("newline") << QByteArray("two\nlines");
    QTest::newRow("escape sequence") << QByteArray("\x1b[31mred\x1b[0m");
    QTest::newRow("right-to-left override") << QByteArray("gpj.\xe2\x80\xae"
                                                          "exe");
    QTest::newRow("not UTF-8") << QByteArray("\xff\xfe\xc3(");
    QTest::newRow("users:((") << QByteArray("x),(\"y\",pid=1");
}

void tst_LiveColumns::hostileNamesComeThroughUnharmed()
{
    QFETCH(const QByteArray, title);
    // The padding makes room: a title is written over the arguments.
    const auto server =
        TestServer::start({"listen", "--title", title.toStdString(), "--ignored", std::string(100, 'x')});
    QVERIFY2(server, why(server));

    const auto listener = lookAt(*server);

    QVERIFY(listener);
    QCOMPARE(Quay::Test::ownerPids(*listener), server->pids());
    QCOMPARE(listener->owners.front().process->name, title.toStdString().substr(0, 15));
    QCOMPARE(listener->owners.front().process->arguments, std::vector{title.toStdString()});
    QCOMPARE(listener->owners.front().process->parentPid, ::getpid());
}

void tst_LiveColumns::longCommandLineIsComplete()
{
    const std::string longest(std::size_t{128} * 1024 - 1, 'x'); // MAX_ARG_STRLEN, with its NUL
    const auto server = TestServer::start({"listen", "--ignored", longest});
    QVERIFY2(server, why(server));

    const auto listener = lookAt(*server);

    QVERIFY(listener);
    QCOMPARE(listener->owners.front().process->arguments.size(), std::size_t{4});
    QVERIFY(listener->owners.front().process->arguments.back() == longest);
}

void tst_LiveColumns::unitIsThatOfTheCgroup()
{
    const auto cgroup = Quay::Test::CgroupScope::make("system.slice/quaymaster-probe.service");
    if (!cgroup) {
        QSKIP("no cgroup can be made here");
    }
    const auto server = TestServer::start({"listen", "--cgroup", cgroup->directory().string()});
    QVERIFY2(server, why(server));

    const auto listener = lookAt(*server);

    QVERIFY(listener);
    QCOMPARE(listener->socket.cgroupId, cgroup->id());
    QCOMPARE(listener->unit.path, cgroup->path());
    QCOMPARE(listener->unit.name, std::string("quaymaster-probe.service"));
    QCOMPARE(listener->unit.kind, Quay::UnitKind::SystemService);
    QCOMPARE(Quay::Test::ownerPids(*listener), server->pids());
}

void tst_LiveColumns::connectionsAreCounted()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    const auto idle = lookAt(*server, {.connections = true});
    QVERIFY(idle);
    QCOMPARE(idle->connections, std::uint32_t{0});

    std::vector<Quay::UniqueFd> clients;
    for (int number = 0; number < 3; ++number) {
        clients.push_back(Quay::Test::connectTo(server->port()));
        QVERIFY(clients.back());
    }
    // Counting is dear and not done at every look.
    QTRY_COMPARE(lookAt(*server, {.connections = true})->connections, std::uint32_t{3});

    clients.pop_back();
    QTRY_COMPARE(lookAt(*server, {.connections = true})->connections, std::uint32_t{2});
    QCOMPARE(lookAt(*server, {.connections = true, .onlyPort = server->port()})->connections, std::uint32_t{2});
    QVERIFY(!lookAt(*server, {.connections = false})->connections.has_value());
}

void tst_LiveColumns::onlyPortGivesThatPort()
{
    const auto wanted = TestServer::start({"prefork"});
    const auto other = TestServer::start({"listen"});
    QVERIFY2(wanted, why(wanted));
    QVERIFY2(other, why(other));

    const auto snapshot = m_monitor->look({.onlyPort = wanted->port()});
    QVERIFY2(snapshot, why(snapshot));

    QCOMPARE((*snapshot)->listeners.size(), std::size_t{1});
    QCOMPARE(Quay::Test::ownerPids(*(*snapshot)->listeners.front()), Quay::Test::sorted(wanted->pids()));
}

void tst_LiveColumns::processTableHoldsTheServer()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));

    const auto snapshot = m_monitor->look({.processes = true});
    QVERIFY2(snapshot, why(snapshot));

    const auto &processes = (*snapshot)->processes;
    const auto pidOf = [](const Quay::ProcessInfoPtr &process) { return process->id.pid; };
    QVERIFY(std::ranges::is_sorted(processes, {}, pidOf));
    QVERIFY(std::ranges::find(processes, server->pid(), pidOf) != processes.end());
    QVERIFY(std::ranges::find(processes, ::getpid(), pidOf) != processes.end());
    QVERIFY((*snapshot)->processCount >= processes.size());
}

QTEST_GUILESS_MAIN(tst_LiveColumns)
#include "tst_livecolumns.moc"
