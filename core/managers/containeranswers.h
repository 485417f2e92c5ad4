// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// A port of the machine that a container answers on.
struct PublishedPort
{
    Protocol protocol = Protocol::Tcp;
    std::uint16_t port = 0; ///< Of the machine.
    std::optional<IpAddress> address; ///< Of the machine; nothing: at all of them.

    bool operator==(const PublishedPort &) const = default;
};

/// A running container in the list of all.
struct ListedContainer
{
    std::string id;
    std::vector<PublishedPort> published;

    bool operator==(const ListedContainer &) const = default;
};

/// What is known about one container. Raw bytes.
struct InspectedContainer
{
    std::string id;
    std::string name; ///< Without the slash that it begins with.
    std::string image; ///< Empty when unknown.
    std::string state; ///< `running`, `exited`; empty when unknown.
    std::string restart; ///< `no`, `always`, `unless-stopped`, `on-failure`; empty when unknown.

    bool operator==(const InspectedContainer &) const = default;
};

/// Whether @p id can be a part of a path: letters, digits, `-`, `_` and `.`, and no more than a name may have.
[[nodiscard]] bool isContainerId(std::string_view id);

/**
 * Reads the answer to `GET /containers/json`.
 *
 * Source:  the Docker Engine API, which Podman speaks as well.
 * Errors:  Malformed, with what is wrong as subject. Nothing is returned for a partly good list.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] Result<std::vector<ListedContainer>> containersFromJson(std::string_view answer);

/// Reads the answer to `GET /containers/ID/json`. As containersFromJson().
[[nodiscard]] Result<InspectedContainer> containerFromJson(std::string_view answer);

/// The `message` of an answer that says what went wrong; empty when it has none. Threads: pure function.
[[nodiscard]] std::string complaintFromJson(std::string_view answer);

} // namespace Quay
