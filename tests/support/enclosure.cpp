// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/enclosure.h"

#include "core/base/uniquefd.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

std::vector<std::string> enclosing(const CgroupScope &cgroup, const std::vector<std::string> &command)
{
    std::vector<std::string> arguments{QUAY_ENCLOSE, cgroup.directory().string()};
    std::ranges::copy(command, std::back_inserter(arguments));
    return arguments;
}

} // namespace

Result<> leaveNetwork()
{
    if (::unshare(CLONE_NEWNET) != 0) {
        return fail(ErrorCode::Unsupported, "the right to a network of its own");
    }
    const UniqueFd any(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq loopback{};
    std::string_view("lo").copy(loopback.ifr_name, IFNAMSIZ - 1);
    loopback.ifr_flags = IFF_UP;
    return ::ioctl(any.get(), SIOCSIFFLAGS, &loopback) == 0 ? Result<>() : fail(ErrorCode::Unsupported, "a loopback");
}

Enclosure::Enclosure(CgroupScope cgroup, ChildProcess program)
    : m_cgroup(std::move(cgroup))
    , m_program(std::move(program))
{
}

Result<Enclosure> Enclosure::start(const std::vector<std::string> &command)
{
    if (::geteuid() != 0) {
        return fail(ErrorCode::Unsupported, "the rights of root");
    }
    auto cgroup = CgroupScope::make("enclosure");
    if (!cgroup) {
        return fail(ErrorCode::Unsupported, "a cgroup of its own");
    }
    const auto tried = runSilently(enclosing(*cgroup, {"true"}));
    if (!tried || tried->waitStatus != 0) {
        return fail(ErrorCode::Unsupported, "namespaces of its own");
    }
    auto program = ChildProcess::start({.arguments = enclosing(*cgroup, command)});
    if (!program) {
        return std::unexpected(program.error());
    }
    return Enclosure(*std::move(cgroup), *std::move(program));
}

} // namespace Quay::Test
