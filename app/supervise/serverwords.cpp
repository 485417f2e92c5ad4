// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/serverwords.h"

#include "app/supervise/descendants.h"
#include "app/supervise/notifysocket.h"
#include "app/supervise/runjournal.h"
#include "core/base/clock.h"
#include "core/kernel/procfs.h"
#include "core/supervise/notifymessage.h"
#include "core/supervise/runevent.h"

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr int MostAtOnce = 32; // then others have their turn

} // namespace

ServerWords::ServerWords(const ProcFs &proc, RunJournal &journal, std::chrono::nanoseconds watchdog,
                         std::function<void(pid_t)> mainChanged)
    : m_proc(proc)
    , m_journal(journal)
    , m_watchdog(watchdog)
    , m_mainChanged(std::move(mainChanged))
{
}

void ServerWords::take(const NotifySocket &socket)
{
    for (int count = 0; count < MostAtOnce; ++count) {
        const auto received = socket.receive();
        if (!received) {
            return;
        }
        if (isOwnDescendant(m_proc, received->sender)) {
            hear(received->message);
        }
    }
}

void ServerWords::hear(const NotifyMessage &message)
{
    if (message.mainPid) {
        m_mainChanged(*message.mainPid);
    }
    if (message.status && message.status != m_text) {
        m_text = message.status;
        RunEvent event{.kind = RunEventKind::Status};
        event.text = message.status;
        m_journal.addNote(std::move(event));
    }
    if (message.isReady) {
        m_isReady = true;
        m_journal.addNote({.kind = RunEventKind::Ready});
    }
    if (message.isStopping) {
        m_isReady = false;
        m_journal.addNote({.kind = RunEventKind::Stopping});
    }
    if (message.isAlive) {
        const bool wasSilent = std::exchange(m_isSilent, false);
        if (!m_aliveAt || wasSilent) {
            m_journal.addNote({.kind = RunEventKind::Watchdog});
        }
        m_aliveAt = systemClock().sinceBoot();
    }
    if ((message.isAlive || message.isReady) && m_watchdog.count() > 0) {
        m_silentFrom = systemClock().monotonic() + m_watchdog;
    }
    if (message.isStopping) {
        m_silentFrom.reset(); // whoever ends has other work
    }
}

std::optional<std::chrono::nanoseconds> ServerWords::nextWork() const
{
    return m_isSilent ? std::nullopt : m_silentFrom;
}

void ServerWords::work()
{
    if (!m_isSilent && m_silentFrom && systemClock().monotonic() >= *m_silentFrom) {
        m_isSilent = true;
        m_journal.addNote({.kind = RunEventKind::WatchdogSilent});
    }
}

} // namespace Quay
