// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/startup/startstatistics.h"
#include "core/startup/startuprun.h"

#include <QString>

namespace Quay {

/// What a waterfall may be drawn with. It has no colours: what matters is said by a symbol and a word.
struct WaterfallTraits
{
    int columns = 80; ///< Cells of a line. Below what names and times need, the bars are left out.
    bool isUtf8 = true; ///< False: ASCII alone, `#` for a bar, `?` for what it does not know.
};

/**
 * One start as a waterfall, over several lines: how it went, then a line for each phase with its name, a bar from its
 * begin to its end and how long it took, and what was noticed about those that are slow or did not end.
 */
[[nodiscard]] QString waterfallText(const StartupRun &run, const StartComparison &comparison,
                                    const WaterfallTraits &traits);

} // namespace Quay
