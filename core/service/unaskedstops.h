// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/service/serverstatus.h"
#include "core/service/serverstoprecord.h"

#include <map>
#include <string>
#include <utility>

namespace Quay {

/**
 * Keeps in the audit log whom the agent stopped though nobody had asked: for bad health, for a changed file, with
 * others of its group. What somebody asks for is recorded by whoever asks.
 *
 * Threads: not shared. Blocks for as long as the file system does, when a server begins or ceases to be stopped.
 */
class UnaskedStops
{
public:
    /// @p clock outlives this object.
    explicit UnaskedStops(const Clock &clock);

    /// A server stands so by now.
    void follow(const ServerStatus &server);

private:
    const Clock &m_clock;
    std::map<std::pair<std::string, std::string>, ServerStopRecord> m_stops; ///< Under way, by file and name.
};

} // namespace Quay
