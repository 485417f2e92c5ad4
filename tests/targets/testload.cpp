// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A machine's worth of processes for benchmarks and stress tests to look at. See Options for what it makes.
//
// Says `READY` when everything is there, and ends with all of it when its standard input is closed.
#include "tests/targets/lifeline.h"
#include "tests/targets/serversocket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

struct Options
{
    int processes = 0; ///< that sleep
    int descriptors = 20; ///< open in each of them
    int listeners = 0; ///< TCP, IPv4 and IPv6 in turn, on loopback
    int holders = 50; ///< among how many of the processes the listeners are spread
    int udpSockets = 0;
    int cgroups = 0; ///< among how many cgroups the processes are spread
    std::string cgroupRoot; ///< the directory to make these in
    int active = 0; ///< processes that wake once a second for 50 us
    int forksPerSecond = 0; ///< processes that come and go at once
    milliseconds togglePeriod{}; ///< how often a listener appears; half of the time it is gone
};

Options parse(int argc, char **argv)
{
    Options options;
    const std::map<std::string_view, int *> numbers{
        {"--processes", &options.processes}, {"--descriptors", &options.descriptors},
        {"--listeners", &options.listeners}, {"--holders", &options.holders},
        {"--udp", &options.udpSockets},      {"--cgroups", &options.cgroups},
        {"--active", &options.active},       {"--forks-per-second", &options.forksPerSecond},
    };
    for (int index = 1; index + 1 < argc; index += 2) {
        const std::string_view word = argv[index];
        if (const auto number = numbers.find(word); number != numbers.end()) {
            *number->second = std::atoi(argv[index + 1]);
        } else if (word == "--toggle-ms") {
            options.togglePeriod = milliseconds(std::atoi(argv[index + 1]));
        } else if (word == "--cgroup-root") {
            options.cgroupRoot = argv[index + 1];
        } else {
            errno = EINVAL;
            die(argv[index]);
        }
    }
    return options;
}

/// What a process of a desktop has open: mostly files and devices, some pipes, sockets and event descriptors.
void openDescriptors(int count)
{
    std::array<int, 2> pair{};
    for (int opened = 3; opened < count; ++opened) {
        bool isOpen = true;
        switch (opened % 10) {
        case 3:
            isOpen = ::pipe(pair.data()) == 0;
            ++opened;
            break;
        case 5:
            isOpen = ::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()) == 0;
            ++opened;
            break;
        case 7:
            isOpen = ::eventfd(0, 0) >= 0;
            break;
        case 8:
            isOpen = ::epoll_create1(0) >= 0;
            break;
        default:
            isOpen = ::open(opened % 2 == 0 ? "/proc/self/exe" : "/dev/null", O_RDONLY) >= 0;
        }
        if (!isOpen) {
            die("descriptor");
        }
    }
}

/// The part of @p total that falls to number @p index of @p count.
int shareOf(int total, int index, int count)
{
    return (total * (index + 1) / count) - (total * index / count);
}

void joinCgroup(const Options &options, int index)
{
    const std::string directory = options.cgroupRoot + "/group" + std::to_string(index % options.cgroups);
    std::ofstream procs(directory + "/cgroup.procs");
    procs << "0" << std::flush;
    if (!procs) {
        die(directory);
    }
}

[[noreturn]] void beIdle(const Options &options, int index, int readyPipe)
{
    if (options.cgroups > 0) {
        joinCgroup(options, index);
    }
    openDescriptors(options.descriptors);
    // Holders lie evenly among the processes, so that nobody finds them by looking at one end first.
    const int stride = std::max(1, options.processes / std::max(1, options.holders));
    if (index % stride == 0 && index / stride < options.holders) {
        const int holder = index / stride;
        for (int made = 0; made < shareOf(options.listeners, holder, options.holders); ++made) {
            static_cast<void>(openServerSocket({.address = made % 2 == 0 ? "127.0.0.1" : "::1"}));
        }
        for (int made = 0; made < shareOf(options.udpSockets, holder, options.holders); ++made) {
            static_cast<void>(openServerSocket({.isUdp = true}));
        }
    }
    if (::write(readyPipe, "r", 1) != 1) {
        die("ready");
    }
    ::close(readyPipe);
    holdUntilLifelineCloses();
}

void startIdle(const Options &options)
{
    for (int group = 0; group < options.cgroups; ++group) {
        ::mkdir((options.cgroupRoot + "/group" + std::to_string(group)).c_str(), 0755);
    }
    std::array<int, 2> ready{};
    if (::pipe(ready.data()) != 0) {
        die("pipe");
    }
    for (int index = 0; index < options.processes; ++index) {
        const pid_t child = forkWithParent();
        if (child < 0) {
            die("fork");
        }
        if (child == 0) {
            ::close(ready[0]);
            beIdle(options, index, ready[1]);
        }
        char byte = 0;
        // One after the other: hundreds that start at once say little about a machine at rest.
        if (::read(ready[0], &byte, 1) != 1) {
            die("child");
        }
    }
    ::close(ready[0]);
    ::close(ready[1]);
}

/// Sleeps, or ends the process when the lifeline closes meanwhile.
void sleepFor(milliseconds duration)
{
    pollfd lifeline{.fd = STDIN_FILENO, .events = 0, .revents = 0};
    if (::poll(&lifeline, 1, static_cast<int>(duration.count())) > 0) {
        ::_exit(0);
    }
}

[[noreturn]] void beActive(const Options &options, int index)
{
    openDescriptors(options.descriptors);
    sleepFor(milliseconds(1000 * index / options.active));
    for (;;) {
        const auto end = SteadyClock::now() + microseconds(50);
        while (SteadyClock::now() < end) { }
        sleepFor(milliseconds(1000));
    }
}

[[noreturn]] void forkForEver(int perSecond)
{
    for (;;) {
        const pid_t child = forkWithParent();
        if (child == 0) {
            ::execl("/bin/true", "true", nullptr);
            ::_exit(1);
        }
        ::waitpid(child, nullptr, 0);
        sleepFor(milliseconds(1000 / perSecond));
    }
}

[[noreturn]] void toggleListener(milliseconds period)
{
    for (;;) {
        const int socket = openServerSocket({});
        sleepFor(period / 2);
        ::close(socket);
        sleepFor(period / 2);
    }
}

void startChurn(const Options &options)
{
    for (int index = 0; index < options.active; ++index) {
        if (forkWithParent() == 0) {
            beActive(options, index);
        }
    }
    if (options.forksPerSecond > 0 && forkWithParent() == 0) {
        forkForEver(options.forksPerSecond);
    }
    if (options.togglePeriod > milliseconds{} && forkWithParent() == 0) {
        toggleListener(options.togglePeriod);
    }
}

} // namespace

} // namespace Quay::Test

int main(int argc, char **argv)
{
    using namespace Quay::Test;

    const Options options = parse(argc, argv);
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    startIdle(options);
    startChurn(options);
    say("READY");
    holdUntilLifelineCloses();
}
