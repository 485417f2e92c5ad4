// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/outputpump.h"

#include "app/supervise/eventloop.h"
#include "app/supervise/linebatch.h"
#include "app/supervise/logfile.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/supervise/criline.h"

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::size_t BufferBytes = std::size_t{128} << 10U;
constexpr std::size_t MostDrainedBytes = std::size_t{4} << 20U; // more than both outputs hold at once
constexpr std::chrono::milliseconds InQuickSuccession{1};

} // namespace

OutputPump::OutputPump(EventLoop &loop, LogFile log, const Clock &clock)
    : m_loop(loop)
    , m_log(std::move(log))
    , m_clock(clock)
    , m_buffer(BufferBytes)
{
}

OutputPump::~OutputPump()
{
    for (const auto &source : m_sources) {
        m_loop.forget(source.fd.get());
    }
}

Result<> OutputPump::open(OutputStream stream, UniqueFd fd, std::function<void()> firstOutput)
{
    Source &source = m_sources[static_cast<std::size_t>(stream)];
    source = {.fd = std::move(fd), .firstOutput = std::move(firstOutput), .readAt = {}, .resumesAt = {}};
    return m_loop.watch(source.fd.get(), [this, stream] { readable(stream); });
}

void OutputPump::readable(OutputStream stream)
{
    Source &source = m_sources[static_cast<std::size_t>(stream)];
    const auto now = m_clock.monotonic();
    if (read(stream) > 0 && now - source.readAt < InQuickSuccession) {
        source.resumesAt = now + Pause;
        m_loop.pause(source.fd.get());
    }
    source.readAt = now;
}

std::size_t OutputPump::read(OutputStream stream)
{
    Source &source = m_sources[static_cast<std::size_t>(stream)];
    if (!source.fd) {
        return 0;
    }
    const ssize_t count = ::read(source.fd.get(), m_buffer.data(), m_buffer.size());
    if (count <= 0) {
        // Of a terminal whose other end nobody has open: EIO.
        if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
            end(stream);
        }
        return 0;
    }
    const auto size = static_cast<std::size_t>(count);
    const auto realTime = m_clock.realTime();
    if (realTime < std::exchange(m_lastTime, realTime) && m_clockSetBack) {
        m_clockSetBack({.realTime = realTime, .sinceBoot = m_clock.sinceBoot()});
    }
    m_batch.add(stream, {.realTime = realTime, .monotonic = m_clock.monotonic()},
                std::string_view(m_buffer.data(), size));
    if (source.firstOutput) {
        std::exchange(source.firstOutput, nullptr)();
    }
    return size;
}

void OutputPump::end(OutputStream stream)
{
    Source &source = m_sources[static_cast<std::size_t>(stream)];
    m_batch.end(stream);
    m_loop.forget(source.fd.get());
    source.fd.reset();
    source.resumesAt.reset();
}

void OutputPump::drain()
{
    for (const auto stream : {OutputStream::Output, OutputStream::Error}) {
        std::size_t drained = 0;
        for (std::size_t count = 1; count > 0 && drained < MostDrainedBytes; drained += count) {
            count = read(stream);
            write();
        }
    }
}

void OutputPump::close()
{
    drain();
    for (const auto stream : {OutputStream::Output, OutputStream::Error}) {
        if (m_sources[static_cast<std::size_t>(stream)].fd) {
            end(stream);
        }
    }
    m_log.retry();
    write();
}

void OutputPump::write()
{
    m_log.write(m_batch.text(), m_batch.isBetweenLines());
    m_batch.clear();
}

void OutputPump::work()
{
    const auto now = m_clock.monotonic();
    for (auto &source : m_sources) {
        if (source.resumesAt && *source.resumesAt <= now) {
            source.resumesAt.reset();
            m_loop.resume(source.fd.get());
        }
    }
    m_batch.flush(now - PatienceWithLine);
    write();
    if (!m_log.sysErrno()) {
        m_retriesAt.reset();
    } else if (!m_retriesAt) {
        m_retriesAt = now + RetryInterval;
    } else if (*m_retriesAt <= now) {
        m_retriesAt = now + RetryInterval;
        m_log.retry();
    }
}

std::optional<std::chrono::nanoseconds> OutputPump::nextWork() const
{
    std::optional<std::chrono::nanoseconds> next;
    const auto consider = [&next](std::optional<std::chrono::nanoseconds> time) {
        if (time && (!next || *time < *next)) {
            next = time;
        }
    };
    for (const auto &source : m_sources) {
        consider(source.resumesAt);
    }
    if (const auto since = m_batch.waitingSince()) {
        consider(*since + PatienceWithLine);
    }
    consider(m_retriesAt);
    return next;
}

} // namespace Quay
