// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

namespace Quay::Test {

/// Both ends of a terminal.
struct PseudoTerminal
{
    UniqueFd ours; ///< Of whoever types and reads.
    UniqueFd its; ///< Of the program.
};

/// Nobody's controlling terminal yet. @p columns: how wide; 0: it does not say. Errors: as errorFromErrno().
[[nodiscard]] Result<PseudoTerminal> openTerminal(unsigned short columns = 0);

} // namespace Quay::Test
