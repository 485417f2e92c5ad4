// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/family.h"

#include "core/kernel/procevents.h"

#include <unordered_map>

#include <sys/types.h>

namespace Quay {

void Family::add(pid_t pid, Kinship kinship)
{
    if (kinship == Kinship::Stranger) {
        m_kin.erase(pid);
    } else {
        m_kin.insert_or_assign(pid, kinship);
    }
}

Kinship Family::of(pid_t pid) const
{
    const auto known = m_kin.find(pid);
    return known == m_kin.end() ? Kinship::Stranger : known->second;
}

Kinship Family::fork(const ForkEvent &event)
{
    const Kinship kinship = of(event.parent);
    add(event.child, kinship); // a stranger's child may have the pid of a relative who is no more
    return kinship;
}

void Family::forgetMembers()
{
    std::erase_if(m_kin, [](const auto &relative) { return relative.second == Kinship::Member; });
}

} // namespace Quay
