// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imports/imported.h"

#include <string_view>

namespace Quay {

/**
 * Makes servers of supervisord.conf: each `[program:x]`, and with `numprocs` as many as it says.
 *
 * Source:  Supervisor's configuration file. `%(ENV_X)s` becomes `${X}`; `%(here)s`, `%(program_name)s`,
 *          `%(group_name)s` and `%(process_num)d` are filled in. Commands are split into words as Supervisor does, no
 *          shell is involved.
 * Errors:  in the result: as parseIniFile(); MissingKey, UnterminatedQuote, BadExpansion.
 * Threads: pure function.
 */
[[nodiscard]] ImportedServers importSupervisord(std::string_view text, const ImportSource &source);

} // namespace Quay
