// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/inotify.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/inotify.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::uint32_t Interesting =
    IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVED_FROM | IN_MOVED_TO | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK;
constexpr std::size_t ReadBytes = std::size_t{64} << 10U;

FileEvent eventFrom(const inotify_event &head, std::string_view name)
{
    const auto has = [&head](std::uint32_t mask) { return (head.mask & mask) != 0; };
    return {.watch = head.wd,
            .name = std::string(name.substr(0, name.find('\0'))),
            .isDirectory = has(IN_ISDIR),
            .hasAppeared = has(IN_CREATE | IN_MOVED_TO),
            .hasGone = has(IN_DELETE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF),
            .wasWritten = has(IN_CLOSE_WRITE | IN_MODIFY),
            .hasEnded = has(IN_IGNORED | IN_UNMOUNT),
            .hasOverflowed = has(IN_Q_OVERFLOW)};
}

} // namespace

Result<std::vector<FileEvent>> parseFileEvents(std::span<const std::byte> bytes)
{
    std::vector<FileEvent> events;
    std::size_t at = 0;
    while (at < bytes.size()) {
        inotify_event head{};
        const auto rest = bytes.subspan(at);
        if (rest.size() < sizeof head) {
            return fail(ErrorCode::Malformed, "byte " + std::to_string(at));
        }
        std::memcpy(&head, rest.data(), sizeof head);
        if (head.len > rest.size() - sizeof head) {
            return fail(ErrorCode::Malformed, "byte " + std::to_string(at));
        }
        const auto name = rest.subspan(sizeof head, head.len);
        events.push_back(eventFrom(head, {reinterpret_cast<const char *>(name.data()), name.size()}));
        at += sizeof head + head.len;
    }
    return events;
}

Inotify::Inotify(UniqueFd fd) noexcept
    : m_fd(std::move(fd))
{
}

Result<Inotify> Inotify::open()
{
    UniqueFd fd(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    if (!fd) {
        return failErrno(errno, "inotify");
    }
    return Inotify(std::move(fd));
}

Result<int> Inotify::watchDirectory(const std::string &path, WriteNotice notice)
{
    const std::uint32_t written = notice == WriteNotice::AtOnce ? IN_MODIFY : IN_CLOSE_WRITE;
    const int watch = ::inotify_add_watch(m_fd.get(), path.c_str(), Interesting | written);
    if (watch < 0) {
        return failErrno(errno, path);
    }
    return watch;
}

void Inotify::forget(int watch) noexcept
{
    ::inotify_rm_watch(m_fd.get(), watch);
}

Result<std::vector<FileEvent>> Inotify::take()
{
    std::vector<FileEvent> events;
    alignas(inotify_event) std::array<std::byte, ReadBytes> buffer; // not zeroed: the kernel fills what is read
    for (;;) {
        const ssize_t count = ::read(m_fd.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0 && errno != EAGAIN) {
            return failErrno(errno, "inotify");
        }
        if (count <= 0) {
            return events;
        }
        auto taken = parseFileEvents(std::span(buffer).first(static_cast<std::size_t>(count)));
        if (!taken) {
            return std::unexpected(std::move(taken).error());
        }
        events.insert(events.end(), std::make_move_iterator(taken->begin()), std::make_move_iterator(taken->end()));
    }
}

} // namespace Quay
