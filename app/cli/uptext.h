// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/pidfd.h"

#include <QString>

namespace Quay {

struct ServerStatus;

/// How a server ended: `exit code 3`, `SIGSEGV, core dumped`.
[[nodiscard]] QString exitText(const ExitStatus &exit);

/// What a server's state is to be called, as a half of a sentence: `is ready after 1.2 s`. Empty for a state that
/// nobody needs to hear about. Fit to be shown.
[[nodiscard]] QString stateText(const ServerStatus &server);

} // namespace Quay
