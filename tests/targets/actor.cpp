// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/targets/actor.h"

#include "tests/support/endchild.h"
#include "tests/targets/descriptorpassing.h"
#include "tests/targets/lifeline.h"
#include "tests/targets/serversocket.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

struct HeldSocket
{
    int descriptor = -1; ///< -1: only the children have it
    std::vector<pid_t> children;
};

class Actor
{
public:
    [[noreturn]] void run();

private:
    std::string obey(const std::string &line);
    std::string share(std::uint64_t inode, const std::string &own, bool executes);
    std::string close(std::uint64_t inode);
    std::string shift(std::uint64_t inode);
    void closeOwn(std::uint64_t inode);
    [[noreturn]] void beChild(std::uint64_t inode, int readyPipe, bool executes);
    std::string keep(int descriptor);

    Mailbox m_mailbox;
    std::map<std::uint64_t, HeldSocket> m_sockets;
};

void Actor::run()
{
    say("READY pid=" + std::to_string(::getpid()) + " mailbox=" + m_mailbox.name());
    CommandReader commands;
    while (const auto line = commands.next()) {
        say("OK " + obey(*line));
    }
    ::_exit(0);
}

std::string Actor::obey(const std::string &line)
{
    std::istringstream words(line);
    std::string verb;
    words >> verb;
    if (verb == "listen") {
        return keep(openServerSocket({}));
    }
    if (verb == "receive") {
        return keep(m_mailbox.receive());
    }
    std::uint64_t inode = 0;
    words >> inode;
    std::string mailbox;
    if (verb == "send") {
        words >> mailbox;
    }
    std::string own;
    words >> own;
    if (!m_sockets.contains(inode)) {
        errno = EBADF;
        die(line);
    }
    if (verb == "share" || verb == "exec") {
        return share(inode, own, verb == "exec");
    }
    if (verb == "send") {
        sendDescriptor(mailbox, m_sockets[inode].descriptor);
        if (own == "close") {
            closeOwn(inode);
        }
        return {};
    }
    if (verb == "shift") {
        return shift(inode);
    }
    return close(inode);
}

std::string Actor::keep(int descriptor)
{
    const std::uint64_t inode = socketInode(descriptor);
    m_sockets[inode].descriptor = descriptor;
    return std::to_string(inode);
}

std::string Actor::share(std::uint64_t inode, const std::string &own, bool executes)
{
    std::array<int, 2> ready{};
    if (::pipe2(ready.data(), O_CLOEXEC) != 0) {
        die("pipe");
    }
    const pid_t child = forkWithParent();
    if (child < 0) {
        die("fork");
    }
    if (child == 0) {
        beChild(inode, ready[1], executes);
    }
    ::close(ready[1]);
    char byte = 0;
    // The child closes its end, by hand or by executing, when it holds nothing but this one socket.
    while (::read(ready[0], &byte, 1) < 0 && errno == EINTR) { }
    ::close(ready[0]);
    m_sockets[inode].children.push_back(child);
    if (own == "close") {
        closeOwn(inode);
    }
    return std::to_string(child);
}

void Actor::beChild(std::uint64_t inode, int readyPipe, bool executes)
{
    for (const auto &[other, held] : m_sockets) {
        if (other != inode && held.descriptor >= 0) {
            ::close(held.descriptor);
        }
    }
    if (!executes) {
        ::close(readyPipe);
        holdUntilLifelineCloses();
    }
    ::fcntl(m_sockets[inode].descriptor, F_SETFD, 0);
    ::execl("/proc/self/exe", "testserver-held", "hold", nullptr);
    die("exec");
}

std::string Actor::close(std::uint64_t inode)
{
    closeOwn(inode);
    for (const pid_t child : m_sockets[inode].children) {
        endChild(child);
    }
    m_sockets.erase(inode);
    return {};
}

std::string Actor::shift(std::uint64_t inode)
{
    HeldSocket &held = m_sockets[inode];
    const int moved = ::fcntl(held.descriptor, F_DUPFD_CLOEXEC, held.descriptor + 1);
    if (moved < 0) {
        die("dup");
    }
    ::close(held.descriptor);
    held.descriptor = moved;
    return {};
}

void Actor::closeOwn(std::uint64_t inode)
{
    HeldSocket &held = m_sockets[inode];
    if (held.descriptor >= 0) {
        ::close(held.descriptor);
        held.descriptor = -1;
    }
}

} // namespace

void runActor()
{
    Actor().run();
}

} // namespace Quay::Test
