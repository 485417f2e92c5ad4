// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imports/imported.h"
#include "core/servers/yamlnode.h"

namespace Quay {

/**
 * Makes servers of compose.yaml that `docker compose` runs: each service is started with `docker compose up`, watched
 * through its published ports and its health check, and stopped with `docker compose stop`. What makes up the
 * containers stays in the file.
 *
 * Source:  the Compose Specification.
 * Errors:  in the result: those of the document; MissingKey when there are no `services`.
 * Threads: pure function.
 */
[[nodiscard]] ImportedServers importCompose(const YamlDocument &document, const ImportSource &source);

} // namespace Quay
