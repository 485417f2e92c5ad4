// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <chrono>
#include <string_view>

namespace Quay {

/**
 * A time of day, since 1970: so long ago (`30m`, `12h`, `2d`), today at `14:05`, a day (`2026-07-14`), or a day and
 * time
 * (`2026-07-14T14:05`, with a blank for the T, with seconds, with `Z` or `+02:00` behind it). What has no zone is meant
 * in the user's.
 *
 * Errors: Invalid, with the word as subject.
 */
[[nodiscard]] Result<std::chrono::nanoseconds> sinceTimeFromText(std::string_view word, const Clock &clock);

} // namespace Quay
