// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <optional>

#include <sys/types.h>

namespace Quay {

/// Why a process is never ended, not even when it is named. When several hold, the first.
enum class NeverEndedReason : std::uint8_t
{
    Init, ///< pid 1, the first process of the system.
    KernelThread,
    Ourselves, ///< The program that was to end it.
    OurParent, ///< It has started that program, directly or not.
};

/// A process that is never ended.
struct NeverEnded
{
    pid_t pid = 0;
    NeverEndedReason reason = NeverEndedReason::Init;

    bool operator==(const NeverEnded &) const = default;
};

/// Invalid, with both as subject: `pid 1, init`. Threads: pure function.
[[nodiscard]] Error errorFrom(const NeverEnded &process);

/// The inverse; nothing for any other error. Threads: pure function.
[[nodiscard]] std::optional<NeverEnded> neverEndedFrom(const Error &error);

} // namespace Quay
