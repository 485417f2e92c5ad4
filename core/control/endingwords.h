// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/portproof.h"
#include "core/kernel/socketrecord.h"

#include <array>

namespace Quay {

// The words for an ending in the audit log, in JSON and among the options of `quay`. They are never changed, only added
// to.

inline constexpr std::array KillScopeWords{
    Word{.word = "process", .value = KillScope::Process},
    Word{.word = "tree", .value = KillScope::Tree},
    Word{.word = "session", .value = KillScope::Session},
};

inline constexpr std::array TargetRoleWords{
    Word{.word = "asked", .value = TargetRole::Asked},
    Word{.word = "below", .value = TargetRole::Below},
    Word{.word = "starter", .value = TargetRole::Starter},
};

inline constexpr std::array TargetStageWords{
    Word{.word = "waiting", .value = TargetStage::Waiting},
    Word{.word = "needsPermission", .value = TargetStage::NeedsPermission},
    Word{.word = "asked", .value = TargetStage::Asked},
    Word{.word = "forced", .value = TargetStage::Forced},
    Word{.word = "ended", .value = TargetStage::Ended},
    Word{.word = "recycled", .value = TargetStage::Recycled},
    Word{.word = "left", .value = TargetStage::Left},
    Word{.word = "refused", .value = TargetStage::Refused},
};

inline constexpr std::array LeaveOutReasonWords{
    Word{.word = "init", .value = LeaveOutReason::Init},
    Word{.word = "kernelThread", .value = LeaveOutReason::KernelThread},
    Word{.word = "ourselves", .value = LeaveOutReason::Ourselves},
    Word{.word = "shell", .value = LeaveOutReason::Shell},
    Word{.word = "terminal", .value = LeaveOutReason::Terminal},
    Word{.word = "ide", .value = LeaveOutReason::Ide},
    Word{.word = "desktopSession", .value = LeaveOutReason::DesktopSession},
    Word{.word = "serviceManager", .value = LeaveOutReason::ServiceManager},
    Word{.word = "protected", .value = LeaveOutReason::Protected},
    Word{.word = "containerProxy", .value = LeaveOutReason::ContainerProxy},
    Word{.word = "socketHolder", .value = LeaveOutReason::SocketHolder},
};

inline constexpr std::array ReviverKindWords{
    Word{.word = "unit", .value = ReviverKind::Unit},
    Word{.word = "container", .value = ReviverKind::Container},
    Word{.word = "processManager", .value = ReviverKind::ProcessManager},
};

inline constexpr std::array PortStateWords{
    Word{.word = "unknown", .value = PortState::Unknown},           Word{.word = "free", .value = PortState::Free},
    Word{.word = "freeUntested", .value = PortState::FreeUntested}, Word{.word = "held", .value = PortState::Held},
    Word{.word = "lingering", .value = PortState::Lingering},
};

inline constexpr std::array SocketStateWords{
    Word{.word = "other", .value = SocketState::Other},
    Word{.word = "established", .value = SocketState::Established},
    Word{.word = "synSent", .value = SocketState::SynSent},
    Word{.word = "synReceived", .value = SocketState::SynReceived},
    Word{.word = "timeWait", .value = SocketState::TimeWait},
    Word{.word = "closeWait", .value = SocketState::CloseWait},
    Word{.word = "finWait", .value = SocketState::FinWait},
    Word{.word = "closed", .value = SocketState::Closed},
    Word{.word = "listening", .value = SocketState::Listening},
};

} // namespace Quay
