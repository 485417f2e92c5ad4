// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/servers/configmistake.h"
#include "core/servers/serverspec.h"
#include "core/servers/variables.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// Why something of another tool's file is not, or not quite, in what was made of it.
enum class LossReason : std::uint8_t
{
    NoCounterpart, ///< Quaymaster has nothing like it.
    Approximated, ///< Carried over as something near. detail: as what.
    NotUnderstood, ///< The value is not what the tool documents.
    Template, ///< Placeholders that only the tool can fill.
    Renamed, ///< The name is not allowed here. detail: the new one.
    NotAServer, ///< A script that runs and ends.
    NoHostPort, ///< A port of a container that this machine does not see, or not always as the same.
    FileNotRead, ///< Another file that belongs to it. detail: which.
};

inline constexpr std::array LossReasonWords{
    Word{.word = "noCounterpart", .value = LossReason::NoCounterpart},
    Word{.word = "approximated", .value = LossReason::Approximated},
    Word{.word = "notUnderstood", .value = LossReason::NotUnderstood},
    Word{.word = "template", .value = LossReason::Template},
    Word{.word = "renamed", .value = LossReason::Renamed},
    Word{.word = "notAServer", .value = LossReason::NotAServer},
    Word{.word = "noHostPort", .value = LossReason::NoHostPort},
    Word{.word = "fileNotRead", .value = LossReason::FileNotRead},
};

/// Something that could not be carried over.
struct ImportLoss
{
    LossReason reason = LossReason::NoCounterpart;
    std::string file; ///< Absolute.
    int line = 0; ///< 0: unknown, or the file as a whole.
    std::string key; ///< `processes.api.availability.exit_on_end`
    std::string detail; ///< In the words of quaymaster.yaml, or a name; never a value that may be a secret.

    bool operator==(const ImportLoss &) const = default;
};

/// What was made of another tool's file.
struct ImportedServers
{
    /// Variables are not expanded: `${NAME}` and `$$` mean what they do in quaymaster.yaml.
    ServerFile file;
    std::vector<ImportLoss> losses; ///< In the order of the file.
    std::vector<ConfigMistake> mistakes; ///< With these it is not what its tool takes.
};

/// A file to be imported, and what its variables mean where a number is needed at once.
struct ImportSource
{
    std::string path; ///< Absolute.
    VariableMap variables;
};

/// A name for a server that is allowed: every other sign becomes `-`. Threads: pure function.
[[nodiscard]] std::string allowedServerName(std::string_view name);

} // namespace Quay
