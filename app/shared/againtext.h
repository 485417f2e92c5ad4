// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/again/startingagain.h"
#include "core/again/takenports.h"
#include "core/base/error.h"

#include <QString>

#include <vector>

namespace Quay {

// What is said about starting again what was ended, in the window and on the command line. Fit to be shown.

/// Why nothing is kept that could be started again. @p error: of againDirectory().
[[nodiscard]] QString keepingFailureText(const Error &error);

/// What would be started and where: `node server.js, in /home/me/shop`. Secrets are masked.
[[nodiscard]] QString startText(const StartSpec &spec);

/// What came of one of them: `node was started again as process 4711. What it writes goes to ...`
[[nodiscard]] QString startedText(const StartedThing &thing);

/// What its ports are like, a line each: `Nobody listens on port 3000 yet.` None when all is well.
[[nodiscard]] QStringList portsAgainTexts(const StartingAgain &started);

/// What came of all of it, a line for each.
[[nodiscard]] QString startedAgainText(const StartingAgain &started);

/// What is in the way of starting again: `Port 3000, which it held, is held by node 4711 now.`
[[nodiscard]] QString takenPortText(const TakenPort &port);

} // namespace Quay
