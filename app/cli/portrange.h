// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <cstdint>
#include <string>
#include <string_view>

namespace Quay {

/// Ports that somebody asked for.
struct PortRange
{
    std::uint16_t first = 0;
    std::uint16_t last = 0;

    [[nodiscard]] bool contains(std::uint16_t port) const { return first <= port && port <= last; }
    bool operator==(const PortRange &) const = default;
};

/// `3000`. Errors: Invalid, with the word as subject, for anything but 1 to 65535 in plain digits.
[[nodiscard]] Result<std::uint16_t> portFromText(std::string_view word);

/// `3000` or `3000-3010`, with a colon before it or not. Errors: Invalid, with the word as subject.
[[nodiscard]] Result<PortRange> portRangeFromText(std::string_view word);

/// `3000` or `3000-3010`
[[nodiscard]] QString portRangeText(PortRange range);

} // namespace Quay
