// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/systemdmanager.h"

#include <utility>

namespace Quay {

namespace {

const BusObject Manager{.destination = "org.freedesktop.systemd1",
                        .path = "/org/freedesktop/systemd1",
                        .interface = "org.freedesktop.systemd1.Manager"};

Error about(const std::string &unit, Error error)
{
    error.subject = unit + ": " + error.subject;
    return error;
}

/// The path of an object, which is all that @p reply holds.
Result<std::string> pathIn(const BusMessage &reply, const std::string &unit)
{
    const char *path = nullptr;
    if (sd_bus_message_read_basic(reply.get(), 'o', static_cast<void *>(&path)) < 0) {
        return fail(ErrorCode::Malformed, unit);
    }
    return path;
}

} // namespace

SystemdManager::SystemdManager(BusConnection bus, const GoesOn &goesOn)
    : m_bus(std::move(bus))
    , m_goesOn(&goesOn)
    , m_jobs(std::make_unique<std::map<std::string, std::string>>())
{
}

Result<SystemdManager> SystemdManager::open(BusKind kind, const std::string &address, const GoesOn &goesOn)
{
    return BusConnection::open(kind, address).transform([&goesOn](BusConnection opened) {
        return SystemdManager(std::move(opened), goesOn);
    });
}

Result<std::string> SystemdManager::text(const std::string &unit, const char *interface, const char *property)
{
    return object(unit, interface).and_then([&](const BusObject &found) {
        return m_bus.text(found, property, *m_goesOn);
    });
}

Result<std::vector<std::string>> SystemdManager::texts(const std::string &unit, const char *property)
{
    return object(unit, "Unit").and_then([&](const BusObject &found) {
        return m_bus.texts(found, property, *m_goesOn);
    });
}

Result<> SystemdManager::hearOfJobs(std::chrono::milliseconds limit)
{
    const auto heard = m_bus.listen(Manager, "JobRemoved", [jobs = m_jobs.get()](sd_bus_message *message) {
        const char *job = nullptr;
        const char *result = nullptr;
        if (sd_bus_message_read(message, "uoss", nullptr, &job, nullptr, &result) >= 0) {
            jobs->insert_or_assign(job, result);
        }
    });
    return heard.and_then([&] {
        return m_bus.call(Manager, "Subscribe", textArguments({}), limit, *m_goesOn).transform([](const BusMessage &) {
        });
    });
}

Result<> SystemdManager::order(const char *method, const std::string &unit, const BusArguments &arguments,
                               const Limits &limits)
{
    const auto job =
        m_bus.call(Manager, method, arguments, limits.order, *m_goesOn).and_then([&unit](const BusMessage &reply) {
            return pathIn(reply, unit);
        });
    if (!job) {
        return std::unexpected(about(unit, job.error()));
    }
    const auto waited = m_bus.waitFor([&] { return m_jobs->contains(*job); }, limits.job, *m_goesOn);
    if (!waited) {
        return std::unexpected(about(unit, waited.error()));
    }
    const auto &result = m_jobs->at(*job);
    return result == "done" ? Result<>() : fail(ErrorCode::Io, unit + ": " + result);
}

Result<BusObject> SystemdManager::object(const std::string &unit, const char *interface)
{
    const auto path = m_bus.call(Manager, "GetUnit", textArguments({unit}), AnswerLimit, *m_goesOn)
                          .and_then([&](const BusMessage &reply) { return pathIn(reply, unit); });
    if (!path) {
        return std::unexpected(about(unit, path.error()));
    }
    return BusObject{.destination = Manager.destination,
                     .path = *path,
                     .interface = std::string("org.freedesktop.systemd1.") + interface};
}

} // namespace Quay
