// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/mainprocess.h"

#include "app/supervise/descendants.h"
#include "app/supervise/eventloop.h"
#include "core/base/result.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/supervise/processmark.h"

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <sys/types.h>

namespace Quay {

MainProcess::MainProcess(const ProcFs &proc, EventLoop &loop, std::function<void()> endedElsewhere)
    : m_proc(proc)
    , m_loop(loop)
    , m_endedElsewhere(std::move(endedElsewhere))
{
}

MainProcess::~MainProcess()
{
    forget();
}

void MainProcess::begin(const ProcessMark &mark, PidFd handle)
{
    m_first = mark;
    m_main = mark;
    m_handle = std::make_unique<PidFd>(std::move(handle));
}

bool MainProcess::become(pid_t pid)
{
    auto handle = PidFd::open(pid);
    const auto mark = markOf(m_proc, pid);
    if (!handle || !mark || !isOwnDescendant(m_proc, pid)) {
        return false;
    }
    forget();
    m_main = *mark;
    m_exit.reset();
    // That it cannot be watched is the case of too many descriptors: of children of ours we hear all the same.
    static_cast<void>(m_loop.watch(handle->descriptor(), m_endedElsewhere));
    m_handle = std::make_unique<PidFd>(*std::move(handle));
    return true;
}

bool MainProcess::waitedFor(pid_t pid, const ExitStatus &status)
{
    m_firstHasEnded = m_firstHasEnded || pid == m_first.id.pid;
    if (!m_handle || pid != m_main.id.pid) {
        return false;
    }
    forget();
    m_exit = status;
    return true;
}

bool MainProcess::isOver() const
{
    return !m_handle || m_handle->hasEnded().value_or(true);
}

bool MainProcess::hasEndedElsewhere()
{
    if (!m_handle) {
        return false;
    }
    m_exit = m_handle->exitStatus().value_or(std::nullopt);
    forget();
    return true;
}

Result<> MainProcess::signal(int number) const
{
    return m_handle ? m_handle->signal(number) : fail(ErrorCode::Gone, "server");
}

void MainProcess::forget()
{
    if (m_handle) {
        m_loop.forget(m_handle->descriptor());
        m_handle.reset();
    }
}

} // namespace Quay
