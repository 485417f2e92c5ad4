// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A server as a supervisor meets them: it writes much, forks much, or tells how it is.
//
//   noisyserver flood LINES BYTES [PER-SECOND]   numbered lines to both outputs, in turn, each by a write() of its own
//   noisyserver forks COUNT                      COUNT generations, each forks the next into a session of its own
//   noisyserver notify TEXT...                   sends each TEXT to NOTIFY_SOCKET, then waits for SIGTERM
//   noisyserver descriptors                      opens files until it has no descriptor left, says so, and waits
//
// What it took is its last line on standard error after a flood: `took NANOSECONDS`.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void waitForEnd()
{
    for (;;) {
        ::pause();
    }
}

void writeAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count < 0) {
            ::_exit(1);
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

/// `out 17 xxx...`, with its line break.
std::string lineOf(const char *word, long number, std::size_t bytes)
{
    std::string line = std::string(word) + ' ' + std::to_string(number) + ' ';
    line.resize(std::max(bytes, line.size() + 1), 'x');
    line.back() = '\n';
    return line;
}

int flood(long lines, std::size_t bytes, long perSecond)
{
    const auto begin = Clock::now();
    for (long number = 0; number < lines; ++number) {
        const bool isOutput = number % 2 == 0;
        writeAll(isOutput ? STDOUT_FILENO : STDERR_FILENO, lineOf(isOutput ? "out" : "err", number / 2, bytes));
        constexpr long Together = 200;
        if (perSecond > 0 && number % Together == 0) {
            const auto due = begin + std::chrono::nanoseconds(std::chrono::seconds(1)) * number / perSecond;
            while (Clock::now() < due) { // it computes between its lines, as servers do
            }
        }
    }
    const std::chrono::nanoseconds took = Clock::now() - begin;
    writeAll(STDERR_FILENO, "took " + std::to_string(took.count()) + '\n');
    return EXIT_SUCCESS;
}

/// Each generation ends as soon as it has forked the next.
int relay(long count)
{
    for (long generation = 0; generation < count; ++generation) {
        const pid_t child = ::fork();
        if (child != 0) {
            ::_exit(child < 0 ? 1 : 0);
        }
        ::setsid();
    }
    writeAll(STDOUT_FILENO, "last generation\n");
    waitForEnd();
}

void notify(const std::vector<std::string> &texts)
{
    const char *const path = std::getenv("NOTIFY_SOCKET");
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (path == nullptr || fd < 0) {
        ::_exit(1);
    }
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string_view name(path);
    name.copy(address.sun_path, sizeof address.sun_path);
    if (name.starts_with('@')) {
        address.sun_path[0] = '\0';
    }
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    for (const auto &text : texts) {
        if (::sendto(fd, text.data(), text.size(), 0, reinterpret_cast<const sockaddr *>(&address), length) < 0) {
            ::_exit(1);
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() >= 3 && words[0] == "flood") {
        return flood(std::atol(words[1].c_str()), static_cast<std::size_t>(std::atol(words[2].c_str())),
                     words.size() > 3 ? std::atol(words[3].c_str()) : 0);
    }
    if (words.size() == 2 && words[0] == "forks") {
        return relay(std::atol(words[1].c_str()));
    }
    if (!words.empty() && words[0] == "notify") {
        notify({words.begin() + 1, words.end()});
        waitForEnd();
    }
    if (words == std::vector<std::string>{"descriptors"}) {
        while (::open("/dev/null", O_RDONLY | O_CLOEXEC) >= 0) { }
        writeAll(STDOUT_FILENO, "no descriptor left\n");
        waitForEnd();
    }
    return EXIT_FAILURE;
}
