// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/startwatch.h"

#include "core/again/againlogs.h"
#include "core/again/startedfamily.h"
#include "core/base/clock.h"
#include "core/kernel/procstat.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <poll.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;

/// Between two looks at the ports.
constexpr auto LookInterval = 20ms;
/// How long the kernel may take to tell how a program ended: until its parent, which is init, has asked.
constexpr auto StatusPatience = 200ms;

/// Those of @p claims where nobody listens. Errors: as boundSockets().
Result<std::vector<PortClaim>> silentOf(SockDiag &diag, const std::vector<PortClaim> &claims)
{
    if (claims.empty()) {
        return claims;
    }
    return boundSockets(diag).transform([&claims](const std::vector<SocketRecord> &sockets) {
        std::vector<PortClaim> silent;
        std::ranges::copy_if(claims, std::back_inserter(silent),
                             [&sockets](const PortClaim &claim) { return holdersOf(claim, sockets).empty(); });
        return silent;
    });
}

std::vector<PortClaim> tcpOf(const std::vector<PortClaim> &claims)
{
    std::vector<PortClaim> tcp;
    std::ranges::copy_if(claims, std::back_inserter(tcp),
                         [](const PortClaim &claim) { return claim.protocol == Protocol::Tcp; });
    return tcp;
}

} // namespace

StartWatch::StartWatch(const std::vector<PortClaim> &expected)
    : m_diag(diagTransportOrRefusal())
    , m_silent(tcpOf(expected))
{
    if (auto proc = ProcFs::open()) {
        m_proc = *std::move(proc);
    }
    m_patience = m_silent.empty() ? Patience : PortPatience;
    m_silent = silentOf(m_diag, m_silent).value_or(std::vector<PortClaim>());
    m_awaited = m_silent;
}

void StartWatch::add(pid_t pid, const std::string &logPath)
{
    auto handle = PidFd::open(pid);
    const auto now = systemClock().monotonic();
    Program program{.pid = pid, .handle = {}, .logPath = logPath, .startedAt = now, .endedAt = {}, .exit = {}};
    if (handle) {
        program.handle = *std::move(handle);
    } else {
        program.mayStillSay = false;
        program.endedAt = handle.error().code == ErrorCode::Gone ? std::optional(now) : std::nullopt;
    }
    m_programs.push_back(std::move(program));
}

void StartWatch::wait(const GoesOn &goesOn)
{
    const auto begin = systemClock().monotonic();
    while (true) {
        std::ranges::for_each(m_programs, [this](Program &program) { look(program); });
        lookAtPorts();
        const auto watched = systemClock().monotonic() - begin;
        if (isDecided(watched) || watched >= m_patience) {
            m_foreign = portsOfOthers();
            return;
        }
        if (!goesOn()) {
            m_wasInterrupted = true;
            return;
        }
        pause();
    }
}

std::optional<EarlyEnd> StartWatch::earlyEnd(std::size_t index) const
{
    const Program &program = m_programs.at(index);
    if (!program.endedAt || isDaemon(program)) {
        return std::nullopt;
    }
    return EarlyEnd{
        .after = *program.endedAt - program.startedAt, .exit = program.exit, .lastLines = lastLinesOf(program.logPath)};
}

void StartWatch::look(Program &program) const
{
    const auto now = systemClock().monotonic();
    if (!program.endedAt && program.handle && program.handle->hasEnded().value_or(false)) {
        program.endedAt = now;
    }
    if (program.endedAt && program.mayStillSay) {
        program.exit = statusOf(program);
        program.mayStillSay = !program.exit && now - *program.endedAt < StatusPatience;
    }
}

/// What is known of a program that has ended.
std::optional<ExitStatus> StartWatch::statusOf(const Program &program) const
{
    if (const auto told = program.handle->exitStatus(); told && *told) {
        return *told;
    }
    if (!m_proc) {
        return std::nullopt;
    }
    const auto status = readZombieStatus(*m_proc, program.pid).value_or(std::nullopt);
    const bool isAboutIt = status && !program.handle->isReaped().value_or(true);
    return isAboutIt ? std::optional(exitStatusFromWait(*status)) : std::nullopt;
}

bool StartWatch::hasFailed(const Program &program)
{
    return program.exit && (program.exit->signal != 0 || program.exit->code.value_or(0) != 0);
}

/// Whether it has left somebody behind who does its work.
bool StartWatch::isDaemon(const Program &program) const
{
    return !hasFailed(program) && (isWrittenTo(program.logPath) || (!m_awaited.empty() && m_silent.empty()));
}

/// Whether to wait any longer would tell nothing new.
bool StartWatch::isDecided(std::chrono::nanoseconds watched) const
{
    const auto isSettled = [](const Program &program) { return program.endedAt && !program.mayStillSay; };
    const auto maySay = [](const Program &program) { return program.endedAt && program.mayStillSay; };
    if (m_awaited.empty()) {
        return std::ranges::all_of(m_programs, isSettled);
    }
    const bool haveAllFailed = !m_programs.empty()
        && std::ranges::all_of(m_programs, [&](const Program &one) { return isSettled(one) && hasFailed(one); });
    // Of several not every one has to listen: the others have their time as well.
    const bool haveAllHadTime = m_programs.size() <= 1 || watched >= Patience;
    return haveAllFailed || (m_silent.empty() && haveAllHadTime && std::ranges::none_of(m_programs, maySay));
}

void StartWatch::lookAtPorts()
{
    if (auto silent = silentOf(m_diag, m_silent)) {
        m_silent = *std::move(silent);
    }
}

std::vector<PortClaim> StartWatch::portsOfOthers()
{
    std::vector<pid_t> started;
    for (const auto &program : m_programs) {
        if (program.endedAt) {
            return {}; // those that a daemon leaves behind are not known
        }
        started.push_back(program.pid);
    }
    const auto isSilent = [this](const PortClaim &claim) { return std::ranges::contains(m_silent, claim); };
    if (!m_proc || std::ranges::all_of(m_awaited, isSilent)) {
        return {};
    }
    const auto sockets = boundSockets(m_diag);
    const auto own = socketsOfStarted(*m_proc, started);
    if (!sockets || !own) {
        return {};
    }
    std::vector<PortClaim> foreign;
    std::ranges::copy_if(m_awaited, std::back_inserter(foreign), [&](const PortClaim &claim) {
        const auto holders = holdersOf(claim, *sockets);
        const auto isOwn = [&own](const SocketRecord &holder) { return own->contains(holder.inode); };
        return !holders.empty() && std::ranges::none_of(holders, isOwn);
    });
    return foreign;
}

/// Until the next look, or until a program ends.
void StartWatch::pause() const
{
    std::vector<pollfd> watched;
    for (const auto &program : m_programs) {
        if (!program.endedAt && program.handle) {
            watched.push_back({.fd = program.handle->descriptor(), .events = POLLIN, .revents = 0});
        }
    }
    ::poll(watched.data(), watched.size(), static_cast<int>(LookInterval.count()));
}

} // namespace Quay
