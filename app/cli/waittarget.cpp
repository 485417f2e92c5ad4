// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/waittarget.h"

#include "app/cli/portrange.h"
#include "core/probes/httptarget.h"

#include <optional>
#include <utility>

namespace Quay {

namespace {

constexpr std::string_view FreePrefix = "free:";
constexpr std::string_view TcpPrefix = "tcp:";

struct HostAndPort
{
    std::string host;
    std::uint16_t port = 0;
};

/// `HOST:PORT` or `[IPV6]:PORT`.
std::optional<HostAndPort> hostAndPort(std::string_view text)
{
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return {};
    }
    std::string_view host = text.substr(0, colon);
    const auto port = portFromText(text.substr(colon + 1));
    const bool isBracketed = host.starts_with('[') && host.ends_with(']');
    if (isBracketed) {
        host = host.substr(1, host.size() - 2);
    }
    const bool isAmbiguous = !isBracketed && host.contains(':');
    if (!port || host.empty() || isAmbiguous || host.find_first_of(" /@") != std::string_view::npos) {
        return {};
    }
    return HostAndPort{.host = std::string(host), .port = *port};
}

std::optional<HostAndPort> hostAndPortOfUrl(std::string_view word)
{
    return httpTargetFromUrl(std::string(word)).transform([](HttpTarget &&target) {
        return HostAndPort{.host = std::move(target.host), .port = target.port};
    });
}

bool isHttpUrl(std::string_view word)
{
    return word.starts_with("http://") || word.starts_with("https://");
}

} // namespace

Result<WaitTarget> waitTargetFromText(std::string_view word)
{
    WaitTarget target{.kind = WaitTarget::Kind::Listen, .word = std::string(word), .host = {}, .port = 0};
    if (word.starts_with(TcpPrefix) || isHttpUrl(word)) {
        target.kind = isHttpUrl(word) ? WaitTarget::Kind::Http : WaitTarget::Kind::Tcp;
        auto place = isHttpUrl(word) ? hostAndPortOfUrl(word) : hostAndPort(word.substr(TcpPrefix.size()));
        if (!place) {
            return fail(ErrorCode::Invalid, std::string(word));
        }
        target.host = std::move(place->host);
        target.port = place->port;
        return target;
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
