// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/preflightrun.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/servers/preflight.h"

#include <cerrno>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>

namespace Quay {

/// Shared by both threads; goes with the one that is done with it last.
struct PreflightRun::Mailbox
{
    UniqueFd isThere; ///< Readable once the outcomes are there.
    std::mutex mutex;
    std::optional<std::vector<CheckOutcome>> outcomes;
};

PreflightRun::PreflightRun(std::shared_ptr<Mailbox> mailbox) noexcept
    : m_mailbox(std::move(mailbox))
{
}

Result<PreflightRun> PreflightRun::begin(PreflightServer server, PreflightMachine machine)
{
    auto mailbox = std::make_shared<Mailbox>();
    mailbox->isThere = UniqueFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!mailbox->isThere) {
        return failErrno(errno, "eventfd");
    }
    try {
        std::thread([mailbox, servers = std::vector{std::move(server)}, machine = std::move(machine)] {
            auto outcomes = runPreflight(servers, machine);
            const std::scoped_lock lock(mailbox->mutex);
            mailbox->outcomes = std::move(outcomes);
            ::eventfd_write(mailbox->isThere.get(), 1);
        }).detach();
    } catch (const std::system_error &error) { // the only way in which std::thread says so
        return failErrno(error.code().value(), "thread");
    }
    return PreflightRun(std::move(mailbox));
}

pollfd PreflightRun::awaited() const
{
    return {.fd = m_mailbox->isThere.get(), .events = POLLIN, .revents = 0};
}

std::optional<std::vector<CheckOutcome>> PreflightRun::take()
{
    const std::scoped_lock lock(m_mailbox->mutex);
    return std::exchange(m_mailbox->outcomes, std::nullopt);
}

} // namespace Quay
