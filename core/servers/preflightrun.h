// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/servers/preflight.h"

#include <memory>
#include <optional>
#include <vector>

#include <poll.h>

namespace Quay {

/**
 * The checks of one server, on a thread of their own: they take as long as their commands do.
 *
 * A run that nobody is interested in any more goes on by itself until its time limits, and is forgotten then.
 *
 * Threads: not shared.
 */
class PreflightRun
{
public:
    /// What @p machine calls is called on the other thread. Errors: as errorFromErrno(), without a descriptor or
    /// thread.
    [[nodiscard]] static Result<PreflightRun> begin(PreflightServer server, PreflightMachine machine);

    [[nodiscard]] pollfd awaited() const;
    /// The outcomes, once, when they are there.
    [[nodiscard]] std::optional<std::vector<CheckOutcome>> take();

private:
    struct Mailbox;
    explicit PreflightRun(std::shared_ptr<Mailbox> mailbox) noexcept;

    std::shared_ptr<Mailbox> m_mailbox;
};

} // namespace Quay
