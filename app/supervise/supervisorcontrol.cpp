// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/supervisor.h"
#include "core/base/result.h"
#include "core/kernel/unixsocket.h"
#include "core/supervise/controlmessage.h"
#include "core/supervise/processmark.h"
#include "core/supervise/rundescription.h"
#include "core/supervise/runevent.h"

#include <chrono>
#include <csignal>
#include <utility>

namespace Quay {

namespace {

/// Whoever asked, if it can still be told apart from others.
RunEvent askedBy(const ProcFs &proc, RunEventKind kind, const SocketPeer &peer)
{
    RunEvent event{.kind = kind};
    event.uid = peer.uid;
    if (const auto mark = markOf(proc, peer.pid)) {
        event.process = *mark;
    }
    return event;
}

} // namespace

ControlReply Supervisor::answer(const ControlRequest &request, const SocketPeer &peer)
{
    ControlReply reply;
    switch (request.verb) {
    case ControlVerb::Status:
    case ControlVerb::Subscribe:
        break;
    case ControlVerb::Stop:
        stop(request, peer);
        break;
    case ControlVerb::Signal:
        if (const auto sent = signal(request, peer); !sent) {
            reply.error = sent.error();
        }
        break;
    }
    reply.status = status();
    return reply;
}

void Supervisor::stop(const ControlRequest &request, const SocketPeer &peer)
{
    StopManner manner = m_premises.run.stop;
    manner.signal = request.isForced ? SIGKILL : request.signal.value_or(manner.signal);
    manner.grace = request.isForced ? std::chrono::milliseconds(0) : request.grace.value_or(manner.grace);
    beginStop(manner, askedBy(m_premises.proc, RunEventKind::StopAsked, peer));
}

void Supervisor::beginStop(const StopManner &manner, RunEvent event)
{
    event.signal = manner.signal;
    event.grace = manner.grace;
    m_journal.add(std::move(event));
    if (manner.signal == SIGKILL) {
        m_ending.force(); // all of them at once: when one alone is killed, others might start it again
    } else {
        m_ending.ask(manner, m_main.leader());
    }
}

Result<> Supervisor::signal(const ControlRequest &request, const SocketPeer &peer)
{
    auto event = askedBy(m_premises.proc, RunEventKind::Signalled, peer);
    event.signal = request.signal;
    const auto sent = m_main.signal(request.signal.value_or(0));
    if (sent) {
        m_journal.add(std::move(event));
    }
    return sent;
}

RunStatus Supervisor::status() const
{
    const auto &log = m_output.log();
    return {.phase = m_isOver         ? RunPhase::Ended
                : m_ending.hasBegun() ? RunPhase::Stopping
                                      : RunPhase::Running,
            .runId = m_premises.run.runId,
            .startedAt = m_premises.claim.lease().startedAt,
            .server = m_main.mark(),
            .isReady = m_words.isReady(),
            .text = m_words.text(),
            .aliveAt = m_words.aliveAt(),
            .exit = m_main.exit(),
            .killsIn = m_ending.timeLeft(),
            .eventCount = m_journal.count(),
            .log = log.position(),
            .lostBytes = log.lostBytes(),
            .logErrno = log.sysErrno(),
            .recordErrno = m_journal.recordErrno()};
}

} // namespace Quay
