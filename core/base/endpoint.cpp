// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/endpoint.h"

#include "core/base/number.h"

namespace Quay {

std::optional<std::uint16_t> portNumberFromText(std::string_view text)
{
    const auto port = numberFromText<std::uint16_t>(text);
    return port == 0 ? std::nullopt : port;
}

std::optional<Endpoint> endpointFromText(std::string_view text)
{
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view host = text.substr(0, colon);
    const auto port = portNumberFromText(text.substr(colon + 1));
    const bool isBracketed = host.starts_with('[') && host.ends_with(']');
    if (isBracketed) {
        host = host.substr(1, host.size() - 2);
    }
    const bool isAmbiguous = !isBracketed && host.contains(':');
    if (!port || host.empty() || isAmbiguous || host.find_first_of(" /@[]") != std::string_view::npos) {
        return std::nullopt;
    }
    return Endpoint{.host = std::string(host), .port = *port};
}

std::string endpointWord(const Endpoint &endpoint)
{
    const bool needsBrackets = endpoint.host.contains(':');
    return (needsBrackets ? '[' + endpoint.host + ']' : endpoint.host) + ':' + std::to_string(endpoint.port);
}

} // namespace Quay
