// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace Quay {

/// What every process of a run finds in its environment, and its children too, whatever session they move to: so they
/// are known when nobody is left to tell.
inline constexpr std::string_view RunVariable = "QUAYMASTER_RUN";

/// The variable with its value: `QUAYMASTER_RUN=KEY/RUN-ID`. Threads: pure function.
[[nodiscard]] inline std::string runMark(std::string_view key, std::string_view runId)
{
    std::string mark(RunVariable);
    mark += '=';
    mark += key;
    mark += '/';
    mark += runId;
    return mark;
}

} // namespace Quay
