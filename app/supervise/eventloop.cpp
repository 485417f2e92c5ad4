// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/eventloop.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>

#include <sys/epoll.h>

namespace Quay {

namespace {

constexpr std::size_t EventsPerCall = 32;
constexpr std::chrono::milliseconds MostWait = std::chrono::hours(1);

void change(int epoll, int fd, std::uint32_t events)
{
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    ::epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event);
}

} // namespace

EventLoop::EventLoop(UniqueFd fd) noexcept
    : m_fd(std::move(fd))
{
}

Result<EventLoop> EventLoop::open()
{
    UniqueFd fd(::epoll_create1(EPOLL_CLOEXEC));
    if (!fd) {
        return failErrno(errno, "epoll");
    }
    return EventLoop(std::move(fd));
}

Result<> EventLoop::watch(int fd, std::function<void()> readable)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    if (::epoll_ctl(m_fd.get(), EPOLL_CTL_ADD, fd, &event) != 0) {
        return failErrno(errno, "epoll");
    }
    m_watchers.insert_or_assign(fd, std::move(readable));
    return {};
}

void EventLoop::forget(int fd)
{
    if (m_watchers.erase(fd) > 0) {
        ::epoll_ctl(m_fd.get(), EPOLL_CTL_DEL, fd, nullptr);
    }
}

void EventLoop::pause(int fd)
{
    if (m_watchers.contains(fd)) {
        change(m_fd.get(), fd, EPOLLET); // that its other end was closed is told without being asked for: once
    }
}

void EventLoop::resume(int fd)
{
    if (m_watchers.contains(fd)) {
        change(m_fd.get(), fd, EPOLLIN);
    }
}

void EventLoop::wait(std::optional<std::chrono::nanoseconds> timeout)
{
    int milliseconds = -1;
    if (timeout) {
        const auto bounded =
            std::clamp(std::chrono::ceil<std::chrono::milliseconds>(*timeout), std::chrono::milliseconds(0), MostWait);
        milliseconds = static_cast<int>(bounded.count());
    }
    std::array<epoll_event, EventsPerCall> events{};
    const int count = ::epoll_wait(m_fd.get(), events.data(), static_cast<int>(events.size()), milliseconds);
    for (const auto &event : std::span(events).first(static_cast<std::size_t>(std::max(count, 0)))) {
        // Looked up each time: who was called before may have forgotten it.
        const auto watcher = m_watchers.find(event.data.fd);
        if (watcher != m_watchers.end()) {
            const auto readable = watcher->second;
            readable();
        }
    }
}

} // namespace Quay
