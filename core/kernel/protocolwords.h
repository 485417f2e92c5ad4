// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/kernel/socketrecord.h"

#include <array>

namespace Quay {

/// The words for a Protocol in files, in JSON and among options. They are never changed, only added to.
inline constexpr std::array ProtocolWords{
    Word{.word = "tcp", .value = Protocol::Tcp},
    Word{.word = "udp", .value = Protocol::Udp},
};

} // namespace Quay
