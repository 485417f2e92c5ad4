// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/uniquefd.h"
#include "core/supervise/lease.h"
#include "core/supervise/processmark.h"
#include "core/supervise/rundescription.h"
#include "core/supervise/userscopes.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

/// Why a server was not started.
enum class LaunchProblem : std::uint8_t
{
    Failed, ///< No process, no descriptor ...: see the error.
    Lost, ///< The supervisor ended without a word, or has said nothing in time.
    AlreadyRunning, ///< See `holder` and `since`.
    LeftOvers, ///< Its last supervisor is gone, processes of it are not: see findLeftOvers(). They are to end first.
    CannotWriteState, ///< The error names the file.
    CannotEnterDirectory, ///< The error names the directory that it was to start in.
    CannotExecute, ///< The error names the program file.
    BadDescription, ///< The error names the field.
};

struct LaunchFailure
{
    LaunchProblem problem = LaunchProblem::Failed;
    Error error;
    std::optional<ProcessMark> holder; ///< The supervisor that runs it already; nothing when it does not say.
    std::optional<RunTime> since; ///< When that one started it.

    bool operator==(const LaunchFailure &) const = default;
};

struct Launched
{
    ProcessMark supervisor;
    ProcessMark server;

    bool operator==(const Launched &) const = default;
};

using LaunchOutcome = std::expected<Launched, LaunchFailure>;

/**
 * The start of a supervisor, which from begin() on goes on without us: it is in a session of its own, init is its
 * parent, and whether we are there to hear how the start went makes no difference to it.
 *
 * Source:  fork(2), execve(2), memfd_create(2).
 * Threads: begin() from any; the object is not shared.
 */
class Launch
{
public:
    /// @p program: the file of `quaymaster-supervise`. @p scopes: it runs in a scope of its own there, unless that one
    /// cannot be had.
    [[nodiscard]] static std::expected<Launch, LaunchFailure>
    begin(const std::string &program, const RunDescription &description,
          const std::optional<UserScopes> &scopes = std::nullopt);

    /// For poll(): readable when take() has the outcome.
    [[nodiscard]] int descriptor() const noexcept { return m_reports.get(); }
    /// The outcome, once, when there is one by now.
    [[nodiscard]] std::optional<LaunchOutcome> take();
    /// Waits for it.
    [[nodiscard]] LaunchOutcome wait(std::chrono::milliseconds timeout = std::chrono::seconds(10));

private:
    explicit Launch(UniqueFd reports) noexcept;

    UniqueFd m_reports;
    std::string m_report;
};

/// The descriptors on which a supervisor finds its description, and is to report its start.
inline constexpr int DescriptionFd = 3;
inline constexpr int ReportFd = 4;

/// What it reports. One line, with a line break.
[[nodiscard]] std::string toText(const LaunchOutcome &outcome);
/// Nothing for anything else. Threads: pure function.
[[nodiscard]] std::optional<LaunchOutcome> launchOutcomeFrom(std::string_view text);

} // namespace Quay
