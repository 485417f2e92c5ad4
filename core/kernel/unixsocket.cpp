// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/unixsocket.h"

#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr int WaitingConnections = 16;
constexpr mode_t SocketMode = 0600;

struct NamedSocket
{
    UniqueFd socket;
    UniqueFd directory; ///< The name leads through it.
    sockaddr_un name{};
};

Result<NamedSocket> makeSocket(const std::string &path, SocketKind kind)
{
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) {
        return fail(ErrorCode::Invalid, path);
    }
    NamedSocket made;
    made.directory = UniqueFd(::open(path.substr(0, slash + 1).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!made.directory) {
        return failErrno(errno, path);
    }
    const std::string name = "/proc/self/fd/" + std::to_string(made.directory.get()) + path.substr(slash);
    if (name.size() >= sizeof made.name.sun_path) {
        return failErrno(ENAMETOOLONG, path);
    }
    made.name.sun_family = AF_UNIX;
    std::memcpy(made.name.sun_path, name.c_str(), name.size() + 1);
    const int type = kind == SocketKind::Stream ? SOCK_STREAM : SOCK_SEQPACKET;
    made.socket = UniqueFd(::socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!made.socket) {
        return failErrno(errno, path);
    }
    return made;
}

const sockaddr *addressOf(const NamedSocket &made)
{
    return reinterpret_cast<const sockaddr *>(&made.name);
}

} // namespace

Result<UniqueFd> listenAt(const std::string &path, SocketKind kind)
{
    auto made = makeSocket(path, kind);
    if (!made) {
        return std::unexpected(std::move(made).error());
    }
    ::unlink(path.c_str());
    // Nobody can connect before listen(), so the mode is right from the first connection on.
    if (::bind(made->socket.get(), addressOf(*made), sizeof made->name) != 0 || ::chmod(path.c_str(), SocketMode) != 0
        || ::listen(made->socket.get(), WaitingConnections) != 0) {
        return failErrno(errno, path);
    }
    return std::move(made->socket);
}

Result<UniqueFd> connectTo(const std::string &path, SocketKind kind)
{
    auto made = makeSocket(path, kind);
    if (!made) {
        return std::unexpected(std::move(made).error());
    }
    if (::connect(made->socket.get(), addressOf(*made), sizeof made->name) != 0) {
        return failErrno(errno, path);
    }
    return std::move(made->socket);
}

Result<UniqueFd> acceptFrom(int listener)
{
    UniqueFd socket(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket) {
        return failErrno(errno, "accept");
    }
    return socket;
}

Result<SocketPeer> peerOf(int socket)
{
    ucred credentials{};
    socklen_t length = sizeof credentials;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) {
        return failErrno(errno, "SO_PEERCRED");
    }
    return SocketPeer{.pid = credentials.pid, .uid = credentials.uid};
}

} // namespace Quay
