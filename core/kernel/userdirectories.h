// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace Quay {

// Where this user's files of Quaymaster are. They need not be there yet. Where the environment names directories of
// another user, as with `sudo -E`, they are not used: what root makes there would be in that user's way.

/// The subject of the errors of the state and of the configuration.
inline constexpr std::string_view NoHome = "HOME";

/// `${XDG_STATE_HOME:-~/.local/state}/quaymaster`. Errors: Unsupported when the user has no home.
[[nodiscard]] Result<std::string> userStateDirectory();

/// Why XDG_STATE_HOME is set and not used all the same. Denied: it is another user's. Invalid: it is no absolute path.
/// The subject is what it names. Nothing: it is used, or not set.
[[nodiscard]] std::optional<Error> ignoredStateHome();

/// `${XDG_CONFIG_HOME:-~/.config}/quaymaster`. Errors: as userStateDirectory().
[[nodiscard]] Result<std::string> userConfigDirectory();

/// `${XDG_RUNTIME_DIR}/quaymaster`: in memory, gone with the session. Errors: Unsupported when there is no session,
/// with the variable as subject. Denied, Invalid: it is set and not used, as with ignoredStateHome().
[[nodiscard]] Result<std::string> userRuntimeDirectory();

} // namespace Quay
