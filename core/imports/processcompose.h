// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imports/imported.h"
#include "core/servers/yamlnode.h"

namespace Quay {

/**
 * Makes servers of process-compose.yaml.
 *
 * Source:  the configuration of process-compose. `${NAME}` and `$NAME` that are not set are empty there, so they become
 *          `${NAME:-}`; in commands they are left to the shell.
 * Errors:  in the result: those of the document; MissingKey when there are no `processes`.
 * Threads: pure function.
 */
[[nodiscard]] ImportedServers importProcessCompose(const YamlDocument &document, const ImportSource &source);

/// The document with another one on top, as process-compose takes its override files: maps are merged, lists of
/// variables are joined, everything else is replaced. Mistakes of both are kept. Threads: pure function.
[[nodiscard]] YamlDocument overridden(YamlDocument document, const YamlDocument &above);

} // namespace Quay
