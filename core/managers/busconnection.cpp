// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/busconnection.h"

#include "core/base/clock.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>

namespace Quay {

namespace {

using namespace std::chrono_literals;

/// How often whoever waits is asked whether to go on.
constexpr auto Tick = 100ms;
constexpr auto PropertyLimit = 10s;

struct NamedError
{
    std::string_view name;
    ErrorCode code;
};

/// Names of errors that tell more than Io. Source: the D-Bus specification, and bus-common-errors.h of systemd.
constexpr std::array KnownErrors{
    NamedError{.name = "org.freedesktop.DBus.Error.AccessDenied", .code = ErrorCode::Denied},
    NamedError{.name = "org.freedesktop.DBus.Error.AuthFailed", .code = ErrorCode::Denied},
    NamedError{.name = "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired", .code = ErrorCode::Denied},
    NamedError{.name = "org.freedesktop.DBus.Error.NameHasNoOwner", .code = ErrorCode::Unsupported},
    NamedError{.name = "org.freedesktop.DBus.Error.ServiceUnknown", .code = ErrorCode::Unsupported},
    NamedError{.name = "org.freedesktop.DBus.Error.UnknownMethod", .code = ErrorCode::Unsupported},
    NamedError{.name = "org.freedesktop.DBus.Error.UnknownObject", .code = ErrorCode::Gone},
    NamedError{.name = "org.freedesktop.systemd1.NoSuchUnit", .code = ErrorCode::Gone},
};

/// Of a bus that could not start who was asked for: systemd can be started by nobody.
constexpr std::string_view SpawnErrors = "org.freedesktop.DBus.Error.Spawn.";

Error errorFrom(const sd_bus_error &error)
{
    const std::string_view name = error.name != nullptr ? error.name : "";
    const std::string said = error.message != nullptr ? error.message : std::string(name);
    if (name == "org.freedesktop.DBus.Error.NoReply" || name == "org.freedesktop.DBus.Error.Timeout"
        || name == "org.freedesktop.DBus.Error.TimedOut") {
        return {.code = ErrorCode::Io, .subject = said, .sysErrno = ETIMEDOUT};
    }
    if (name.starts_with(SpawnErrors)) {
        return {.code = ErrorCode::Unsupported, .subject = said};
    }
    const auto *const known = std::ranges::find(KnownErrors, name, &NamedError::name);
    return {.code = known != KnownErrors.end() ? known->code : ErrorCode::Io, .subject = said};
}

/// Who answers a call, and what.
struct Answer
{
    std::optional<Result<BusMessage>> result;

