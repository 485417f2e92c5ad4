// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/serverspec.h"
#include "core/supervise/serverplaces.h"

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

enum class ExitCode;
struct CommandContext;

/// A server and where its log is.
struct LogServer
{
    ServerSpec spec; ///< Of one that is not in the file any more no more than its name is known.
    ServerPlaces places;

    [[nodiscard]] bool hasLog() const;
};

/**
 * The servers whose logs are meant: those of the file, whatever mistakes are in it, and those that were run from it
 * before and are not in it any more. Without names all of them.
 *
 * What is wrong was said then.
 */
[[nodiscard]] std::expected<std::vector<LogServer>, ExitCode>
findLogServers(CommandContext &context, const std::string &file, const std::vector<std::string> &names);

} // namespace Quay
