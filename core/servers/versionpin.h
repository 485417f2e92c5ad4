// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/servercommand.h"
#include "core/servers/version.h"

#include <optional>
#include <string>
#include <string_view>

namespace Quay {

/**
 * What a file says about the version of a tool: `.tool-versions` has a line for each (`nodejs 20.11.1`), every other
 * (`.nvmrc`, `.python-version`, `.node-version`, `.ruby-version`) the version as its first word.
 *
 * @p fileName: without directories. Errors: nothing when the file says nothing about the tool.
 * Threads: pure function.
 */
[[nodiscard]] std::optional<std::string> pinnedVersion(std::string_view fileName, std::string_view tool,
                                                       std::string_view text);

/// What `20`, `v20.11.1`, `3.12` or `ruby-3.3.0` asks for: as many parts as are written. Nothing for `lts/iron`,
/// `system` and the like, of which only the tool that reads the file knows what they are. Threads: pure function.
[[nodiscard]] std::optional<VersionRequirement> requirementFromPin(std::string_view pin);

/// What prints the version of @p tool: with `--version`, or as it wants to be asked. Threads: pure function.
[[nodiscard]] ServerCommand versionCommand(const std::string &tool);

} // namespace Quay
