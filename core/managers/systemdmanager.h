// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/goeson.h"
#include "core/base/result.h"
#include "core/managers/busconnection.h"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace Quay {

/**
 * One conversation with one systemd. What it is told to do counts as done once it says so of its job, not when it has
 * taken the order.
 *
 * Source:  org.freedesktop.systemd1(5): the manager, the signal JobRemoved, the properties of units.
 * Errors:  as BusConnection; the subject begins with the unit.
 * Threads: not shared.
 */
class SystemdManager
{
public:
    /// How long it may take until an order is taken, and until its job is over.
    struct Limits
    {
        std::chrono::milliseconds order = std::chrono::minutes(3); ///< Somebody may have to type a password first.
        /// systemd gives a service 90 s unless its unit says otherwise, and then kills it.
        std::chrono::milliseconds job = std::chrono::minutes(5);
    };

    /// For a question that systemd answers at once.
    static constexpr std::chrono::seconds AnswerLimit{10};

    /// @p goesOn: outlives it.
    [[nodiscard]] static Result<SystemdManager> open(BusKind kind, const std::string &address, const GoesOn &goesOn);

    /// @p interface: `Unit`, `Service` ...
    [[nodiscard]] Result<std::string> text(const std::string &unit, const char *interface, const char *property);
    /// Of its interface `Unit`.
    [[nodiscard]] Result<std::vector<std::string>> texts(const std::string &unit, const char *property);

    /// Has systemd tell of its jobs. To be called before the first order.
    [[nodiscard]] Result<> hearOfJobs(std::chrono::milliseconds limit = AnswerLimit);
    /// Gives an order and waits for what comes of it.
    [[nodiscard]] Result<> order(const char *method, const std::string &unit, const BusArguments &arguments,
                                 const Limits &limits);

private:
    SystemdManager(BusConnection bus, const GoesOn &goesOn);
    [[nodiscard]] Result<BusObject> object(const std::string &unit, const char *interface);

    BusConnection m_bus;
    const GoesOn *m_goesOn;
    std::unique_ptr<std::map<std::string, std::string>> m_jobs; ///< Results of those that are over.
};

} // namespace Quay
