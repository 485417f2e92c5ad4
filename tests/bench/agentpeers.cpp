// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/agentpeers.h"

#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/textcursor.h"
#include "core/base/writefile.h"
#include "core/kernel/pidfd.h"
#include "tests/support/childprocess.h"
#include "tests/support/supervisedrun.h"

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <format>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/wait.h>

namespace Quay::Test {

namespace {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;

/// pm2 with a home of its own. Its daemon, and with it the servers, are ended when it goes.
class Pm2
{
public:
    /// Nothing when it is not there.
    static std::optional<Pm2> find(const std::string &directory)
    {
        const char *const tools = std::getenv("QUAY_BENCH_NODE_TOOLS");
        const std::string program = std::string(tools != nullptr ? tools : "") + "/node_modules/.bin/pm2";
        return tools != nullptr && std::filesystem::exists(program) ? std::optional(Pm2(program, directory + "/pm2"))
                                                                    : std::nullopt;
    }
    Pm2(Pm2 &&other) noexcept
        : m_program(std::exchange(other.m_program, {}))
        , m_home(std::move(other.m_home))
    {
    }
    Pm2(const Pm2 &) = delete;
    Pm2 &operator=(const Pm2 &) = delete;
    Pm2 &operator=(Pm2 &&) = delete;
    ~Pm2()
    {
        if (!m_program.empty()) {
            static_cast<void>(run({"kill"}));
        }
    }

    [[nodiscard]] Result<> run(const std::vector<std::string> &words) const
    {
        std::vector<std::string> arguments{"/usr/bin/env", "PM2_HOME=" + m_home, m_program};
        arguments.insert(arguments.end(), words.begin(), words.end());
        const auto usage = runSilently(std::move(arguments));
        return usage && usage->waitStatus == 0 ? Result<>() : fail(ErrorCode::Invalid, "pm2 " + words.front());
    }
    [[nodiscard]] Result<> start(const Flags &flags) const { return run({"start", flags.directory() + "/pm2.json"}); }
    [[nodiscard]] Result<pid_t> daemon() const
    {
        const auto text = readFile(m_home + "/pm2.pid");
        const auto pid = text ? numberFromText<pid_t>(TextCursor(*text).takeField()) : std::nullopt;
        return pid ? Result<pid_t>(*pid) : fail(ErrorCode::Gone, "pm2's daemon");
    }

private:
    Pm2(std::string program, std::string home)
        : m_program(std::move(program))
        , m_home(std::move(home))
    {
    }

    std::string m_program;
    std::string m_home;
};

Result<> writeEcosystem(const Flags &flags)
{
    std::string apps;
    for (int number = 0; number < ServersAtOnce; ++number) {
        apps += std::format(R"({}{{"name":"s{}","script":"/bin/sh","args":["-c","{}"],"interpreter":"none"}})",
                            number > 0 ? "," : "", number, flags.script(number));
    }
    return replaceFile(flags.directory() + "/pm2.json", "{\"apps\":[" + apps + "]}");
}

bool hasEnded(pid_t child)
{
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
}

} // namespace

Flags::Flags(std::string directory)
    : m_directory(std::move(directory))
{
}

std::string Flags::script(int number) const
{
    return ": >" + pathOf(number) + "; echo up; exec sleep 1000";
}

std::string Flags::pathOf(int number) const
{
    return m_directory + "/flag" + std::to_string(number);
}

bool Flags::waitForAll() const
{
    return waitUntil([this] {
        for (int number = 0; number < ServersAtOnce; ++number) {
            if (!std::filesystem::exists(pathOf(number))) {
                return false;
            }
        }
        return true;
    });
}

void Flags::lower() const
{
    for (int number = 0; number < ServersAtOnce; ++number) {
        std::error_code ignored;
        std::filesystem::remove(pathOf(number), ignored);
    }
}

Result<std::optional<nanoseconds>> startWithPm2(const Flags &flags, bool hasDaemon)
{
    const auto pm2 = Pm2::find(flags.directory());
    if (!pm2) {
        return std::nullopt;
    }
    const auto prepared = writeEcosystem(flags).and_then([&] { return hasDaemon ? pm2->run({"ping"}) : Result<>(); });
    if (!prepared) {
        return std::unexpected(prepared.error());
    }
    const auto begin = steady_clock::now();
    const auto started = pm2->start(flags);
    if (!started || !flags.waitForAll()) {
        return started ? fail(ErrorCode::Invalid, "servers of pm2") : std::unexpected(started.error());
    }
    return steady_clock::now() - begin;
}

Result<std::optional<double>> memoryOfPm2(const Flags &flags)
{
    const auto pm2 = Pm2::find(flags.directory());
    if (!pm2) {
        return std::nullopt;
    }
    return writeEcosystem(flags)
        .and_then([&] { return pm2->start(flags); })
        .and_then([&] { return pm2->daemon(); })
        .and_then(residentKibOf)
        .transform([](double kib) { return std::optional(kib); });
}

Result<std::optional<nanoseconds>> startWithSupervisord(const Flags &flags)
{
    std::string config =
        "[supervisord]\nnodaemon=true\nlogfile=/dev/null\nlogfile_maxbytes=0\npidfile=" + flags.directory() + "/pid\n";
    for (int number = 0; number < ServersAtOnce; ++number) {
        config += std::format("[program:s{}]\ncommand=/bin/sh -c '{}'\nstartsecs=0\nstdout_logfile={}/log{}\n", number,
                              flags.script(number), flags.directory(), number);
    }
    const std::string path = flags.directory() + "/conf";
    if (const auto written = replaceFile(path, config); !written) {
        return std::unexpected(written.error());
    }
    const auto begin = steady_clock::now();
    auto child = ChildProcess::start({.arguments = {"supervisord", "-c", path}, .isSilent = true});
    if (!child) {
        return std::unexpected(child.error());
    }
    if (!waitUntil([&] { return std::filesystem::exists(flags.directory() + "/flag0") || hasEnded(child->pid()); })
        || hasEnded(child->pid())) {
        return std::nullopt;
    }
    if (!flags.waitForAll()) {
        return fail(ErrorCode::Invalid, "supervisord");
    }
    const nanoseconds time = steady_clock::now() - begin;
    if (const auto handle = PidFd::open(child->pid())) {
        static_cast<void>(handle->signal(SIGTERM)); // it ends its servers, and waits for them
    }
    static_cast<void>(child->wait());
    return time;
}

Result<double> residentKibOf(pid_t pid)
{
    const std::string path = "/proc/" + std::to_string(pid) + "/smaps_rollup";
    const auto text = readFile(path);
    if (!text) {
        return std::unexpected(text.error());
    }
    TextCursor lines(*text);
    while (!lines.atEnd()) {
        TextCursor line(lines.takeLine());
        if (line.takeField() == "Pss:") {
            const auto kib = numberFromText<std::uint64_t>(line.takeField());
            return kib ? Result<double>(static_cast<double>(*kib)) : fail(ErrorCode::Malformed, path);
        }
    }
    return fail(ErrorCode::Malformed, path);
}

} // namespace Quay::Test
