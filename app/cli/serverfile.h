// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/configreader.h"

#include <optional>
#include <string>
#include <vector>

namespace Quay {

struct CommandContext;

/**
 * The servers that a verb is about.
 *
 * @p file: as it was typed; a file of another tool is read in place. Without one: quaymaster.yaml of the current
 * directory or above, else the user's own list. Nothing when there is none, which was said then. Mistakes are left to
 * the caller.
 */
[[nodiscard]] std::optional<ServerConfig> findServers(CommandContext &context, const std::string &file,
                                                      const VariableMap &variables);

/// A file as it was typed, from where we are. Absolute.
[[nodiscard]] std::string serverFilePath(const std::string &file);

/// quaymaster.yaml here or above, else the user's own list; empty when there is none.
[[nodiscard]] std::string usualServerFile();

/// Says all that is wrong with a configuration, a line each.
void tellMistakes(CommandContext &context, const std::vector<ConfigMistake> &mistakes);

/// Those of @p servers that are called so or belong to a group that is; without names those that are meant then.
/// Nothing when a name is not known, which was said then.
[[nodiscard]] std::optional<std::vector<ServerSpec>>
chosenServers(CommandContext &context, const std::vector<ServerSpec> &servers, const std::vector<std::string> &names);

} // namespace Quay
