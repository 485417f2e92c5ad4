// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/portjudge.h"

#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"
#include "core/ports/listenerlist.h"
#include "core/ports/listenerwarnings.h"
#include "core/ports/splitbrain.h"

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <vector>

namespace Quay {

PortJudge::PortJudge(const Clock &clock)
    : m_queues(clock)
{
}

void PortJudge::update(const SocketRecord &listener)
{
    if (m_queues.update(listener)) {
        touch(listener.localPort);
    }
}

void PortJudge::forget(const ListenerKey &listener)
{
    m_queues.forget(listener);
    touch(listener.port);
}

std::vector<Listener> PortJudge::judge(const ListenerList &listeners, const AcceptQueues::Asker &waitingConnections,
                                       const std::stop_token &stop)
{
    m_queues.follow(waitingConnections);
    m_ports.merge(m_queues.ports());
    std::vector<Listener> judged;
    while (!m_ports.empty() && !stop.stop_requested()) {
        const auto port = m_ports.extract(m_ports.begin()).value();
        const auto tcp = listeners.onPort(Protocol::Tcp, port);
        const auto splits = splitBrainWarnings(tcp);
        for (std::size_t i = 0; i < tcp.size(); ++i) {
            auto &listener = judged.emplace_back(*tcp[i]);
            listener.warnings = listenerWarnings(listener, m_queues.waitingFor(listener.key()));
            if (splits[i]) {
                listener.warnings.push_back(*splits[i]);
            }
        }
        for (const auto &udp : listeners.onPort(Protocol::Udp, port)) {
            auto &listener = judged.emplace_back(*udp);
            listener.warnings = listenerWarnings(listener);
        }
    }
    return judged;
}

} // namespace Quay
