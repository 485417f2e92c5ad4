// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/systemdunits.h"

#include "core/managers/busconnection.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>
#include <vector>

#include <unistd.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;

/// For a question that systemd answers at once.
constexpr auto AnswerLimit = 10s;
/// For an order: somebody may have to type a password first.
constexpr auto OrderLimit = 3min;
/// For a job: systemd gives a service 90 s unless its unit says otherwise, and then kills it.
constexpr auto JobLimit = 5min;

const BusObject Manager{.destination = "org.freedesktop.systemd1",
                        .path = "/org/freedesktop/systemd1",
                        .interface = "org.freedesktop.systemd1.Manager"};

bool isRunning(std::string_view state)
{
    return state != "inactive" && state != "failed";
}

Error about(const std::string &unit, Error error)
{
    error.subject = unit + ": " + error.subject;
    return error;
}

/// One conversation with one systemd.
class Conversation
{
public:
    Conversation(BusConnection bus, const GoesOn &goesOn)
        : m_bus(std::move(bus))
        , m_goesOn(goesOn)
    {
    }

    [[nodiscard]] Result<std::string> text(const std::string &unit, const char *interface, const char *property)
    {
        return object(unit, interface).and_then([&](const BusObject &found) {
            return m_bus.text(found, property, m_goesOn);
        });
    }

    [[nodiscard]] Result<std::vector<std::string>> texts(const std::string &unit, const char *property)
    {
        return object(unit, "Unit").and_then([&](const BusObject &found) {
            return m_bus.texts(found, property, m_goesOn);
        });
    }

    /// Those of @p units that run.
    [[nodiscard]] Result<std::vector<std::string>> running(const std::vector<std::string> &units)
    {
        std::vector<std::string> running;
        for (const auto &unit : units) {
            const auto state = text(unit, "Unit", "ActiveState");
            if (!state && state.error().code != ErrorCode::Gone) {
                return std::unexpected(state.error());
            }
            if (state && isRunning(*state)) {
                running.push_back(unit);
            }
        }
        return running;
    }

    /// Has systemd tell of its jobs. To be called before the first order.
    [[nodiscard]] Result<> hearOfJobs()
    {
        const auto heard = m_bus.listen(Manager, "JobRemoved", [this](sd_bus_message *message) {
            const char *job = nullptr;
            const char *result = nullptr;
            if (sd_bus_message_read(message, "uoss", nullptr, &job, nullptr, &result) >= 0) {
                m_jobs.insert_or_assign(job, result);
            }
        });
        return heard.and_then([this] {
            return m_bus.call(Manager, "Subscribe", {}, AnswerLimit, m_goesOn).transform([](const BusMessage &) { });
        });
    }

    /// Gives an order and waits for what comes of it.
    [[nodiscard]] Result<> order(const char *method, const std::string &unit)
    {
        const auto reply = m_bus.call(Manager, method, {unit, "replace"}, OrderLimit, m_goesOn);
        if (!reply) {
            return std::unexpected(about(unit, reply.error()));
        }
        const char *read = nullptr;
        if (sd_bus_message_read_basic(reply->get(), 'o', static_cast<void *>(&read)) < 0) {
            return fail(ErrorCode::Malformed, unit);
        }
        const std::string job(read);
        const auto waited = m_bus.waitFor([&] { return m_jobs.contains(job); }, JobLimit, m_goesOn);
        if (!waited) {
            return std::unexpected(about(unit, waited.error()));
        }
        const auto &result = m_jobs.at(job);
        return result == "done" ? Result<>() : fail(ErrorCode::Io, unit + ": " + result);
    }

private:
    [[nodiscard]] Result<BusObject> object(const std::string &unit, const char *interface)
    {
        const auto reply = m_bus.call(Manager, "GetUnit", {unit}, AnswerLimit, m_goesOn);
        if (!reply) {
            return std::unexpected(about(unit, reply.error()));
        }
        const char *path = nullptr;
        if (sd_bus_message_read_basic(reply->get(), 'o', static_cast<void *>(&path)) < 0) {
            return fail(ErrorCode::Malformed, unit);
        }
        return BusObject{.destination = Manager.destination,
                         .path = path,
                         .interface = std::string("org.freedesktop.systemd1.") + interface};
    }

    BusConnection m_bus;
    const GoesOn &m_goesOn;
    std::map<std::string, std::string> m_jobs; ///< Results of those that are over.
};

Result<Conversation> beginWith(bool isOfUser, const BusAddresses &addresses, const GoesOn &goesOn)
{
    auto bus = isOfUser ? BusConnection::open(BusKind::User, addresses.user)
                        : BusConnection::open(BusKind::System, addresses.system);
    return std::move(bus).transform(
        [&goesOn](BusConnection opened) { return Conversation(std::move(opened), goesOn); });
}

/// The sockets that would start @p unit, and it: those of them that run. Of a socket, it and what it has started.
Result<std::vector<std::string>> partsOf(Conversation &systemd, const std::string &unit)
{
    const bool isSocket = unit.ends_with(".socket");
    auto others = systemd.texts(unit, isSocket ? "Triggers" : "TriggeredBy");
    if (!others) {
        return others;
    }
    std::erase_if(*others, [isSocket](const std::string &other) { return !isSocket && !other.ends_with(".socket"); });
    others->insert(isSocket ? others->begin() : others->end(), unit);
    return systemd.running(*others);
}

} // namespace

SystemdUnits::SystemdUnits(BusAddresses addresses)
    : m_addresses(std::move(addresses))
{
}

Result<ManagedService> SystemdUnits::find(const UnitInfo &unit, const GoesOn &goesOn) const
{
    const bool isOfUser = unit.kind == UnitKind::UserService;
    if (isOfUser && unit.user.value_or(::getuid()) != ::getuid()) {
        return fail(ErrorCode::Denied, unit.name);
    }
    auto systemd = beginWith(isOfUser, m_addresses, goesOn);
    if (!systemd) {
        return std::unexpected(systemd.error());
    }
    ManagedService service{.kind = ReviverKind::Unit, .name = unit.name, .parts = {}, .isOfUser = isOfUser};
    const auto state = systemd->text(unit.name, "Unit", "ActiveState");
    auto parts = partsOf(*systemd, unit.name);
    if (!state || !parts) {
        return std::unexpected(!state ? state.error() : parts.error());
    }
    service.state = *state;
    service.parts = *std::move(parts);
    if (unit.name.ends_with(".service")) {
        service.restart = systemd->text(unit.name, "Service", "Restart").value_or("");
    }
    return service;
}

Result<> SystemdUnits::stop(const ManagedService &service, const GoesOn &goesOn) const
{
    auto systemd = beginWith(service.isOfUser, m_addresses, goesOn);
    Result<> done = systemd ? systemd->hearOfJobs() : std::unexpected(systemd.error());
    for (const auto &unit : service.parts) {
        done = done.and_then([&] { return systemd->order("StopUnit", unit); }).or_else([](const Error &error) {
            // A transient unit is forgotten as soon as it has stopped.
            return error.code == ErrorCode::Gone ? Result<>() : std::unexpected(error);
        });
    }
    return done;
}

Result<> SystemdUnits::start(const ManagedService &service, const GoesOn &goesOn) const
{
    auto systemd = beginWith(service.isOfUser, m_addresses, goesOn);
    Result<> done = systemd ? systemd->hearOfJobs() : std::unexpected(systemd.error());
    for (const auto &unit : service.parts) {
        done = done.and_then([&] { return systemd->order("StartUnit", unit); });
    }
    return done;
}

} // namespace Quay
