// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/listenerfacts.h"

#include "core/ports/listener.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include <sys/types.h>

namespace Quay {

const Owner *firstOwner(const Listener &listener)
{
    return listener.owners.empty() ? nullptr : &listener.owners.front();
}

ProjectPtr projectOf(const Listener &listener)
{
    const auto found =
        std::ranges::find_if(listener.owners, [](const Owner &owner) { return owner.profile->project != nullptr; });
    return found != listener.owners.end() ? found->profile->project : nullptr;
}

const ServerKind *kindOf(const Listener &listener)
{
    for (const Owner &owner : listener.owners) {
        if (owner.profile->kind) {
            return &*owner.profile->kind;
        }
    }
    return nullptr;
}

uid_t uidOf(const Listener &listener)
{
    const Owner *const owner = firstOwner(listener);
    return owner != nullptr ? owner->process->uid : listener.socket.uid;
}

bool isProjectUnknown(const Listener &listener)
{
    return std::ranges::none_of(listener.owners, [](const Owner &owner) {
        return owner.profile->workingDirectory.has_value() && !owner.profile->isDirectorySilent;
    });
}

std::optional<double> cpuShareOf(const Listener &listener)
{
    std::optional<double> sum;
    for (const Owner &owner : listener.owners) {
        if (owner.process->cpuShare) {
            sum = sum.value_or(0) + *owner.process->cpuShare;
        }
    }
    return sum;
}

std::optional<std::uint64_t> memoryOf(const Listener &listener)
{
    if (listener.owners.empty()) {
        return std::nullopt;
    }
    std::uint64_t sum = 0;
    for (const Owner &owner : listener.owners) {
        sum += owner.process->residentBytes;
    }
    return sum;
}

} // namespace Quay
