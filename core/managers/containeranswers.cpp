// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/containeranswers.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QLatin1StringView>

#include <algorithm>
#include <optional>
#include <utility>

namespace Quay {

namespace {

constexpr std::size_t LongestId = 255;

QJsonDocument documentFrom(std::string_view answer)
{
    return QJsonDocument::fromJson(QByteArray::fromRawData(answer.data(), static_cast<qsizetype>(answer.size())));
}

std::string textOf(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1StringView(name)).toString().toStdString();
}

QJsonObject objectOf(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1StringView(name)).toObject();
}

/// A port that is not published has no port of the machine: nothing. So has one of SCTP.
Result<std::optional<PublishedPort>> portFrom(const QJsonValue &value)
{
    const auto object = value.toObject();
    const std::string type = textOf(object, "Type");
    const auto number = object.value(QLatin1StringView("PublicPort"));
    if (!value.isObject() || type.empty()) {
        return fail(ErrorCode::Malformed, "Ports");
    }
    if (number.isUndefined() || number.isNull() || (type != "tcp" && type != "udp")) {
        return std::nullopt;
    }
    const qint64 port = number.toInteger(-1);
    if (!std::in_range<std::uint16_t>(port)) {
        return fail(ErrorCode::Malformed, "PublicPort");
    }
    if (port == 0) {
        return std::nullopt;
    }
    const std::string address = textOf(object, "IP"); // Podman says nothing for all
    const auto parsed = ipAddressFromText(address);
    if (!address.empty() && !parsed) {
        return fail(ErrorCode::Malformed, "IP");
    }
    return PublishedPort{.protocol = type == "udp" ? Protocol::Udp : Protocol::Tcp,
                         .port = static_cast<std::uint16_t>(port),
                         .address = parsed && !isAny(*parsed) ? parsed : std::nullopt};
}

Result<ListedContainer> listedFrom(const QJsonValue &value)
{
    const auto object = value.toObject();
    ListedContainer container{.id = textOf(object, "Id"), .published = {}};
    const auto ports = object.value(QLatin1StringView("Ports"));
    if (!isContainerId(container.id)) {
        return fail(ErrorCode::Malformed, "Id");
    }
    if (!ports.isArray() && !ports.isNull() && !ports.isUndefined()) { // Podman says null for none
        return fail(ErrorCode::Malformed, "Ports");
    }
    for (const auto &element : ports.toArray()) {
        const auto port = portFrom(element);
        if (!port) {
            return std::unexpected(port.error());
        }
        if (*port) {
            container.published.push_back(**port);
        }
    }
    return container;
}

} // namespace

bool isContainerId(std::string_view id)
{
    const auto isAllowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
            || c == '.';
    };
    return !id.empty() && id.size() <= LongestId && id.front() != '.' && std::ranges::all_of(id, isAllowed);
}

Result<std::vector<ListedContainer>> containersFromJson(std::string_view answer)
{
    const auto document = documentFrom(answer);
    if (!document.isArray()) {
        return fail(ErrorCode::Malformed, "list of containers");
    }
    std::vector<ListedContainer> containers;
    for (const auto &element : document.array()) {
        auto container = listedFrom(element);
        if (!container) {
            return std::unexpected(container.error());
        }
        containers.push_back(*std::move(container));
    }
    return containers;
}

Result<InspectedContainer> containerFromJson(std::string_view answer)
{
    const auto object = documentFrom(answer).object();
    InspectedContainer container{.id = textOf(object, "Id"),
                                 .name = textOf(object, "Name"),
                                 .image = textOf(objectOf(object, "Config"), "Image"),
                                 .state = textOf(objectOf(object, "State"), "Status"),
                                 .restart = {}};
    if (!isContainerId(container.id)) {
        return fail(ErrorCode::Malformed, "Id");
    }
    if (container.name.starts_with('/')) {
        container.name.erase(0, 1);
    }
    if (container.name.empty()) {
        return fail(ErrorCode::Malformed, "Name");
    }
    container.restart = textOf(objectOf(objectOf(object, "HostConfig"), "RestartPolicy"), "Name");
    return container;
}

std::string complaintFromJson(std::string_view answer)
{
    return textOf(documentFrom(answer).object(), "message");
}

} // namespace Quay
