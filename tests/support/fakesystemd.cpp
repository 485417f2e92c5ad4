// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakesystemd.h"

#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <stop_token>
#include <string_view>
#include <utility>

namespace Quay::Test {

namespace {

constexpr const char *ManagerPath = "/org/freedesktop/systemd1";
constexpr const char *ManagerInterface = "org.freedesktop.systemd1.Manager";
constexpr const char *UnitPrefix = "/org/freedesktop/systemd1/unit";
constexpr std::uint64_t WaitMicroseconds = 20'000;

std::string pathOf(const std::string &unit)
{
    char *path = nullptr;
    sd_bus_path_encode(UnitPrefix, unit.c_str(), &path);
    const std::unique_ptr<char, decltype(&std::free)> owned(path, &std::free);
    return owned.get();
}

std::string unitAt(const char *path)
{
    char *unit = nullptr;
    sd_bus_path_decode(path, UnitPrefix, &unit);
    const std::unique_ptr<char, decltype(&std::free)> owned(unit, &std::free);
    return owned ? owned.get() : "";
}

int refuse(sd_bus_message *call, const std::string &name)
{
    return sd_bus_reply_method_errorf(call, name.c_str(), "%s", "It was refused.");
}

/// ` NAME=VALUE` for each property of a transient unit that has a type which we use.
std::string propertiesIn(sd_bus_message *call)
{
    std::string texts;
    const char *name = nullptr;
    sd_bus_message_enter_container(call, 'a', "(sv)");
    while (sd_bus_message_enter_container(call, 'r', "sv") > 0) {
        sd_bus_message_read_basic(call, 's', static_cast<void *>(&name));
        const char *type = nullptr;
        sd_bus_message_peek_type(call, nullptr, &type);
        const char *text = nullptr;
        int flag = 0;
        std::uint32_t number = 0;
        if (std::string_view(type) == "s" && sd_bus_message_read(call, "v", "s", &text) > 0) {
            texts += std::string(" ") + name + '=' + text;
        } else if (std::string_view(type) == "b" && sd_bus_message_read(call, "v", "b", &flag) > 0) {
            texts += std::string(" ") + name + '=' + (flag != 0 ? "yes" : "no");
        } else if (std::string_view(type) == "au" && sd_bus_message_read(call, "v", "au", 1, &number) > 0) {
            texts += std::string(" ") + name + '=' + std::to_string(number);
        }
        sd_bus_message_exit_container(call);
    }
    sd_bus_message_exit_container(call);
    return texts;
}

int replyTexts(sd_bus_message *call, const std::vector<std::string> &texts)
{
    sd_bus_message *reply = nullptr;
    sd_bus_message_new_method_return(call, &reply);
    sd_bus_message_open_container(reply, 'v', "as");
    sd_bus_message_open_container(reply, 'a', "s");
    for (const auto &text : texts) {
        sd_bus_message_append(reply, "s", text.c_str());
    }
    sd_bus_message_close_container(reply);
    sd_bus_message_close_container(reply);
    const int result = sd_bus_send(nullptr, reply, nullptr);
    sd_bus_message_unref(reply);
    return result;
}

} // namespace

FakeSystemd::FakeSystemd(const std::string &busAddress, std::map<std::string, FakeUnit> units)
    : m_units(std::move(units))
{
    sd_bus *bus = nullptr;
    sd_bus_new(&bus);
    m_bus.reset(bus);
    sd_bus_set_address(bus, busAddress.c_str());
    sd_bus_set_bus_client(bus, 1);
    const auto handler = [](sd_bus_message *call, void *self, sd_bus_error * /*unused*/) {
        return static_cast<FakeSystemd *>(self)->handle(call);
    };
    if (sd_bus_start(bus) < 0 || sd_bus_add_fallback(bus, nullptr, ManagerPath, handler, this) < 0
        || sd_bus_request_name(bus, "org.freedesktop.systemd1", 0) < 0) {
        throw std::runtime_error("no name on " + busAddress);
    }
    m_thread = std::jthread([this](const std::stop_token &stop) {
        while (!stop.stop_requested() && sd_bus_process(m_bus.get(), nullptr) >= 0) {
            sd_bus_wait(m_bus.get(), WaitMicroseconds);
        }
    });
}

std::vector<std::string> FakeSystemd::orders() const
{
    const std::scoped_lock lock(m_mutex);
    return m_orders;
}

int FakeSystemd::handle(sd_bus_message *call)
{
    return std::string_view(sd_bus_message_get_path(call)) == ManagerPath ? handleManager(call) : handleProperty(call);
}

int FakeSystemd::handleManager(sd_bus_message *call)
{
    const std::string method = sd_bus_message_get_member(call);
    if (method == "Subscribe") {
        m_isSubscribed = true;
        return sd_bus_reply_method_return(call, "");
    }
    if (method == "StopUnit" || method == "StartUnit" || method == "StartTransientUnit") {
        return handleOrder(call, method);
    }
    const char *unit = nullptr;
    sd_bus_message_read(call, "s", &unit);
    if (method != "GetUnit" || !m_units.contains(unit)) {
        return refuse(call, "org.freedesktop.systemd1.NoSuchUnit");
    }
    return sd_bus_reply_method_return(call, "o", pathOf(unit).c_str());
}

int FakeSystemd::handleProperty(sd_bus_message *call)
{
    const char *interface = nullptr;
    const char *name = nullptr;
    sd_bus_message_read(call, "ss", &interface, &name);
    const auto &unit = m_units.at(unitAt(sd_bus_message_get_path(call)));
    const std::string property = std::string(interface) + '.' + name;
    if (property == "org.freedesktop.systemd1.Unit.TriggeredBy") {
        return replyTexts(call, unit.triggeredBy);
    }
    if (property == "org.freedesktop.systemd1.Unit.Triggers") {
        return replyTexts(call, unit.triggers);
    }
    if (property == "org.freedesktop.systemd1.Unit.ActiveState") {
        return sd_bus_reply_method_return(call, "v", "s", unit.activeState.c_str());
    }
    if (property == "org.freedesktop.systemd1.Service.Restart") {
        return sd_bus_reply_method_return(call, "v", "s", unit.restart.c_str());
    }
    return refuse(call, "org.freedesktop.DBus.Error.UnknownProperty");
}

int FakeSystemd::handleOrder(sd_bus_message *call, const std::string &method)
{
    const char *name = nullptr;
    const char *mode = nullptr;
    sd_bus_message_read(call, "ss", &name, &mode);
    {
        const std::scoped_lock lock(m_mutex);
        const bool mayAsk = sd_bus_message_get_allow_interactive_authorization(call) > 0;
        m_orders.push_back(method + ' ' + name + ' ' + mode + (mayAsk ? "?" : "")
                           + (method == "StartTransientUnit" ? propertiesIn(call) : ""));
    }
    const auto found = m_units.find(name);
    if (found == m_units.end()) {
        return refuse(call, "org.freedesktop.systemd1.NoSuchUnit");
    }
    auto &unit = found->second;
    if (unit.isSilent) {
        return 1;
    }
    if (!unit.refusal.empty()) {
        return refuse(call, unit.refusal);
    }
    const std::string job = "/org/freedesktop/systemd1/job/" + std::to_string(++m_jobs);
    const int result = sd_bus_reply_method_return(call, "o", job.c_str());
    if (method == "StopUnit" && unit.whenStopped) {
        unit.whenStopped();
    }
    if (unit.jobResult == "done") {
        unit.activeState = method == "StopUnit" ? "inactive" : "active";
    }
    if (m_isSubscribed) {
        sd_bus_emit_signal(m_bus.get(), ManagerPath, ManagerInterface, "JobRemoved", "uoss", m_jobs, job.c_str(), name,
                           unit.jobResult.c_str());
    }
    return result;
}

} // namespace Quay::Test
