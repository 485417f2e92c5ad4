// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <systemd/sd-bus.h>

namespace Quay::Test {

/// A unit of a FakeSystemd.
struct FakeUnit
{
    std::string activeState = "active";
    std::string restart = "no";
    std::vector<std::string> triggeredBy = {};
    std::vector<std::string> triggers = {};
    std::string jobResult = "done"; ///< Of every order.
    std::string refusal = {}; ///< The error that every order is answered with; empty: none.
    bool isSilent = false; ///< Orders are not answered.
    std::function<void()> whenStopped = {}; ///< Before the job is done, on the thread of FakeSystemd.
};

/**
 * Speaks as org.freedesktop.systemd1 does, as far as Quaymaster asks. Its jobs are told of to those alone who have
 * subscribed, once the order has been answered.
 *
 * Source: org.freedesktop.systemd1(5). Threads: serves on one of its own.
 */
class FakeSystemd
{
public:
    /// Throws when it cannot have the name on that bus, which fails the test.
    FakeSystemd(const std::string &busAddress, std::map<std::string, FakeUnit> units);
    FakeSystemd(const FakeSystemd &) = delete;
    FakeSystemd &operator=(const FakeSystemd &) = delete;
    ~FakeSystemd() = default;

    /// As `StopUnit app.service replace`, in order. After those that may ask the user stands a `?`, and then the
    /// properties of a transient unit, as ` Delegate=yes`.
    [[nodiscard]] std::vector<std::string> orders() const;

private:
    struct Release
    {
        void operator()(sd_bus *bus) const noexcept { sd_bus_flush_close_unref(bus); }
    };

    int handle(sd_bus_message *call);
    int handleManager(sd_bus_message *call);
    int handleProperty(sd_bus_message *call);
    int handleOrder(sd_bus_message *call, const std::string &method);

    std::unique_ptr<sd_bus, Release> m_bus;
    std::map<std::string, FakeUnit> m_units;
    bool m_isSubscribed = false;
    unsigned m_jobs = 0;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_orders; ///< Guarded by m_mutex.
    std::jthread m_thread; ///< Ends before all else.
};

} // namespace Quay::Test
