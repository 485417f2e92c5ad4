// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/permissionrequests.h"

#include <optional>

namespace Quay {

struct CommandContext;
struct EndingReport;

/**
 * Asks the helper for the signals that the user may not send, once the first is refused: who runs with other rights may
 * join late, or take them on meanwhile. Nothing is loaded before.
 *
 * Threads: not shared.
 */
class PermissionDesk
{
public:
    /// @p context outlives it. @p signalled: told of each signal, also that nobody can be asked for it.
    PermissionDesk(CommandContext &context, PermissionRequests::Signalled signalled);

    /// Asks for what @p report says is missing.
    void note(const EndingReport &report);
    /// Lets answers come that are there.
    void process();
    /// Whether an answer is waited for.
    [[nodiscard]] bool isWaiting() const { return m_requests && m_requests->isWaiting(); }

private:
    void open();

    CommandContext &m_context;
    PermissionRequests::Signalled m_signalled;
    std::optional<PermissionRequests> m_requests;
    bool m_hasNobody = false; ///< Who could be asked.
};

} // namespace Quay
