// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/servicemanagers.h"

#include <cerrno>
#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace Quay::Test {

/// Managers that know what a test has told them, and keep what they were asked for. Threads: any, one at a time.
class FakeManagers : public ServiceManagers
{
public:
    [[nodiscard]] Result<ManagedService> find(const Reviver &reviver, const GoesOn & /*goesOn*/) override
    {
        found.push_back(reviver);
        return gone.contains(reviver.name) ? fail(ErrorCode::Gone, reviver.name) : answer;
    }

    [[nodiscard]] Result<> stop(const ManagedService &service, std::chrono::milliseconds grace,
                                const GoesOn &goesOn) override
    {
        stopped.push_back(service);
        graces.push_back(grace);
        while (takesForever) {
            if (!goesOn()) {
                return fail(ErrorCode::Io, service.name, ECANCELED);
            }
        }
        if (stopAnswer && whenStopped) {
            whenStopped();
        }
        return stopAnswer;
    }

    [[nodiscard]] Result<> start(const ManagedService &service, const GoesOn & /*goesOn*/) override
    {
        started.push_back(service);
        return startAnswer;
    }

    Result<ManagedService> answer = fail(ErrorCode::Unsupported, "nothing"); ///< To find().
    std::set<std::string> gone; ///< That do not run.
    Result<> stopAnswer;
    Result<> startAnswer;
    bool takesForever = false; ///< To stop, until nobody waits any more.
    std::function<void()> whenStopped; ///< What comes of it.
    std::vector<Reviver> found;
    std::vector<ManagedService> stopped;
    std::vector<std::chrono::milliseconds> graces;
    std::vector<ManagedService> started;
};

} // namespace Quay::Test
