// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace Quay {

/// What `quay wait` is to wait for.
struct WaitTarget
{
    enum class Kind
    {
        Listen, ///< `3000`: somebody listens on the TCP port of this machine.
        Free, ///< `free:3000`: the TCP port can be bound.
        Tcp, ///< `tcp:HOST:PORT`: accepts a connection.
        Server, ///< `server:NAME`: a managed server is ready.
        Http, ///< `http://...`, `https://...`: answers with a status below 400.
    };
    Kind kind = Kind::Listen;
    std::string word; ///< As it was typed.
    std::string host; ///< For Tcp and Http, without brackets; for Server its name.
    std::uint16_t port = 0; ///< 0 for Server.

    bool operator==(const WaitTarget &) const = default;
};

/// Errors: Invalid, with the word as subject.
[[nodiscard]] Result<WaitTarget> waitTargetFromText(std::string_view word);

} // namespace Quay
