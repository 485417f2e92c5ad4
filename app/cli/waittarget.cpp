// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/waittarget.h"

#include "app/cli/portrange.h"
#include "core/base/endpoint.h"
#include "core/probes/httptarget.h"
#include "core/servers/configreader.h"

#include <optional>
#include <utility>

namespace Quay {

namespace {

constexpr std::string_view FreePrefix = "free:";
constexpr std::string_view TcpPrefix = "tcp:";
constexpr std::string_view ServerPrefix = "server:";

std::optional<Endpoint> endpointOfUrl(std::string_view word)
{
    return httpTargetFromUrl(std::string(word)).transform([](HttpTarget &&target) {
        return Endpoint{.host = std::move(target.host), .port = target.port};
    });
}

} // namespace

Result<WaitTarget> waitTargetFromText(std::string_view word)
{
    WaitTarget target{.kind = WaitTarget::Kind::Listen, .word = std::string(word), .host = {}, .port = 0};
    if (word.starts_with(TcpPrefix) || isHttpUrl(word)) {
        target.kind = isHttpUrl(word) ? WaitTarget::Kind::Http : WaitTarget::Kind::Tcp;
        auto place = isHttpUrl(word) ? endpointOfUrl(word) : endpointFromText(word.substr(TcpPrefix.size()));
        if (!place) {
            return fail(ErrorCode::Invalid, std::string(word));
        }
        target.host = std::move(place->host);
        target.port = place->port;
        return target;
    }
    if (word.starts_with(ServerPrefix)) {
        target.kind = WaitTarget::Kind::Server;
        target.host = word.substr(ServerPrefix.size());
        return isServerName(target.host) ? Result<WaitTarget>(target) : fail(ErrorCode::Invalid, target.word);
    }
    if (word.starts_with(FreePrefix)) {
        target.kind = WaitTarget::Kind::Free;
        word.remove_prefix(FreePrefix.size());
    }
    const auto port = portFromText(word);
    if (!port) {
        return fail(ErrorCode::Invalid, target.word);
    }
    target.port = *port;
    return target;
}

} // namespace Quay
