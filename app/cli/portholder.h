// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/socketrecord.h"

#include <cstdint>
#include <string>

namespace Quay {

struct CommandContext;

/// `node 4711`, or whose it is where the process is hidden; what remains of it when nobody listens. Empty: unknown.
[[nodiscard]] std::string portHolder(CommandContext &context, std::uint16_t port, Protocol protocol);

} // namespace Quay
