// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/preflight.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <poll.h>

namespace Quay {

/// What came of one check, before it is known whose it is.
struct CheckResult
{
    CheckFinding finding = CheckFinding::Good;
    std::string detail;
    std::string wanted;
    int number = 0;
    std::uint64_t freeBytes = 0;
    std::vector<SocketRecord> holders;
};

/// A check under way. Never blocks.
class PreflightTask
{
public:
    PreflightTask() = default;
    PreflightTask(const PreflightTask &) = delete;
    PreflightTask &operator=(const PreflightTask &) = delete;
    virtual ~PreflightTask() = default;

    /// Begins; the result when that is known at once. @p limit: after this giveUp() is called.
    [[nodiscard]] virtual std::optional<CheckResult> begin(std::chrono::milliseconds limit) = 0;
    /// What to wait for.
    [[nodiscard]] virtual pollfd awaited() const = 0;
    /// Goes on after that happened.
    [[nodiscard]] virtual std::optional<CheckResult> proceed() = 0;
    /// Ends it: the time is up.
    [[nodiscard]] virtual CheckResult giveUp() = 0;
};

/// The task of a check of @p server. Both, and @p machine, must outlive it.
[[nodiscard]] std::unique_ptr<PreflightTask>
makePreflightTask(const CheckSubject &subject, const PreflightServer &server, const PreflightMachine &machine);

} // namespace Quay
