// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/portrange.h"

#include <charconv>
#include <memory>

namespace Quay {

Result<std::uint16_t> portFromText(std::string_view word)
{
    std::uint16_t port = 0;
    const char *const end = std::to_address(word.end());
    const auto [stop, failure] = std::from_chars(std::to_address(word.begin()), end, port);
    if (failure != std::errc() || stop != end || port == 0) {
        return fail(ErrorCode::Invalid, std::string(word));
    }
    return port;
}

Result<PortRange> portRangeFromText(std::string_view word)
{
    const auto ports = word.substr(word.starts_with(':') ? 1 : 0); // as the window's search has them
    const auto dash = ports.find('-');
    const auto first = portFromText(ports.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : portFromText(ports.substr(dash + 1));
    if (!first || !last || *first > *last) {
        return fail(ErrorCode::Invalid, std::string(word));
    }
    return PortRange{.first = *first, .last = *last};
}

QString portRangeText(PortRange range)
{
    const QString first = QString::number(range.first);
    return range.first == range.last ? first : QString(first + u'-' + QString::number(range.last));
}

} // namespace Quay
