// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded before a program's libraries (LD_PRELOAD): for it the clock of the day is late or early by as many seconds as
// the file QUAY_CLOCK_OFFSET says at that moment.
#include <cstdlib>
#include <ctime>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

long offsetSeconds()
{
    const char *const path = std::getenv("QUAY_CLOCK_OFFSET");
    const int fd = path != nullptr ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) {
        return 0;
    }
    char text[32] = {};
    const ssize_t count = ::read(fd, text, sizeof text - 1);
    ::close(fd);
    return count > 0 ? std::strtol(text, nullptr, 10) : 0;
}

} // namespace

extern "C" __attribute__((visibility("default"))) int clock_gettime(clockid_t id, timespec *time) noexcept
{
    const long result = ::syscall(SYS_clock_gettime, id, time);
    if (result == 0 && id == CLOCK_REALTIME) {
        time->tv_sec += offsetSeconds();
    }
    return static_cast<int>(result);
}
