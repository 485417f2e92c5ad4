// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string_view>

#include <sys/types.h>

namespace Quay {

/// What `quay why` is asked about. Both are set for a bare number: a port when somebody listens there, else a pid.
struct WhyQuery
{
    std::optional<std::uint16_t> port;
    std::optional<pid_t> pid;

    bool operator==(const WhyQuery &) const = default;
};

/// `3000`, `:3000` (a port), `pid:4711`. Errors: Invalid, with the word as subject.
[[nodiscard]] Result<WhyQuery> whyQueryFromText(std::string_view word);

} // namespace Quay
