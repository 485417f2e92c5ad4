// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace Quay {

/**
 * The path of this program's file, without links. Empty when it cannot be told.
 *
 * Source:  /proc/self/exe; where /proc is missing, the name under which it was executed (getauxval(3)).
 * Threads: any.
 */
[[nodiscard]] std::string ownProgram();

} // namespace Quay
