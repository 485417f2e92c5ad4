// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/servers/serverstate.h"
#include "core/startup/contradiction.h"

#include <array>

namespace Quay {

// The words of the agent's interface, and of `quay status --json`. They are never changed, only added to.

inline constexpr std::array ServerStateWords{
    Word{.word = "failed", .value = ServerState::Failed},
    Word{.word = "crashLoop", .value = ServerState::CrashLoop},
    Word{.word = "leftOver", .value = ServerState::LeftOver},
    Word{.word = "stopped", .value = ServerState::Stopped},
    Word{.word = "waiting", .value = ServerState::Waiting},
    Word{.word = "checking", .value = ServerState::Checking},
    Word{.word = "starting", .value = ServerState::Starting},
    Word{.word = "ready", .value = ServerState::Ready},
    Word{.word = "unhealthy", .value = ServerState::Unhealthy},
    Word{.word = "stopping", .value = ServerState::Stopping},
};

inline constexpr std::array StateCauseWords{
    Word{.word = "nothing", .value = StateCause::Nothing},
    Word{.word = "asked", .value = StateCause::Asked},
    Word{.word = "need", .value = StateCause::Need},
    Word{.word = "preflight", .value = StateCause::Preflight},
    Word{.word = "launch", .value = StateCause::Launch},
    Word{.word = "exit", .value = StateCause::Exit},
    Word{.word = "pause", .value = StateCause::Pause},
    Word{.word = "crashLoop", .value = StateCause::CrashLoop},
    Word{.word = "probe", .value = StateCause::Probe},
    Word{.word = "files", .value = StateCause::Files},
    Word{.word = "groupEnded", .value = StateCause::GroupEnded},
    Word{.word = "supervisor", .value = StateCause::Supervisor},
    Word{.word = "adopted", .value = StateCause::Adopted},
};

inline constexpr std::array ContradictionWords{
    Word{.word = "notListening", .value = ContradictionKind::NotListening},
    Word{.word = "otherPort", .value = ContradictionKind::OtherPort},
    Word{.word = "heldByOther", .value = ContradictionKind::HeldByOther},
    Word{.word = "otherFamily", .value = ContradictionKind::OtherFamily},
    Word{.word = "otherAddress", .value = ContradictionKind::OtherAddress},
    Word{.word = "nobodyAccepts", .value = ContradictionKind::NobodyAccepts},
    Word{.word = "doesNotAnswer", .value = ContradictionKind::DoesNotAnswer},
};

inline constexpr std::array ConditionWords{
    Word{.word = "ordinary", .value = ProcessCondition::Ordinary},
    Word{.word = "stopped", .value = ProcessCondition::Stopped},
    Word{.word = "uninterruptible", .value = ProcessCondition::Uninterruptible},
    Word{.word = "computing", .value = ProcessCondition::Computing},
};

} // namespace Quay
