// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/servicemanagers.h"

#include <chrono>
#include <cstddef>
#include <string>

namespace Quay {

/// A question to a web server.
struct HttpQuestion
{
    bool isPost = false; ///< Else GET. There is nothing in it but its path.
    std::string path; ///< `/containers/json?all=0`, nothing to be escaped in it.
    std::chrono::milliseconds limit{10'000};
};

/// What it answers.
struct HttpReply
{
    long status = 0;
    std::string body;
};

/**
 * Asks a web server behind a Unix socket.
 *
 * Source:  libcurl with CURLOPT_UNIX_SOCKET_PATH.
 * Errors:  Unsupported: nobody listens there. Denied: it is not for us. Malformed: what answers is no web server.
 *          Io with EFBIG: an answer of more than MostReplyBytes. Io with ETIMEDOUT and ECANCELED as ServiceManagers.
 *          The subject is @p socket.
 * Threads: any; blocks.
 */
[[nodiscard]] Result<HttpReply> askSocket(const std::string &socket, const HttpQuestion &question,
                                          const GoesOn &goesOn);

/// Hundreds of containers have that much to say.
inline constexpr std::size_t MostReplyBytes = std::size_t{8} << 20U;

} // namespace Quay
