// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/pinnedprocess.h"
#include "core/kernel/procfs.h"
#include "core/supervise/controlclient.h"
#include "core/supervise/criline.h"
#include "core/supervise/launch.h"
#include "core/supervise/rundescription.h"
#include "core/supervise/runrecord.h"
#include "core/supervise/userscopes.h"

#include <chrono>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace Quay::Test {

/// Directories of a test's own for the files of a server. Whatever runs in it is ended when it goes.
class ServerRoom
{
public:
    ServerRoom();
    ServerRoom(const ServerRoom &) = delete;
    ServerRoom &operator=(const ServerRoom &) = delete;
    ~ServerRoom();

    [[nodiscard]] const std::string &directory() const noexcept { return m_directory; }
    [[nodiscard]] const ServerPlaces &places() const noexcept { return m_places; }
    [[nodiscard]] const ServerIdentity &server() const noexcept { return m_server; }

    /// How to run @p arguments there. A run id of its own each time.
    [[nodiscard]] RunDescription describe(std::vector<std::string> arguments) const;
    /// The same for lines of a shell.
    [[nodiscard]] RunDescription describeShell(const std::string &script) const;

    /// Ends what is left of the server, if anything: through its supervisor, or one by one.
    void clear() const;

private:
    std::string m_directory;
    ServerIdentity m_server;
    ServerPlaces m_places;
};

/// The program under test.
[[nodiscard]] std::string superviseProgram();

/// A server that was launched, and its supervisor.
class SupervisedRun
{
public:
    /// Errors: what launching said; see subject.
    [[nodiscard]] static std::expected<SupervisedRun, LaunchFailure>
    start(const RunDescription &description, const std::string &program = superviseProgram(),
          const std::optional<UserScopes> &scopes = std::nullopt);

    [[nodiscard]] const Launched &launched() const noexcept { return m_launched; }
    [[nodiscard]] const RunDescription &description() const noexcept { return m_description; }
    /// SIGKILL: as the kernel does when memory is short.
    void signalSupervisor(int signal) const;

    /// Whether the supervisor has ended by itself in time.
    [[nodiscard]] bool waitForEnd(std::chrono::milliseconds timeout = std::chrono::seconds(30)) const;
    /// Waits until the record has an event of that kind, and gives the last such.
    [[nodiscard]] std::optional<RunEvent> waitFor(RunEventKind kind) const;
    /// Waits until the log has such a line.
    [[nodiscard]] bool waitForLine(const std::string &text) const;
    [[nodiscard]] RunRecord record() const;
    [[nodiscard]] std::optional<RunEvent> event(RunEventKind kind) const;
    /// Whole lines, the oldest first, also of logs that were put aside.
    [[nodiscard]] std::vector<OutputLine> lines() const;
    [[nodiscard]] std::vector<std::string> texts(OutputStream stream) const;
    /// Asks its supervisor. Errors: as ControlClient::ask().
    [[nodiscard]] Result<RunStatus> ask(ControlRequest request) const;

private:
    SupervisedRun(RunDescription description, Launched launched);

    RunDescription m_description;
    Launched m_launched;
    std::optional<PinnedProcess> m_supervisor; ///< Nothing when it had ended at once.
};

/// Waits until @p holds says so; looks again every few milliseconds. False when it does not in time.
[[nodiscard]] bool waitUntil(const std::function<bool()> &holds,
                             std::chrono::milliseconds timeout = std::chrono::seconds(30));

} // namespace Quay::Test
