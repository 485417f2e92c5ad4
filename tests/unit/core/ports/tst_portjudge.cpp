// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"
#include "core/ports/listenerlist.h"
#include "core/ports/portjudge.h"
#include "core/processes/processinfo.h"
#include "tests/support/fakeclock.h"

#include <QObject>
#include <QTest>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include <sys/types.h>

using Quay::Listener;
using Quay::ListenerPtr;
using Quay::Protocol;
using Quay::SocketRecord;
using Quay::WarningKind;

namespace {

constexpr std::uint16_t Port = 3000;

/// Of a process of its own, in @p state.
ListenerPtr listenerAt(Protocol protocol, const char *address, pid_t pid, char state = 'S', std::uint16_t port = Port)
{
    auto process = std::make_shared<Quay::ProcessInfo>();
    process->id = {.pid = pid, .startTicks = 7};
    process->state = state;
    Listener listener;
    listener.socket.cookie = static_cast<std::uint64_t>(pid);
    listener.socket.protocol = protocol;
    listener.socket.localAddress = Quay::ipAddressFromText(address).value();
    listener.socket.localPort = port;
    listener.owners.push_back(
        {.process = std::move(process), .profile = std::make_shared<const Quay::OwnerProfile>(), .fd = 3});
    listener.knowledge = Quay::OwnerKnowledge::Complete;
    return std::make_shared<const Listener>(std::move(listener));
}

std::vector<WarningKind> kindsOf(const Listener &listener)
{
    std::vector<WarningKind> kinds;
    for (const auto &warning : listener.warnings) {
        kinds.push_back(warning.kind);
    }
    return kinds;
}

} // namespace

class tst_PortJudge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bothProtocolsAreJudged();
    void localhostIsSplitOverTcpAlone();
    void portsThatNobodyTouchedAreLeftAlone();

private:
    /// After port 3000 was touched.
    [[nodiscard]] static std::vector<Listener> judge(std::vector<ListenerPtr> there);
};

std::vector<Listener> tst_PortJudge::judge(std::vector<ListenerPtr> there)
{
    const Quay::Test::FakeClock clock;
    Quay::PortJudge portJudge(clock);
    Quay::ListenerList listeners;
    listeners.update({}, std::move(there));
    portJudge.touch(Port);
    return portJudge.judge(listeners, [](std::uint16_t) { return Quay::Result<std::vector<SocketRecord>>(); });
}

void tst_PortJudge::bothProtocolsAreJudged()
{
    const auto judged =
        judge({listenerAt(Protocol::Tcp, "127.0.0.1", 10, 'T'), listenerAt(Protocol::Udp, "127.0.0.1", 11, 'T')});

    QCOMPARE(judged.size(), 2U);
    QCOMPARE(judged.front().socket.protocol, Protocol::Tcp);
    QCOMPARE(kindsOf(judged.front()), std::vector{WarningKind::OwnerStopped});
    QCOMPARE(judged.back().socket.protocol, Protocol::Udp);
    QCOMPARE(kindsOf(judged.back()), std::vector{WarningKind::OwnerStopped});
}

void tst_PortJudge::localhostIsSplitOverTcpAlone()
{
    const auto judged = judge({listenerAt(Protocol::Tcp, "127.0.0.1", 10), listenerAt(Protocol::Tcp, "::1", 11),
                               listenerAt(Protocol::Udp, "127.0.0.1", 12), listenerAt(Protocol::Udp, "::1", 13)});

    QCOMPARE(judged.size(), 4U);
    for (const auto &listener : judged) {
        const bool isTcp = listener.socket.protocol == Protocol::Tcp;
        QCOMPARE(kindsOf(listener), isTcp ? std::vector{WarningKind::SplitBrain} : std::vector<WarningKind>());
    }
}

void tst_PortJudge::portsThatNobodyTouchedAreLeftAlone()
{
    QVERIFY(judge({listenerAt(Protocol::Udp, "127.0.0.1", 10, 'T', Port + 1)}).empty());
}

QTEST_GUILESS_MAIN(tst_PortJudge)
#include "tst_portjudge.moc"
