// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/servers/preflight.h"

#include <array>
#include <string_view>

namespace Quay {

/// The words for what checks came across, in JSON. They are never changed, only added to.
inline constexpr std::array CheckFindingWords{
    Word{.word = "good", .value = CheckFinding::Good},
    Word{.word = "notFinished", .value = CheckFinding::NotFinished},
    Word{.word = "variableUnset", .value = CheckFinding::VariableUnset},
    Word{.word = "variableEmpty", .value = CheckFinding::VariableEmpty},
    Word{.word = "variableMismatch", .value = CheckFinding::VariableMismatch},
    Word{.word = "notThere", .value = CheckFinding::NotThere},
    Word{.word = "notReadable", .value = CheckFinding::NotReadable},
    Word{.word = "notAFile", .value = CheckFinding::NotAFile},
    Word{.word = "notADirectory", .value = CheckFinding::NotADirectory},
    Word{.word = "programMissing", .value = CheckFinding::ProgramMissing},
    Word{.word = "programNotExecutable", .value = CheckFinding::ProgramNotExecutable},
    Word{.word = "versionUnmet", .value = CheckFinding::VersionUnmet},
    Word{.word = "versionUnknown", .value = CheckFinding::VersionUnknown},
    Word{.word = "pinMissing", .value = CheckFinding::PinMissing},
    Word{.word = "pinUnclear", .value = CheckFinding::PinUnclear},
    Word{.word = "commandFailed", .value = CheckFinding::CommandFailed},
    Word{.word = "commandKilled", .value = CheckFinding::CommandKilled},
    Word{.word = "portHeld", .value = CheckFinding::PortHeld},
    Word{.word = "portLingering", .value = CheckFinding::PortLingering},
    Word{.word = "portUnknown", .value = CheckFinding::PortUnknown},
    Word{.word = "hostUnknown", .value = CheckFinding::HostUnknown},
    Word{.word = "refused", .value = CheckFinding::Refused},
    Word{.word = "unreachable", .value = CheckFinding::Unreachable},
    Word{.word = "httpKeyRefused", .value = CheckFinding::HttpKeyRefused},
    Word{.word = "httpTooMany", .value = CheckFinding::HttpTooMany},
    Word{.word = "httpStatus", .value = CheckFinding::HttpStatus},
    Word{.word = "tlsFailed", .value = CheckFinding::TlsFailed},
    Word{.word = "httpFailed", .value = CheckFinding::HttpFailed},
    Word{.word = "diskFull", .value = CheckFinding::DiskFull},
    Word{.word = "httpUnavailable", .value = CheckFinding::HttpUnavailable},
    Word{.word = "portHeldByItself", .value = CheckFinding::PortHeldByItself},
};

/// What a check is called in files and in JSON, in the order of CheckSubject.
inline constexpr std::array<std::string_view, std::variant_size_v<CheckSubject>> CheckKindWords{
    "variable", "file", "directory", "program", "version", "command", "port", "tcp", "http", "disk",
};

} // namespace Quay
