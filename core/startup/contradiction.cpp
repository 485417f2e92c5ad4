// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/contradiction.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto LongEnough = 1s;

/// Whether who asks @p address reaches @p listener.
bool reaches(const SocketRecord &listener, const IpAddress &address)
{
    const IpAddress local = unmapped(listener.localAddress);
    const IpAddress asked = unmapped(address);
    if (!isAny(local)) {
        return local == asked;
    }
    const bool isDualStack = listener.localAddress.family == IpFamily::V6 && !listener.v6Only.value_or(false)
        && !isV4Mapped(listener.localAddress);
    return local.family == asked.family || isDualStack;
}

bool isOfFamily(const SocketRecord &listener, IpFamily family)
{
    return unmapped(listener.localAddress).family == family;
}

std::vector<SocketRecord> onExpectedPort(const ReachabilityFacts &facts)
{
    std::vector<SocketRecord> found;
    for (const auto &listener : facts.ownListeners) {
        if (listener.protocol == facts.protocol && (!facts.expectedPort || listener.localPort == *facts.expectedPort)) {
            found.push_back(listener);
        }
    }
    return found;
}

/// Of those on the expected port one that the probe would reach, if any.
std::optional<ForeignListener> holderOf(const ReachabilityFacts &facts)
{
    std::optional<ForeignListener> holder;
    for (const auto &foreign : facts.foreignListeners) {
        const auto &socket = foreign.socket;
        if (socket.protocol != facts.protocol || socket.localPort != facts.expectedPort) {
            continue;
        }
        if (!facts.probedAddress || reaches(socket, *facts.probedAddress)) {
            return foreign;
        }
        holder = holder ? holder : foreign;
    }
    return holder;
}

ProcessCondition conditionOf(const ServerProcess &process)
{
    if (process.sameFor < LongEnough) {
        return ProcessCondition::Ordinary;
    }
    if (process.state == 'T' || process.state == 't') {
        return ProcessCondition::Stopped;
    }
    if (process.state == 'D') {
        return ProcessCondition::Uninterruptible;
    }
    return process.demand.value_or(0) >= WholeCore ? ProcessCondition::Computing : ProcessCondition::Ordinary;
}

/// A stopped process explains more than a waiting one, and that more than a busy one.
Contradiction withCondition(Contradiction verdict, const std::vector<ServerProcess> &processes)
{
    for (const auto condition :
         {ProcessCondition::Stopped, ProcessCondition::Uninterruptible, ProcessCondition::Computing}) {
        const auto found = std::ranges::find(processes, condition, conditionOf);
        if (found != processes.end()) {
            verdict.condition = condition;
            verdict.process = *found;
            break;
        }
    }
    return verdict;
}

/// Nothing of its own is on the expected port.
std::optional<Contradiction> judgeMissing(const ReachabilityFacts &facts)
{
    if (!facts.saysItIsUp || (!facts.expectedPort && !facts.probedAddress)) {
        return std::nullopt; // it is still starting, or is no server that is asked anything
    }
    Contradiction verdict{.expectedPort = facts.expectedPort, .holder = holderOf(facts)};
    std::ranges::copy_if(facts.ownListeners, std::back_inserter(verdict.listeners),
                         [&facts](const SocketRecord &listener) { return listener.protocol == facts.protocol; });
    if (!verdict.listeners.empty()) {
        verdict.kind = ContradictionKind::OtherPort;
    } else if (verdict.holder) {
        verdict.kind = ContradictionKind::HeldByOther;
    }
    return verdict;
}

/// It listens where it is expected to, on addresses that the probe does not reach.
Contradiction judgeAddress(const ReachabilityFacts &facts, std::vector<SocketRecord> listeners, const IpAddress &asked)
{
    const auto family = unmapped(asked).family;
    const bool isOtherFamily = std::ranges::none_of(
        listeners, [family](const SocketRecord &listener) { return isOfFamily(listener, family); });
    return {.kind = isOtherFamily ? ContradictionKind::OtherFamily : ContradictionKind::OtherAddress,
            .expectedPort = facts.expectedPort,
            .probedAddress = asked,
            .listeners = std::move(listeners),
            .holder = holderOf(facts)};
}

Contradiction judgeSilent(const ReachabilityFacts &facts, const std::vector<SocketRecord> &listeners)
{
    Contradiction verdict{.kind = ContradictionKind::DoesNotAnswer,
                          .expectedPort = facts.expectedPort,
                          .probedAddress = facts.probedAddress,
                          .listeners = listeners};
    const bool isWaiting = facts.protocol == Protocol::Tcp && facts.waitsToBeAccepted >= LongEnough;
    const auto hasQueue = [](const SocketRecord &listener) { return listener.receiveQueue > 0; };
    if (isWaiting && std::ranges::any_of(listeners, hasQueue)) {
        verdict.kind = ContradictionKind::NobodyAccepts;
        verdict.waits = facts.waitsToBeAccepted;
        std::erase_if(verdict.listeners, std::not_fn(hasQueue));
        verdict.isQueueFull = std::ranges::any_of(verdict.listeners, [](const SocketRecord &listener) {
            return listener.receiveQueue > listener.sendQueue; // the kernel takes one more than it is asked for
        });
    }
    return verdict;
}

std::optional<Contradiction> judge(const ReachabilityFacts &facts)
{
    auto listeners = onExpectedPort(facts);
    if (listeners.empty()) {
        return judgeMissing(facts);
    }
    const auto isReached = [&facts](const SocketRecord &listener) {
        return !facts.probedAddress || reaches(listener, *facts.probedAddress);
    };
    if (facts.probedAddress && std::ranges::none_of(listeners, isReached)) {
        return judgeAddress(facts, std::move(listeners), *facts.probedAddress);
    }
    std::erase_if(listeners, std::not_fn(isReached));
    auto verdict = judgeSilent(facts, listeners);
    const bool isSilent = facts.answers.has_value() && !*facts.answers;
    return isSilent || verdict.kind == ContradictionKind::NobodyAccepts ? std::optional(std::move(verdict))
                                                                        : std::nullopt;
}

} // namespace

std::optional<Contradiction> findContradiction(const ReachabilityFacts &facts)
{
    if (facts.answers.value_or(false)) {
        return std::nullopt;
    }
    return judge(facts).transform(
        [&facts](Contradiction verdict) { return withCondition(std::move(verdict), facts.processes); });
}

} // namespace Quay
