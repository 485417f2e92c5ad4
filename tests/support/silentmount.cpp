// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/silentmount.h"

#include "tests/support/ownmounts.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <linux/fuse.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

constexpr std::size_t LargestRequest = 65536;
constexpr std::uint64_t RootNode = 1;

template<typename Body>
std::span<const std::byte> bytesOf(const Body &body)
{
    return std::as_bytes(std::span(&body, 1));
}

void send(int device, std::uint64_t request, int error, std::span<const std::byte> body)
{
    fuse_out_header header{
        .len = static_cast<std::uint32_t>(sizeof(fuse_out_header) + body.size()), .error = -error, .unique = request};
    std::array<iovec, 2> parts{iovec{.iov_base = &header, .iov_len = sizeof header},
                               iovec{.iov_base = const_cast<std::byte *>(body.data()), .iov_len = body.size()}};
    static_cast<void>(::writev(device, parts.data(), parts.size()));
}

/// A file system of one empty directory, of which nothing may be remembered.
void answerRequest(int device, const fuse_in_header &request)
{
    switch (request.opcode) {
    case FUSE_INIT: {
        fuse_init_out init{};
        init.major = FUSE_KERNEL_VERSION;
        init.minor = FUSE_KERNEL_MINOR_VERSION;
        init.max_write = 4096;
        send(device, request.unique, 0, bytesOf(init));
        return;
    }
    case FUSE_GETATTR: {
        fuse_attr_out attributes{};
        attributes.attr.ino = RootNode;
        attributes.attr.mode = S_IFDIR | 0755;
        attributes.attr.nlink = 2;
        send(device, request.unique, 0, bytesOf(attributes));
        return;
    }
    case FUSE_LOOKUP:
        send(device, request.unique, ENOENT, {});
        return;
    case FUSE_FORGET:
    case FUSE_BATCH_FORGET:
    case FUSE_INTERRUPT:
        return; // these want none
    default:
        send(device, request.unique, ENOSYS, {});
        return;
    }
}

} // namespace

SilentMount::SilentMount(std::string directory)
    : m_directory(std::move(directory))
    , m_device(::open("/dev/fuse", O_RDWR | O_CLOEXEC))
    , m_end(::eventfd(0, EFD_CLOEXEC))
{
    const std::string options =
        "fd=" + std::to_string(m_device.get()) + ",rootmode=40000,user_id=0,group_id=0,allow_other";
    m_isMounted = m_device && haveOwnMounts(m_directory)
        && ::mount("silent", m_directory.c_str(), "fuse", MS_NODEV | MS_NOSUID, options.c_str()) == 0;
    if (m_isMounted) {
        m_thread = std::jthread([this] { answer(); });
    }
}

SilentMount::~SilentMount()
{
    fallSilent();
    m_device.reset();
    if (m_isMounted) {
        ::umount2(m_directory.c_str(), MNT_DETACH);
    }
}

void SilentMount::fallSilent()
{
    if (m_thread.joinable()) {
        ::eventfd_write(m_end.get(), 1);
        m_thread.join();
    }
}

void SilentMount::answer() const
{
    alignas(fuse_in_header) std::array<std::byte, LargestRequest> request{};
    for (;;) {
        std::array<pollfd, 2> awaited{pollfd{.fd = m_end.get(), .events = POLLIN, .revents = 0},
                                      pollfd{.fd = m_device.get(), .events = POLLIN, .revents = 0}};
        if (::poll(awaited.data(), awaited.size(), -1) < 0 || awaited.front().revents != 0) {
            return;
        }
        if (::read(m_device.get(), request.data(), request.size()) >= static_cast<ssize_t>(sizeof(fuse_in_header))) {
            fuse_in_header header{};
            std::memcpy(&header, request.data(), sizeof header);
            answerRequest(m_device.get(), header);
        }
    }
}

} // namespace Quay::Test
