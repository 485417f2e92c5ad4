// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/supervise/userscopes.h"

#include <optional>
#include <string>
#include <string_view>

namespace Quay {

/// The file of another program of ours: it is beside this one. Source: /proc/self/exe. Threads: any.
[[nodiscard]] std::string siblingProgram(std::string_view name);
/// The scopes of this session's systemd, which `quaymaster-scope` opens; nothing where there is none. Threads: any.
[[nodiscard]] std::optional<UserScopes> sessionScopes();

} // namespace Quay
