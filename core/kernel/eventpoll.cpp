// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/eventpoll.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <sys/epoll.h>

namespace Quay {

namespace {

constexpr std::size_t EventsPerCall = 256;

} // namespace

EventPoll::EventPoll(UniqueFd fd) noexcept
    : m_fd(std::move(fd))
{
}

Result<EventPoll> EventPoll::open()
{
    UniqueFd fd(::epoll_create1(EPOLL_CLOEXEC));
    if (!fd) {
        return failErrno(errno, "epoll");
    }
    return EventPoll(std::move(fd));
}

Result<> EventPoll::add(int fd, std::uint64_t token)
{
    epoll_event event{};
    event.events = EPOLLIN | EPOLLET;
    event.data.u64 = token;
    if (::epoll_ctl(m_fd.get(), EPOLL_CTL_ADD, fd, &event) != 0) {
        return failErrno(errno, "epoll");
    }
    return {};
}

void EventPoll::remove(int fd) noexcept
{
    ::epoll_ctl(m_fd.get(), EPOLL_CTL_DEL, fd, nullptr);
}

std::vector<std::uint64_t> EventPoll::take()
{
    std::vector<std::uint64_t> tokens;
    std::array<epoll_event, EventsPerCall>
        events; // NOLINT(cppcoreguidelines-pro-type-member-init): the kernel fills it
    for (;;) {
        const int count = ::epoll_wait(m_fd.get(), events.data(), static_cast<int>(events.size()), 0);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        for (const auto &event : std::span(events).first(static_cast<std::size_t>(std::max(count, 0)))) {
            tokens.push_back(std::uint64_t{event.data.u64}); // a copy: it is packed, and nothing may refer to it
        }
        if (count < static_cast<int>(events.size())) {
            break;
        }
    }
    std::ranges::sort(tokens);
    const auto twice = std::ranges::unique(tokens);
    tokens.erase(twice.begin(), twice.end());
    return tokens;
}

} // namespace Quay
