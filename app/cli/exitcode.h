// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Quay {

/// What a script can rely on; documented in quay(1).
enum class ExitCode
{
    Done = 0,
    NotAchieved = 1, ///< The message says what stood in the way.
    Usage = 2, ///< Wrong usage or configuration.
    NotPermitted = 3,
    NothingThere = 4, ///< Nothing there to act on.
};

} // namespace Quay
