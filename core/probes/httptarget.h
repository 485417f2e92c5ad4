// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/httprequester.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

/// A web server and what it is asked for.
struct HttpTarget
{
    HttpRequest request;
    std::string host; ///< Without brackets, in ASCII.
    std::uint16_t port = 0;

    bool operator==(const HttpTarget &) const = default;
};

/// Whether it begins as such an address does, whatever follows. Threads: pure function.
[[nodiscard]] bool isHttpUrl(std::string_view url);
/// What `http://...` or `https://...` leads to; nothing for any other text. Threads: pure function.
[[nodiscard]] std::optional<HttpTarget> httpTargetFromUrl(const std::string &url);

} // namespace Quay
