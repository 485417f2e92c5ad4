// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imports/imported.h"

#include <string>
#include <string_view>

namespace Quay {

/**
 * Makes servers of the `scripts` of a package.json: those called dev, start, serve, server, preview, watch or
 * storybook, with or without more behind a colon. The others run and end, and are told.
 *
 * Without being named only the first of dev, start and serve is meant. A script is run by the package manager that
 * @p manager says, `npm` unless the file names another one itself.
 *
 * Errors:  in the result: Syntax, NotUtf8.
 * Threads: pure function.
 */
[[nodiscard]] ImportedServers importPackageScripts(std::string_view text, const ImportSource &source,
                                                   const std::string &manager);

/// The package manager whose lock file is in @p directory; `npm` when there is none. Threads: any; blocks.
[[nodiscard]] std::string packageManagerIn(const std::string &directory);

} // namespace Quay
