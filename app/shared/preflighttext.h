// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/preflight.h"

#include <QString>

namespace Quay {

// What is said about checks before a start. Every text is fit to be shown and has no secrets in it.

/// What is checked: `variable API_KEY`, `port 3000`, `python >= 3.13.8`.
[[nodiscard]] QString checkText(const PreflightCheck &check);

/// What was found, as a half of a sentence: `is not set`. @p holder: who has the port, as far as that is known.
[[nodiscard]] QString findingText(const CheckOutcome &outcome, const QString &holder);

/// What can be done about it; empty when there is nothing to be said.
[[nodiscard]] QString wayOutText(const CheckOutcome &outcome);

} // namespace Quay
