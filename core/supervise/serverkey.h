// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace Quay {

/// Which server: there is one of that name in a project.
struct ServerIdentity
{
    std::string project; ///< Its directory, absolute; empty for the user's own servers, which are in no project.
    std::string name;

    bool operator==(const ServerIdentity &) const = default;
};

/**
 * The name of a server's directories: readable, safe as the name of a file, at most 57 bytes long, and another one for
 * every other server (a hash of project and name ends it).
 *
 * Threads: pure function.
 */
[[nodiscard]] std::string serverKey(const ServerIdentity &server);

/// What is written beside it, so that a listing need not guess. One line, with a line break.
[[nodiscard]] std::string identityText(const ServerIdentity &server);

} // namespace Quay
