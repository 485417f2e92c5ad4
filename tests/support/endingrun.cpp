// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/endingrun.h"

#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/sockdiag.h"
#include "core/ports/listener.h"
#include "core/processes/processtable.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace Quay::Test {

Result<KillPlan> planOf(const PlanSpec &spec)
{
    const auto proc = ProcFs::open();
    if (!proc) {
        return std::unexpected(proc.error());
    }
    ProcessTable table(*proc, processCpuTime);
    KillPlan plan{.scope = spec.scope, .isForced = spec.isForced};
    for (const pid_t pid : spec.pids) {
        auto process = table.find(pid);
        if (!process) {
            return fail(ErrorCode::Gone, "pid " + std::to_string(pid));
        }
        plan.targets.push_back({.process = std::move(process), .signal = spec.isForced ? SIGKILL : spec.signal});
    }
    for (const pid_t pid : spec.leftOut) {
        plan.leftOut.push_back({.process = table.find(pid), .reason = LeaveOutReason::Protected});
    }
    if (!spec.port) {
        return plan;
    }
    auto transport = openDiagTransport();
    if (!transport) {
        return std::unexpected(transport.error());
    }
    const auto sockets = SockDiag(*std::move(transport)).listenersOn(Protocol::Tcp, *spec.port);
    if (!sockets) {
        return std::unexpected(sockets.error());
    }
    for (const SocketRecord &socket : *sockets) {
        plan.listeners.push_back(std::make_shared<Listener>(Listener{.socket = socket}));
    }
    return plan;
}

Result<std::unique_ptr<EndingRun>> EndingRun::open(TerminatorSources sources)
{
    std::unique_ptr<EndingRun> run(new EndingRun);
    auto terminator = Terminator::open(
        [reports = &run->m_reports](const EndingReport &report) { reports->push_back(report); }, std::move(sources));
    if (!terminator) {
        return std::unexpected(std::move(terminator).error());
    }
    run->m_terminator = *std::move(terminator);
    return run;
}

const EndingReport &EndingRun::end(const KillPlan &plan, const EndingOptions &options)
{
    m_terminator->begin(plan, options);
    static_cast<void>(advanceUntil([](const EndingReport &report) { return report.stage == EndingStage::Finished; }));
    return last();
}

bool EndingRun::advanceUntil(const std::function<bool(const EndingReport &)> &isMet, std::chrono::milliseconds limit)
{
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!isMet(last())) {
        if (m_terminator->isIdle() || std::chrono::steady_clock::now() >= deadline) {
            return false;
        }
        m_terminator->waitUntilDue(deadline - std::chrono::steady_clock::now());
        m_terminator->advance();
    }
    return true;
}

std::vector<int> sentSignals(const TargetProgress &target)
{
    std::vector<int> signals;
    for (const SentSignal &sent : target.signals) {
        if (!sent.error) {
            signals.push_back(sent.signal);
        }
    }
    return signals;
}

const TargetProgress *targetOf(const EndingReport &report, pid_t pid)
{
    const auto found =
        std::ranges::find(report.targets, pid, [](const TargetProgress &target) { return target.process->id.pid; });
    return found == report.targets.end() ? nullptr : &*found;
}

} // namespace Quay::Test
