// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/portproof.h"
#include "core/history/auditentry.h"
#include "core/kernel/socketrecord.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace Quay {

/// A word of JSON and what it stands for.
template<typename Value>
struct AuditWord
{
    std::string_view word;
    Value value;
};

// The words of the audit log, which are those of `quay audit --json` too. They are never changed, only added to.

inline constexpr std::array AuditAskerWords{
    AuditWord{.word = "unknown", .value = AuditAsker::Unknown},
    AuditWord{.word = "window", .value = AuditAsker::Window},
    AuditWord{.word = "commandLine", .value = AuditAsker::CommandLine},
    AuditWord{.word = "agent", .value = AuditAsker::Agent},
};

inline constexpr std::array AuditStateWords{
    AuditWord{.word = "interrupted", .value = AuditState::Interrupted},
    AuditWord{.word = "running", .value = AuditState::Running},
    AuditWord{.word = "ended", .value = AuditState::Ended},
};

inline constexpr std::array KillScopeWords{
    AuditWord{.word = "process", .value = KillScope::Process},
    AuditWord{.word = "tree", .value = KillScope::Tree},
    AuditWord{.word = "session", .value = KillScope::Session},
};

inline constexpr std::array TargetRoleWords{
    AuditWord{.word = "asked", .value = TargetRole::Asked},
    AuditWord{.word = "below", .value = TargetRole::Below},
    AuditWord{.word = "starter", .value = TargetRole::Starter},
};

inline constexpr std::array TargetStageWords{
    AuditWord{.word = "waiting", .value = TargetStage::Waiting},
    AuditWord{.word = "needsPermission", .value = TargetStage::NeedsPermission},
    AuditWord{.word = "asked", .value = TargetStage::Asked},
    AuditWord{.word = "forced", .value = TargetStage::Forced},
    AuditWord{.word = "ended", .value = TargetStage::Ended},
    AuditWord{.word = "recycled", .value = TargetStage::Recycled},
    AuditWord{.word = "left", .value = TargetStage::Left},
    AuditWord{.word = "refused", .value = TargetStage::Refused},
};

inline constexpr std::array PortStateWords{
    AuditWord{.word = "unknown", .value = PortState::Unknown},
    AuditWord{.word = "free", .value = PortState::Free},
    AuditWord{.word = "freeUntested", .value = PortState::FreeUntested},
    AuditWord{.word = "held", .value = PortState::Held},
    AuditWord{.word = "lingering", .value = PortState::Lingering},
};

inline constexpr std::array SocketStateWords{
    AuditWord{.word = "other", .value = SocketState::Other},
    AuditWord{.word = "established", .value = SocketState::Established},
    AuditWord{.word = "synSent", .value = SocketState::SynSent},
    AuditWord{.word = "timeWait", .value = SocketState::TimeWait},
    AuditWord{.word = "closeWait", .value = SocketState::CloseWait},
    AuditWord{.word = "finWait", .value = SocketState::FinWait},
    AuditWord{.word = "closed", .value = SocketState::Closed},
    AuditWord{.word = "listening", .value = SocketState::Listening},
};

inline constexpr std::array ProtocolWords{
    AuditWord{.word = "tcp", .value = Protocol::Tcp},
    AuditWord{.word = "udp", .value = Protocol::Udp},
};

inline constexpr std::array ErrorCodeWords{
    AuditWord{.word = "gone", .value = ErrorCode::Gone},
    AuditWord{.word = "denied", .value = ErrorCode::Denied},
    AuditWord{.word = "malformed", .value = ErrorCode::Malformed},
    AuditWord{.word = "unsupported", .value = ErrorCode::Unsupported},
    AuditWord{.word = "invalid", .value = ErrorCode::Invalid},
    AuditWord{.word = "io", .value = ErrorCode::Io},
};

template<typename Value, std::size_t Count>
[[nodiscard]] constexpr std::string_view wordFor(const std::array<AuditWord<Value>, Count> &words, Value value)
{
    for (const auto &known : words) {
        if (known.value == value) {
            return known.word;
        }
    }
    return {};
}

template<typename Value, std::size_t Count>
[[nodiscard]] constexpr std::optional<Value> valueFor(const std::array<AuditWord<Value>, Count> &words,
                                                      std::string_view word)
{
    for (const auto &known : words) {
        if (known.word == word) {
            return known.value;
        }
    }
    return std::nullopt;
}

} // namespace Quay
