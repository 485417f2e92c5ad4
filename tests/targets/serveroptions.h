// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/targets/misbehaviour.h"
#include "tests/targets/serversocket.h"

#include <cstddef>
#include <optional>
#include <string>

#include <sys/types.h>

namespace Quay::Test {

enum class ServerMode
{
    Listen, ///< One process, one socket.
    Prefork, ///< Workers that share the socket of their parent, which keeps it.
    ReusePort, ///< Workers with a socket of their own each, on the same port; the parent has one too.
    HandOver, ///< The socket goes to another process through SCM_RIGHTS; the maker closes its own.
    Inherit, ///< A child inherits the socket; the parent closes its own.
    PassOn, ///< A child inherits the socket in another cgroup, as another user; the parent keeps it, as systemd does.
    Exec, ///< Another program takes the place of the process; the socket stays.
    LateListen, ///< Bound, then forked, then the child listens; both hold it.
    Daemon, ///< Forked twice, in a session of its own; nothing of the process that was started remains.
    Hold, ///< Holds what it was given on execution.
    Actor, ///< See actor.h.
    Misbehave, ///< See misbehaviour.h; the word on the command line is how: `deaf`, `stopped` ...
    Revive, ///< A parent that starts its server anew on the same port whenever it ends. It is said for each of them.
};

/// What the command line of testserver asks for.
struct ServerOptions
{
    ServerMode mode = ServerMode::Listen;
    Misbehaviour misbehaviour = Misbehaviour::Deaf;
    SocketOptions socket;
    bool accepts = true; ///< False: connections wait in the accept queue.
    unsigned workers = 3;
    std::optional<uid_t> uid; ///< Becomes this user before it opens the socket.
    bool isDumpable = true; ///< False: stays as undumpable as becoming another user leaves a process.
    bool deletesExecutable = false;
    bool deletesDirectory = false;
    bool isBusy = false; ///< A thread of it computes all the time.
    std::size_t megabytes = 0; ///< Memory that it has written to, besides what it needs.
    std::string title; ///< Shown in place of name and command line, as servers do that write their own title.
    std::string firstWords; ///< A line to say first in mode Hold.
    std::string cgroup; ///< A cgroup directory to move to first.
    std::string heirCgroup; ///< Where the heir of mode PassOn moves to,
    std::optional<uid_t> heirUid; ///< and the user that it becomes.
};

/// Ends the program with a message when an option is unknown.
[[nodiscard]] ServerOptions parseServerOptions(int argc, char **argv);

} // namespace Quay::Test
