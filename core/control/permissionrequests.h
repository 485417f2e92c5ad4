// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/permissionbook.h"
#include "core/control/privilegedcontract.h"
#include "core/processes/processid.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>

namespace Quay {

class PrivilegedClient;
struct EndingReport;

/**
 * Asks the helper for the signals that endings may not send themselves, and hands on what became of them.
 *
 * Threads: not shared; that of the client.
 */
class PermissionRequests
{
public:
    /// What became of a signal; for Terminator::signalled().
    using Signalled = std::function<void(std::uint64_t ending, ProcessId process, const Result<> &result)>;

    /// @p client outlives it.
    PermissionRequests(PrivilegedClient &client, Signalled signalled);
    PermissionRequests(const PermissionRequests &) = delete;
    PermissionRequests &operator=(const PermissionRequests &) = delete;
    /// Whatever is still asked for is cancelled.
    ~PermissionRequests();

    /// Asks for what @p report says is missing. Once the ending is over, nothing more is wanted for it.
    void note(std::uint64_t ending, const EndingReport &report);
    /// Whether an answer is waited for.
    [[nodiscard]] bool isWaiting() const;

private:
    struct Ending
    {
        PermissionBook book;
        std::set<std::uint64_t> requests; ///< Not answered yet.
    };

    void ask(std::uint64_t ending, const SignalRequest &request);
    void cancelAll(const Ending &ending);

    PrivilegedClient &m_client;
    Signalled m_signalled;
    std::map<std::uint64_t, Ending> m_endings;
};

} // namespace Quay