    static int take(sd_bus_message *reply, void *data, sd_bus_error * /*unused*/)
    {
        auto *const answer = static_cast<Answer *>(data);
        if (const auto *const error = sd_bus_message_get_error(reply)) {
            answer->result = std::unexpected(errorFrom(*error));
        } else {
            answer->result = BusMessage(sd_bus_message_ref(reply));
        }
        return 0;
    }
};

std::uint64_t microseconds(std::chrono::milliseconds time)
{
    return static_cast<std::uint64_t>(std::chrono::microseconds(time).count());
}

} // namespace

BusArguments textArguments(std::vector<std::string> texts)
{
    return [texts = std::move(texts)](sd_bus_message *message) {
        int result = 0;
        for (const auto &text : texts) {
            result = result < 0 ? result : sd_bus_message_append_basic(message, 's', text.c_str());
        }
        return result;
    };
}

BusConnection::BusConnection(std::string name)
    : m_name(std::move(name))
{
}

Result<BusConnection> BusConnection::open(BusKind kind, const std::string &address)
{
    BusConnection connection(!address.empty()            ? address
                                 : kind == BusKind::User ? std::string("session bus")
                                                         : std::string("system bus"));
    sd_bus *bus = nullptr;
    int result = 0;
    if (address.empty()) {
        result = kind == BusKind::User ? sd_bus_open_user(&bus) : sd_bus_open_system(&bus);
    } else {
        result = sd_bus_new(&bus);
        result = result < 0 ? result : sd_bus_set_address(bus, address.c_str());
        result = result < 0 ? result : sd_bus_set_bus_client(bus, 1);
        result = result < 0 ? result : sd_bus_start(bus);
    }
    connection.m_bus.reset(bus);
    if (result >= 0) { // for what is not asked through call()
        result = sd_bus_set_method_call_timeout(bus, microseconds(PropertyLimit));
    }
    if (result < 0) {
        // No socket, nobody behind it, no variable that names it: there is none.
        const bool isDenied = result == -EACCES || result == -EPERM;
        return fail(isDenied ? ErrorCode::Denied : ErrorCode::Unsupported, connection.m_name, -result);
    }
    return connection;
}

Result<BusMessage> BusConnection::call(const BusObject &object, const char *method, const BusArguments &arguments,
                                       std::chrono::milliseconds limit, const GoesOn &goesOn)
{
    sd_bus_message *made = nullptr;
    int result = sd_bus_message_new_method_call(m_bus.get(), &made, object.destination.c_str(), object.path.c_str(),
                                                object.interface.c_str(), method);
    const BusMessage question(made);
    result = result < 0 ? result : arguments(made);
    result = result < 0 ? result : sd_bus_message_set_allow_interactive_authorization(made, 1);
    Answer answer;
    sd_bus_slot *pending = nullptr;
    result = result < 0 ? result
                        : sd_bus_call_async(m_bus.get(), &pending, made, &Answer::take, &answer, microseconds(limit));
    const Slot slot(pending); // who gives up hears no more
    if (result < 0) {
        return failed(result);
    }
    const auto waited = waitFor([&answer] { return answer.result.has_value(); }, limit + Tick, goesOn);
    if (!waited) {
        return std::unexpected(waited.error());
    }
    return *std::move(answer.result);
}

Result<BusMessage> BusConnection::property(const BusObject &object, const char *name, const GoesOn &goesOn)
{
    const BusObject properties{
        .destination = object.destination, .path = object.path, .interface = "org.freedesktop.DBus.Properties"};
    return call(properties, "Get", textArguments({object.interface, name}), PropertyLimit, goesOn);
}

Result<std::string> BusConnection::text(const BusObject &object, const char *property, const GoesOn &goesOn)
{
    const auto reply = this->property(object, property, goesOn);
    if (!reply) {
        return std::unexpected(reply.error());
    }
    const char *text = nullptr;
    if (sd_bus_message_read(reply->get(), "v", "s", &text) < 0 || text == nullptr) {
        return fail(ErrorCode::Malformed, property);
    }
    return text;
}

Result<std::vector<std::string>> BusConnection::texts(const BusObject &object, const char *property,
                                                      const GoesOn &goesOn)
{
    const auto reply = this->property(object, property, goesOn);
    if (!reply) {
        return std::unexpected(reply.error());
    }
    std::vector<std::string> texts;
    int result = sd_bus_message_enter_container(reply->get(), 'v', "as");
    result = result < 0 ? result : sd_bus_message_enter_container(reply->get(), 'a', "s");
    const char *text = nullptr;
    while (result >= 0 && (result = sd_bus_message_read_basic(reply->get(), 's', static_cast<void *>(&text))) > 0) {
        texts.emplace_back(text);
    }
    if (result < 0) {
        return fail(ErrorCode::Malformed, property);
    }
    return texts;
}

Result<> BusConnection::listen(const BusObject &object, const char *signal,
                               std::function<void(sd_bus_message *)> listener)
{
    auto kept = std::make_unique<Listener>(std::move(listener), nullptr);
    sd_bus_slot *slot = nullptr;
    const int result = sd_bus_match_signal(
        m_bus.get(), &slot, object.destination.c_str(), object.path.c_str(), object.interface.c_str(), signal,
        [](sd_bus_message *message, void *data, sd_bus_error * /*unused*/) {
            static_cast<Listener *>(data)->notice(message);
            return 0;
        },
        kept.get());
    kept->slot.reset(slot);
    if (result < 0) {
        return failed(result);
    }
    m_listeners.push_back(std::move(kept));
    return {};
}

Result<> BusConnection::waitFor(const std::function<bool()> &isDone, std::chrono::milliseconds limit,
                                const GoesOn &goesOn)
{
    const auto end = systemClock().monotonic() + limit;
    while (!isDone()) {
        int result = sd_bus_process(m_bus.get(), nullptr);
        if (result > 0) {
            continue; // there may be more
        }
        if (result < 0) {
            return failed(result);
        }
        if (systemClock().monotonic() >= end) {
            return failed(-ETIMEDOUT);
        }
        if (!goesOn()) {
            return failed(-ECANCELED);
        }
        result = sd_bus_wait(m_bus.get(), microseconds(Tick));
        if (result < 0 && result != -EINTR) {
            return failed(result);
        }
    }
    return {};
}

std::unexpected<Error> BusConnection::failed(int result) const
{
    const bool isClosed = result == -ENOTCONN || result == -ECONNRESET;
    return fail(isClosed ? ErrorCode::Unsupported : ErrorCode::Io, m_name, -result);
}

} // namespace Quay
