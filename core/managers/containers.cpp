// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/containers.h"

#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"
#include "core/managers/socketclient.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr long NotFound = 404;
constexpr long FirstBad = 400;

/// What the runtime needs beyond the grace period, to kill and to take down the network.
constexpr auto StopMargin = 30s;
constexpr auto StartLimit = 60s;

std::string variable(const char *name)
{
    const char *const value = std::getenv(name);
    return value != nullptr ? value : "";
}

/// The answer to @p question when it is a good one. @p who: for whom is asked.
Result<std::string> ask(const std::string &socket, const HttpQuestion &question, const std::string &who,
                        const GoesOn &goesOn)
{
    auto reply = askSocket(socket, question, goesOn);
    if (!reply) {
        return std::unexpected(reply.error());
    }
    if (reply->status == NotFound) {
        return fail(ErrorCode::Gone, who);
    }
    if (reply->status >= FirstBad) {
        const std::string complaint = complaintFromJson(reply->body);
        return fail(ErrorCode::Io, socket + ": " + (complaint.empty() ? std::to_string(reply->status) : complaint));
    }
    if (reply->status < 200) {
        return fail(ErrorCode::Malformed, socket);
    }
    return std::move(reply->body);
}

/// An error of the parser names the API that answered so.
template<typename Value>
Result<Value> from(const std::string &socket, Result<Value> parsed)
{
    return std::move(parsed).transform_error([&socket](Error error) {
        error.subject = socket + ": " + error.subject;
        return error;
    });
}

/// Two containers may publish one port at two addresses.
bool isSameSocket(const PublishedPort &published, const SocketRecord &socket)
{
    const bool isAtAll = isAny(socket.localAddress);
    return published.protocol == socket.protocol && published.port == socket.localPort
        && (published.address ? !isAtAll && unmapped(socket.localAddress) == *published.address : isAtAll);
}

bool publishes(const ListedContainer &container, const std::vector<ListenerPtr> &listeners)
{
    return std::ranges::any_of(listeners, [&container](const ListenerPtr &listener) {
        return std::ranges::any_of(container.published, [&listener](const PublishedPort &published) {
            return isSameSocket(published, listener->socket);
        });
    });
}

std::string portsText(const std::vector<ListenerPtr> &listeners)
{
    return listeners.empty() ? "container" : "port " + std::to_string(listeners.front()->socket.localPort);
}

Result<std::string> idByPorts(const std::string &socket, const std::vector<ListenerPtr> &listeners,
                              const GoesOn &goesOn)
{
    const auto answer = ask(socket, {.path = "/containers/json"}, portsText(listeners), goesOn);
    const auto containers =
        answer.and_then([&](const std::string &body) { return from(socket, containersFromJson(body)); });
    if (!containers) {
        return std::unexpected(containers.error());
    }
    const auto found = std::ranges::find_if(
        *containers, [&listeners](const ListedContainer &container) { return publishes(container, listeners); });
    return found != containers->end() ? Result<std::string>(found->id) : fail(ErrorCode::Gone, portsText(listeners));
}

Result<ManagedService> inspect(const std::string &socket, const std::string &id, const GoesOn &goesOn)
{
    if (!isContainerId(id)) {
        return fail(ErrorCode::Invalid, id);
    }
    const auto answer = ask(socket, {.path = "/containers/" + id + "/json"}, id, goesOn);
    const auto container =
        answer.and_then([&](const std::string &body) { return from(socket, containerFromJson(body)); });
    return container.transform([&socket](const InspectedContainer &inspected) {
        return ManagedService{.kind = ReviverKind::Container,
                              .name = inspected.name,
                              .parts = {inspected.id},
                              .endpoint = socket,
                              .image = inspected.image,
                              .state = inspected.state,
                              .restart = inspected.restart};
    });
}

/// How much an error tells somebody who wanted a container: that one API does not know it tells less than that another
/// one did not let us ask, and that there is none tells least.
int weight(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Unsupported:
        return 0;
    case ErrorCode::Gone:
        return 1;
    case ErrorCode::Denied:
    case ErrorCode::Malformed:
    case ErrorCode::Invalid:
    case ErrorCode::Io:
        break;
    }
    return 2;
}

} // namespace

std::vector<std::string> containerSockets()
{
    constexpr std::string_view UnixScheme = "unix://";
    const std::string named = variable("DOCKER_HOST");
    if (named.starts_with(UnixScheme)) {
        return {named.substr(UnixScheme.size())};
    }
    std::vector<std::string> sockets;
    const std::string runtime = variable("XDG_RUNTIME_DIR");
    if (!runtime.empty()) {
        sockets.push_back(runtime + "/docker.sock");
        sockets.push_back(runtime + "/podman/podman.sock");
    }
    sockets.emplace_back("/var/run/docker.sock");
    sockets.emplace_back("/run/podman/podman.sock");
    return sockets;
}

Containers::Containers(std::vector<std::string> sockets)
    : m_sockets(std::move(sockets))
{
}

Result<ManagedService> Containers::find(const Reviver &reviver, const GoesOn &goesOn) const
{
    const std::string &known = reviver.unit.containerId;
    Error most{.code = ErrorCode::Unsupported, .subject = "Docker, Podman"};
    for (const auto &socket : m_sockets) {
        const auto id = known.empty() ? idByPorts(socket, reviver.published, goesOn) : Result<std::string>(known);
        auto found = id.and_then([&](const std::string &itsId) { return inspect(socket, itsId, goesOn); });
        if (found || found.error().sysErrno == ECANCELED) {
            return found;
        }
        if (weight(found.error()) > weight(most)) {
            most = found.error();
        }
    }
    return std::unexpected(most);
}

Result<> Containers::stop(const ManagedService &service, std::chrono::milliseconds grace, const GoesOn &goesOn) const
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(grace);
    const HttpQuestion question{.isPost = true,
                                .path = "/containers/" + service.parts.front()
                                    + "/stop?t=" + std::to_string(seconds.count()),
                                .limit = seconds + StopMargin};
    return ask(service.endpoint, question, service.name, goesOn).transform([](const std::string &) { });
}

Result<> Containers::start(const ManagedService &service, const GoesOn &goesOn) const
{
    const HttpQuestion question{
        .isPost = true, .path = "/containers/" + service.parts.front() + "/start", .limit = StartLimit};
    return ask(service.endpoint, question, service.name, goesOn).transform([](const std::string &) { });
}

} // namespace Quay
