// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

/// A port of a host, which may be a name.
struct Endpoint
{
    std::string host; ///< Without brackets.
    std::uint16_t port = 0;

    bool operator==(const Endpoint &) const = default;
};

/// 1 to 65535 in plain digits. Threads: pure function.
[[nodiscard]] std::optional<std::uint16_t> portNumberFromText(std::string_view text);

/// `HOST:PORT` or `[IPV6]:PORT`; nothing for any other text. Threads: pure function.
[[nodiscard]] std::optional<Endpoint> endpointFromText(std::string_view text);

/// The inverse. Threads: pure function.
[[nodiscard]] std::string endpointWord(const Endpoint &endpoint);

} // namespace Quay
