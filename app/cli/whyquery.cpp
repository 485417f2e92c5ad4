// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/whyquery.h"

#include "app/cli/portrange.h"

#include <charconv>
#include <memory>
#include <string>

namespace Quay {

namespace {

constexpr std::string_view PidPrefix = "pid:";

std::optional<pid_t> pidFromText(std::string_view word)
{
    pid_t pid = 0;
    const char *const end = std::to_address(word.end());
    const auto [stop, failure] = std::from_chars(std::to_address(word.begin()), end, pid);
    return failure == std::errc() && stop == end && pid > 0 ? std::optional(pid) : std::nullopt;
}

std::optional<std::uint16_t> knownPort(std::string_view word)
{
    const auto port = portFromText(word);
    return port ? std::optional(*port) : std::nullopt;
}

} // namespace

Result<WhyQuery> whyQueryFromText(std::string_view word)
{
    WhyQuery query;
    if (word.starts_with(':')) {
        query.port = knownPort(word.substr(1));
    } else if (word.starts_with(PidPrefix)) {
        query.pid = pidFromText(word.substr(PidPrefix.size()));
    } else {
        query = {.port = knownPort(word), .pid = pidFromText(word)};
    }
    if (!query.port && !query.pid) {
        return fail(ErrorCode::Invalid, std::string(word));
    }
    return query;
}

} // namespace Quay
