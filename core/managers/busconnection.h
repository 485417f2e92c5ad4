// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/goeson.h"
#include "core/base/result.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <systemd/sd-bus.h>

namespace Quay {

struct BusMessageRelease
{
    void operator()(sd_bus_message *message) const noexcept { sd_bus_message_unref(message); }
};
using BusMessage = std::unique_ptr<sd_bus_message, BusMessageRelease>;

/// Which bus to speak on.
enum class BusKind
{
    System,
    User,
};

/// An object on a bus, and in which of its interfaces something is meant.
struct BusObject
{
    std::string destination;
    std::string path;
    std::string interface;
};

/// Appends what a call is to say. Below 0: the error of an sd_bus function.
using BusArguments = std::function<int(sd_bus_message *)>;
[[nodiscard]] BusArguments textArguments(std::vector<std::string> texts);

/**
 * A connection to a D-Bus bus, for one question after the other.
 *
 * Errors:  Unsupported: there is no bus, or nobody there has the name. Gone: there is no such object. Denied: refused
 *          by the bus or the service. Io with ETIMEDOUT: no answer in time; with ECANCELED: who was asked to go on said
 *          no; else Io with what the service said. The subject is what the answer says, or the bus.
 * Threads: not shared.
 */
class BusConnection
{
public:
    /// @p address: empty for the one of the machine or the session, as the environment says.
    [[nodiscard]] static Result<BusConnection> open(BusKind kind, const std::string &address);

    /// A call of @p method. Whoever is asked may ask the user for permission.
    [[nodiscard]] Result<BusMessage> call(const BusObject &object, const char *method, const BusArguments &arguments,
                                          std::chrono::milliseconds limit, const GoesOn &goesOn);
    /// A property that is a text. Malformed when it is not.
    [[nodiscard]] Result<std::string> text(const BusObject &object, const char *property, const GoesOn &goesOn);
    /// A property that is a list of texts. Malformed when it is not.
    [[nodiscard]] Result<std::vector<std::string>> texts(const BusObject &object, const char *property,
                                                         const GoesOn &goesOn);

    /// Has @p listener called for each @p signal from now on, while somebody waits on this connection.
    [[nodiscard]] Result<> listen(const BusObject &object, const char *signal,
                                  std::function<void(sd_bus_message *)> listener);
    /// Waits until @p isDone says so.
    [[nodiscard]] Result<> waitFor(const std::function<bool()> &isDone, std::chrono::milliseconds limit,
                                   const GoesOn &goesOn);

private:
    struct Release
    {
        void operator()(sd_bus *bus) const noexcept { sd_bus_flush_close_unref(bus); }
    };
    struct SlotRelease
    {
        void operator()(sd_bus_slot *slot) const noexcept { sd_bus_slot_unref(slot); }
    };
    using Slot = std::unique_ptr<sd_bus_slot, SlotRelease>;
    struct Listener
    {
        std::function<void(sd_bus_message *)> notice;
        Slot slot;
    };

    explicit BusConnection(std::string name);
    [[nodiscard]] Result<BusMessage> property(const BusObject &object, const char *name, const GoesOn &goesOn);
    [[nodiscard]] std::unexpected<Error> failed(int result) const;

    std::string m_name; ///< For errors.
    std::unique_ptr<sd_bus, Release> m_bus;
    std::vector<std::unique_ptr<Listener>> m_listeners; ///< They go before the connection does.
};

} // namespace Quay
