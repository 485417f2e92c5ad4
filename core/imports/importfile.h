// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/imports/imported.h"
#include "core/servers/configreader.h"
#include "core/servers/yamlnode.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace Quay {

/// The tools whose files are read.
enum class ImportKind : std::uint8_t
{
    Procfile,
    ProcessCompose,
    Compose,
    Supervisord,
    PackageJson,
};

inline constexpr std::array ImportKindWords{
    Word{.word = "procfile", .value = ImportKind::Procfile},
    Word{.word = "process-compose", .value = ImportKind::ProcessCompose},
    Word{.word = "compose", .value = ImportKind::Compose},
    Word{.word = "supervisord", .value = ImportKind::Supervisord},
    Word{.word = "package.json", .value = ImportKind::PackageJson},
};

/**
 * Whose file it is, by its name: `Procfile`, `Procfile.dev`, `process-compose.yaml`, `compose.yaml`,
 * `docker-compose.yml`, `supervisord.conf`, `package.json`. Nothing for any other name. Threads: pure function.
 */
[[nodiscard]] std::optional<ImportKind> importKindOf(const std::string &path);

/**
 * Reads a file of another tool, with the files that it reads by itself: `.env` beside a Procfile, the override of
 * process-compose.yaml. A compose.yaml with `processes` in it belongs to process-compose.
 *
 * Errors:  in the result; NotReadable, TooLarge for the file itself.
 * Threads: any; blocks.
 */
[[nodiscard]] ImportedServers importFile(ImportKind kind, const ImportSource &source, YamlParser &parser);

/**
 * The servers of another tool's file as they are to be run, with all variables in place. Mistakes that come from the
 * variables name the file, and a path in the words of quaymaster.yaml, but no line.
 *
 * Threads: any; blocks.
 */
[[nodiscard]] ServerConfig importedConfig(const ImportedServers &imported, const VariableMap &variables,
                                          YamlParser &parser);

/**
 * The servers of any file that describes some: quaymaster.yaml, or one of another tool by its name. @p path: absolute.
 *
 * Threads: any; blocks.
 */
[[nodiscard]] ServerConfig readServersOf(const std::string &path, const VariableMap &variables, YamlParser &parser);

} // namespace Quay
