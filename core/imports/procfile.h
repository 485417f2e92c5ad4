// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imports/imported.h"

#include <string_view>

namespace Quay {

/**
 * Makes servers of a Procfile.
 *
 * Source:  the format of foreman(1): `NAME: COMMAND` a line, the command for a shell; `#` begins a comment line. `.env`
 *          beside it is read by every process. The process at place N gets PORT = 5000 + 100 * N, unless PORT is among
 *          the variables of @p source, then counted from that. The end of one stops all others: they are one group.
 *          A port is expected of `web` and of whoever has `$PORT` in its command.
 * Errors:  in the result: BadLine, NotUtf8, DuplicateName.
 * Threads: pure function.
 */
[[nodiscard]] ImportedServers importProcfile(std::string_view text, const ImportSource &source);

} // namespace Quay
