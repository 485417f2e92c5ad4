// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/supervisedrun.h"

#include "core/base/clock.h"
#include "core/base/readfile.h"
#include "core/base/textcursor.h"
#include "core/supervise/leftovers.h"
#include "core/supervise/runpresence.h"
#include "tests/support/testserver.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <ranges>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <poll.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

constexpr std::size_t MostLogBytes = std::size_t{1} << 30U;
constexpr int LookIntervalMs = 2;

std::vector<std::string> ownEnvironment()
{
    std::vector<std::string> variables;
    for (char **variable = environ; *variable != nullptr; ++variable) {
        variables.emplace_back(*variable);
    }
    return variables;
}

void endProcess(const ProcFs &proc, const ProcessMark &mark)
{
    const auto pinned = PinnedProcess::open(proc, mark.id, mark.serial);
    if (pinned && pinned->handle().signal(SIGKILL)) {
        pollfd ended{.fd = pinned->handle().descriptor(), .events = POLLIN, .revents = 0};
        ::poll(&ended, 1, 10'000);
    }
}

} // namespace

bool waitUntil(const std::function<bool()> &holds, std::chrono::milliseconds timeout)
{
    const auto deadline = systemClock().monotonic() + timeout;
    while (!holds()) {
        if (systemClock().monotonic() > deadline) {
            return false;
        }
        ::poll(nullptr, 0, LookIntervalMs);
    }
    return true;
}

std::string superviseProgram()
{
    return programPath("quaymaster-supervise");
}

ServerRoom::ServerRoom()
    : m_directory((std::filesystem::temp_directory_path() / "quaymaster-room-XXXXXX").string())
{
    if (::mkdtemp(m_directory.data()) == nullptr) {
        std::abort();
    }
    m_server = {.project = m_directory, .name = "server"}; // of nobody else: processes are found by it
    m_places = ServersPlaces{.runtimeDirectory = m_directory + "/run/servers",
                             .stateDirectory = m_directory + "/state/servers"}
                   .of(m_server);
}

ServerRoom::~ServerRoom()
{
    clear();
    std::error_code ignored;
    std::filesystem::remove_all(m_directory, ignored);
}

void ServerRoom::clear() const
{
    const auto proc = ProcFs::open();
    if (!proc) {
        return;
    }
    const std::string key = serverKey(m_server);
    const auto presence = runPresence(*proc, m_places, key);
    if (presence.state == RunState::Running) {
        if (auto client = ControlClient::connect(m_places)) {
            static_cast<void>(client->ask({.verb = ControlVerb::Stop, .isForced = true}));
        }
        if (!waitUntil([&] { return !isRunning(*proc, presence.lease->supervisor); }, std::chrono::seconds(10))) {
            endProcess(*proc, presence.lease->supervisor);
        }
    }
    // Also when the lease is garbage, or gone with its directory.
    for (int round = 0; round < 100; ++round) {
        const auto leftOvers = findLeftOvers(*proc, key, std::nullopt);
        for (const auto &leftOver : leftOvers) {
            endProcess(*proc, leftOver.process);
        }
        if (leftOvers.empty()) {
            break;
        }
    }
}

RunDescription ServerRoom::describe(std::vector<std::string> arguments) const
{
    return {.server = m_server,
            .places = m_places,
            .runId = makeRunId(systemClock()),
            .arguments = std::move(arguments),
            .directory = m_directory,
            .environment = ownEnvironment()};
}

RunDescription ServerRoom::describeShell(const std::string &script) const
{
    return describe({"/bin/sh", "-c", script});
}

SupervisedRun::SupervisedRun(RunDescription description, Launched launched)
    : m_description(std::move(description))
    , m_launched(launched)
{
}

std::expected<SupervisedRun, LaunchFailure> SupervisedRun::start(const RunDescription &description,
                                                                 const std::string &program,
                                                                 const std::optional<UserScopes> &scopes)
{
    auto launch = Launch::begin(program, description, scopes);
    if (!launch) {
        return std::unexpected(std::move(launch).error());
    }
    const auto outcome = launch->wait(std::chrono::seconds(30));
    if (!outcome) {
        return std::unexpected(outcome.error());
    }
    const auto proc = ProcFs::open();
    SupervisedRun run(description, *outcome);
    auto pinned = PinnedProcess::open(*proc, outcome->supervisor.id, outcome->supervisor.serial);
    if (pinned) { // else it has ended already
        run.m_supervisor.emplace(*std::move(pinned));
    }
    return run;
}

bool SupervisedRun::waitForEnd(std::chrono::milliseconds timeout) const
{
    if (!m_supervisor) {
        return true;
    }
    pollfd ended{.fd = m_supervisor->handle().descriptor(), .events = POLLIN, .revents = 0};
    return ::poll(&ended, 1, static_cast<int>(timeout.count())) == 1;
}

void SupervisedRun::signalSupervisor(int signal) const
{
    if (m_supervisor) {
        static_cast<void>(m_supervisor->handle().signal(signal)); // it may have ended already
    }
}

std::optional<RunEvent> SupervisedRun::event(RunEventKind kind) const
{
    const auto events = record().events;
    const auto found = std::ranges::find(events | std::views::reverse, kind, &RunEvent::kind);
    return found == events.rend() ? std::nullopt : std::optional(*found);
}

std::optional<RunEvent> SupervisedRun::waitFor(RunEventKind kind) const
{
    std::optional<RunEvent> found;
    static_cast<void>(waitUntil([&] {
        found = event(kind);
        return found.has_value();
    }));
    return found;
}

bool SupervisedRun::waitForLine(const std::string &text) const
{
    return waitUntil([&] { return std::ranges::contains(lines(), text, &OutputLine::text); });
}

RunRecord SupervisedRun::record() const
{
    return readRunRecord(m_description.places.record(m_description.runId)).value_or(RunRecord());
}

std::vector<OutputLine> SupervisedRun::lines() const
{
    std::string log;
    for (int number = static_cast<int>(m_description.log.filesKept); number >= 0; --number) {
        const auto path = m_description.places.log() + (number > 0 ? '.' + std::to_string(number) : std::string());
        log += readFile(path, MostLogBytes).value_or(std::string());
    }
    std::vector<OutputLine> lines;
    CriJoiner joiner(MostLogBytes);
    TextCursor cursor(log);
    while (!cursor.atEnd()) {
        const auto line = criLineFrom(cursor.takeLine());
        if (auto whole = line ? joiner.add(*line) : std::nullopt) {
            lines.push_back(*std::move(whole));
        }
    }
    return lines;
}

std::vector<std::string> SupervisedRun::texts(OutputStream stream) const
{
    std::vector<std::string> texts;
    for (auto &line : lines()) {
        if (line.stream == stream) {
            texts.push_back(std::move(line.text));
        }
    }
    return texts;
}

Result<RunStatus> SupervisedRun::ask(ControlRequest request) const
{
    auto client = ControlClient::connect(m_description.places);
    return client ? client->ask(std::move(request)) : std::unexpected(client.error());
}

} // namespace Quay::Test
