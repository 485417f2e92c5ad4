// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/unaskedstops.h"

#include <tuple>
#include <vector>

namespace Quay {

UnaskedStops::UnaskedStops(const Clock &clock)
    : m_clock(clock)
{
}

void UnaskedStops::follow(const ServerStatus &server)
{
    const std::pair key(server.file, server.name);
    const auto stop = m_stops.find(key);
    if (server.state == ServerState::Stopping) {
        if (stop == m_stops.end() && server.reason.cause != StateCause::Asked) {
            const auto begun = m_stops.try_emplace(key, AuditAsker::Agent, m_clock, std::vector{server}, false).first;
            begun->second.begin();
        }
    } else if (stop != m_stops.end()) {
        std::ignore = stop->second.end(); // whom to tell is nobody here; the record of the run has it as well
        m_stops.erase(stop);
    }
}

} // namespace Quay
