// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/siblingprogram.h"

#include "core/kernel/ownprogram.h"
#include "core/servers/configpath.h"
#include "core/supervise/userscopes.h"

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

std::string siblingProgram(std::string_view name)
{
    return directoryOf(ownProgram()) + '/' + std::string(name);
}

std::optional<UserScopes> sessionScopes()
{
    const char *const runtime = std::getenv("XDG_RUNTIME_DIR"); // NOLINT(concurrency-mt-unsafe): nobody changes it
    return findUserScopes(siblingProgram("quaymaster-scope"), runtime != nullptr ? runtime : "");
}

} // namespace Quay
