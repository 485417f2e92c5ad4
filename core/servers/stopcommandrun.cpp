// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/stopcommandrun.h"

#include "core/base/pollset.h"
#include "core/servers/commandrun.h"
#include "core/servers/servercommand.h"
#include "core/servers/serverspec.h"
#include "core/servers/variables.h"

#include <chrono>
#include <optional>
#include <utility>

#include <poll.h>

namespace Quay {

StopCommandRun::StopCommandRun(CommandRun command, std::chrono::nanoseconds until)
    : m_command(std::move(command))
    , m_until(until)
{
}

std::optional<StopCommandRun> StopCommandRun::start(const ServerSpec &server, const VariableMap &environment,
                                                    std::chrono::nanoseconds now)
{
    if (server.stop.command.isEmpty()) {
        return std::nullopt;
    }
    auto command = CommandRun::start({.arguments = executedArguments(server.stop.command),
                                      .directory = server.directory,
                                      .environment = environment});
    if (!command) {
        return std::nullopt;
    }
    return StopCommandRun(*std::move(command), now + server.stop.grace);
}

void StopCommandRun::collect(PollSet &set) const
{
    if (m_command) {
        set.add(pollfd{.fd = m_command->descriptor(), .events = POLLIN, .revents = 0});
    }
}

bool StopCommandRun::isInVain(const PollSet &set, std::chrono::nanoseconds now)
{
    if (m_command && set.hasCome(m_command->descriptor())) {
        if (const auto result = m_command->proceed()) {
            m_command.reset();
            if (result->exit.code != 0) {
                return true;
            }
        }
    }
    return now >= m_until;
}

} // namespace Quay
