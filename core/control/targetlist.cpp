// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/targetlist.h"

#include "core/control/endingtarget.h"
#include "core/kernel/eventpoll.h"
#include "core/processes/processid.h"

#include <cstdint>
#include <utility>

#include <sys/types.h>

namespace Quay {

TargetList::TargetList(EventPoll &poll, std::uint64_t firstToken)
    : m_poll(poll)
    , m_firstToken(firstToken)
{
}

void TargetList::add(EndingTarget target)
{
    const auto number = m_targets.size();
    if (target.isPinned()) {
        if (const auto watched = m_poll.add(target.descriptor(), m_firstToken + number); !watched) {
            target.refuse(watched.error()); // what cannot be seen to end is not signalled
        }
    }
    m_latest.insert_or_assign(target.pid(), number);
    m_targets.push_back(std::move(target));
}

const EndingTarget *TargetList::latest(pid_t pid) const
{
    const auto found = m_latest.find(pid);
    return found == m_latest.end() ? nullptr : &m_targets[found->second];
}

bool TargetList::contains(ProcessId process) const
{
    const auto *const target = latest(process.pid);
    return target != nullptr && target->progress().process->id == process;
}

const EndingTarget *TargetList::living(pid_t pid) const
{
    const auto *const target = latest(pid);
    return target != nullptr && !target->isReaped() ? target : nullptr;
}

} // namespace Quay
