// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"

#include <cstdint>
#include <optional>

#include <sys/types.h>

namespace Quay {

// What is shown of a listener that several processes may hold, in raw values: the same in a list and in its details.
// Threads: pure functions, callable from any thread.

/// The oldest owner, null when there is none.
[[nodiscard]] const Owner *firstOwner(const Listener &listener);
/// The project of the first owner that has one, else null.
[[nodiscard]] ProjectPtr projectOf(const Listener &listener);
/// The kind of the first owner that has one, else null.
[[nodiscard]] const ServerKind *kindOf(const Listener &listener);
/// The user of the first owner; of the socket where the owners are not known.
[[nodiscard]] uid_t uidOf(const Listener &listener);
/// Whether the owners' directories may not be read, or do not answer, so that nobody knows to which project they
/// belong.
[[nodiscard]] bool isProjectUnknown(const Listener &listener);
/// Of all owners together, of one core; unknown when it is so for each of them.
[[nodiscard]] std::optional<double> cpuShareOf(const Listener &listener);
/// Resident memory of all owners together, in bytes.
[[nodiscard]] std::optional<std::uint64_t> memoryOf(const Listener &listener);

} // namespace Quay
