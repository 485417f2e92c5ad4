// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/servers/configmistake.h"
#include "core/servers/configreading.h"
#include "core/servers/serverspec.h"

#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// What a file of servers says, and all that is wrong with it. With mistakes, whatever could be read of the rest;
/// nothing when it is no YAML.
struct ServerConfig
{
    ServerFile file;
    std::vector<ConfigMistake> mistakes; ///< By position.
};

/// Letters, digits, `.`, `_` and `-`, at most 64 of them, the first a letter or digit: fit for the name of a file.
[[nodiscard]] bool isServerName(std::string_view name);

inline constexpr std::string_view ConfigFileName = "quaymaster.yaml";
inline constexpr int ConfigVersion = 1;

/**
 * Reads what quaymaster.yaml says. core/servers/README.md has the rules, resources/quaymaster.schema.json the keys.
 *
 * Errors:  in the result, all of them; also those of @p document.
 * Threads: pure function.
 */
[[nodiscard]] ServerConfig readServerConfig(const YamlDocument &document, const ConfigSource &source);

/// The text of a file, or the one mistake that it cannot be read. Threads: any; blocks.
[[nodiscard]] YamlDocument readYamlFile(const std::string &path, YamlParser &parser);

/// Reads and parses a file; what it says is seen from its directory. @p path: absolute. Threads: any; blocks.
[[nodiscard]] ServerConfig readServerConfigFile(const std::string &path, YamlParser &parser,
                                                const VariableMap &variables);

/// quaymaster.yaml in @p directory, which is absolute, or the nearest one above it; empty when there is none.
/// Threads: any; blocks.
[[nodiscard]] std::string findConfigFile(const std::string &directory);

/// The user's own list of servers, which need not be there. Errors: as userConfigDirectory().
[[nodiscard]] Result<std::string> userServersFile();

} // namespace Quay
