// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/servers/serverspec.h"

#include <array>

namespace Quay {

// The words of quaymaster.yaml. They are never changed, only added to.

inline constexpr std::array NeedStateWords{
    Word{.word = "started", .value = NeedState::Started},
    Word{.word = "ready", .value = NeedState::Ready},
    Word{.word = "healthy", .value = NeedState::Healthy},
    Word{.word = "exited-ok", .value = NeedState::ExitedOk},
};

inline constexpr std::array SeverityWords{
    Word{.word = "warning", .value = Severity::Warning},
    Word{.word = "critical", .value = Severity::Critical},
};

inline constexpr std::array RestartPolicyWords{
    Word{.word = "never", .value = RestartPolicy::Never},
    Word{.word = "on-failure", .value = RestartPolicy::OnFailure},
    Word{.word = "always", .value = RestartPolicy::Always},
};

inline constexpr std::array StopScopeWords{
    Word{.word = "process", .value = StopScope::Process},
    Word{.word = "tree", .value = StopScope::Tree},
};

inline constexpr std::array AlertLevelWords{
    Word{.word = "info", .value = AlertLevel::Info},
    Word{.word = "warning", .value = AlertLevel::Warning},
    Word{.word = "error", .value = AlertLevel::Error},
};

inline constexpr std::array OnExitWords{
    Word{.word = "nothing", .value = OnExit::Nothing},
    Word{.word = "stop-group", .value = OnExit::StopGroup},
};

} // namespace Quay
