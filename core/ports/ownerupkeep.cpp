// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/ownerupkeep.h"

#include "core/base/clock.h"
#include "core/ports/listener.h"
#include "core/ports/listenerbook.h"
#include "core/ports/ownercomposer.h"
#include "core/ports/ownersearch.h"
#include "core/ports/portjudge.h"
#include "core/ports/socketholders.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr std::chrono::nanoseconds FirstRetryGap = std::chrono::milliseconds(20);
constexpr std::chrono::nanoseconds LongestRetryGap = std::chrono::seconds(64);
constexpr int RetryGrowth = 3; // of the time since it was first looked for
constexpr auto AccountedAfter = std::chrono::milliseconds(100); // many ticks of the slowest kernel
constexpr auto CompleteHolds = std::chrono::seconds(30);

} // namespace

OwnerUpkeep::OwnerUpkeep(ListenerBook &book, SocketHolders &holders, OwnerComposer &composer, const Clock &clock)
    : m_book(book)
    , m_holders(holders)
    , m_composer(composer)
    , m_clock(clock)
{
}

void OwnerUpkeep::forget(const ListenerKey &listener)
{
    m_unowned.erase(listener);
    m_touched.erase(listener);
    m_bereft.erase(listener);
}

void OwnerUpkeep::touchSocket(std::uint64_t inode)
{
    for (const auto &key : m_book.keysOf(inode)) {
        m_touched.insert(key);
        m_unowned.insert(key); // searchMissing() knows better when it is owned
    }
}

void OwnerUpkeep::touchSocketsOf(pid_t pid)
{
    for (const auto inode : m_holders.watchedSocketsOf(pid)) {
        touchSocket(inode);
    }
}

/// Once in a while, so that steady looks stay cheap and what is said does not change with each of them.
void OwnerUpkeep::doubtAfter(std::span<const pid_t> ran)
{
    m_ranSinceVerified.insert(ran.begin(), ran.end());
    const auto now = m_clock.monotonic();
    if (now < m_doubtDue) {
        return;
    }
    m_doubtDue = now + CompleteHolds;
    for (const pid_t pid : std::exchange(m_ranSinceVerified, {})) {
        for (const auto inode : m_holders.watchedSocketsOf(pid)) {
            doubtOwnersOf(inode);
        }
    }
}

void OwnerUpkeep::doubtOwnersOf(std::uint64_t inode)
{
    for (const auto &key : m_book.keysOf(inode)) {
        if (std::exchange(m_book.at(key).progress.isComplete, false)) {
            m_touched.insert(key);
        }
    }
}

void OwnerUpkeep::searchMissing(const Search &search)
{
    for (const auto inode : m_holders.takeChanged()) {
        doubtOwnersOf(inode); // it was passed on: perhaps to others too
        touchSocket(inode);
    }
    std::vector<WantedSocket> wanted;
    std::vector<TrackedListener *> searched;
    for (auto key = m_unowned.begin(); key != m_unowned.end();) {
        auto &tracked = m_book.at(*key);
        if (isOwned(tracked)) {
            tracked.soughtSince.reset();
            key = m_unowned.erase(key);
            continue;
        }
        if (key->inode != 0 && isSearchDue(tracked)) {
            wanted.push_back(wantedSocket(tracked));
            searched.push_back(&tracked);
            m_touched.insert(*key);
        }
        ++key;
    }
    if (wanted.empty()) {
        return;
    }
    const bool isComplete = search(wanted);
    for (auto *const tracked : searched) {
        tracked->progress = {.isSearched = true, .isComplete = isComplete};
    }
    for (const auto inode : m_holders.takeChanged()) {
        touchSocket(inode);
    }
}

bool OwnerUpkeep::isOwned(const TrackedListener &tracked) const
{
    return tracked.progress.isSearched && !m_holders.holdersOf(tracked.listener->socket.inode).empty();
}

bool OwnerUpkeep::isSearchDue(TrackedListener &tracked) const
{
    const auto now = m_clock.monotonic();
    if (!tracked.progress.isSearched || !tracked.soughtSince) {
        tracked.soughtSince = now;
        tracked.retryDue = now; // a descriptor may be on its way between two processes
        return true;
    }
    if (now < tracked.retryDue) {
        return false;
    }
    // Less and less often, and by the clock: a search in vain costs as much as thirty quiet looks.
    tracked.retryDue = now + std::clamp((now - *tracked.soughtSince) * RetryGrowth, FirstRetryGap, LongestRetryGap);
    return true;
}

/// Of one whose search is due.
WantedSocket OwnerUpkeep::wantedSocket(const TrackedListener &tracked) const
{
    const auto &socket = tracked.listener->socket;
    const auto now = m_clock.monotonic();
    return {.inode = socket.inode,
            .cgroupId = socket.cgroupId,
            .isOurs = m_composer.mayRead(socket),
            .isRetry = tracked.progress.isSearched,
            .isRecent = now - tracked.soughtSince.value_or(now) < AccountedAfter};
}

void OwnerUpkeep::noteSearchedAll(bool isComplete)
{
    m_ranSinceVerified.clear();
    m_doubtDue = m_clock.monotonic() + CompleteHolds;
    for (auto &[key, tracked] : m_book) {
        tracked.progress.isSearched = true;
        tracked.progress.isComplete = tracked.progress.isComplete || isComplete;
        m_touched.insert(key);
    }
    for (const auto inode : m_holders.takeChanged()) {
        touchSocket(inode); // whoever lost its owner in this search is sought again
    }
}

/// Whoever ends between the look at the sockets and the one at him takes his socket with him: mostly it is gone at the
/// next look, and who had it is what is to be remembered of it, not that it was nobody's for an instant.
void OwnerUpkeep::composeTouched(PortJudge &judge, const std::stop_token &stop)
{
    const auto bereft = std::exchange(m_bereft, {});
    m_touched.insert(bereft.begin(), bereft.end());
    while (!m_touched.empty() && !stop.stop_requested()) {
        const auto key = m_touched.extract(m_touched.begin()).value();
        auto &tracked = m_book.at(key);
        Listener listener = *tracked.listener;
        m_composer.compose(listener, tracked.progress);
        if (listener.owners.empty() && !tracked.listener->owners.empty() && !bereft.contains(key)) {
            m_bereft.insert(key);
            continue;
        }
        judge.touch(listener.socket.localPort);
        m_book.publish(tracked, std::move(listener));
    }
}

} // namespace Quay
