// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

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
/// The name in @p key, of a server that a file describes: nothing in such a name has to be replaced. Empty when it was
/// cut. Threads: pure function.
[[nodiscard]] std::string_view nameInKey(std::string_view key);

[[nodiscard]] std::string identityText(const ServerIdentity &server);

} // namespace Quay
