// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/tableprinter.h"
#include "core/base/clock.h"
#include "core/ports/listener.h"

namespace Quay {

class UserNames;

/// An empty table with the columns of `quay ports`.
[[nodiscard]] TablePrinter portsTable(OutputTraits traits);

/// A listener as a line of that table. @p mark: one character in front (`+`), blank for none.
[[nodiscard]] TableRow portsRow(const Listener &listener, QChar mark, UserNames &users, const Clock &clock);

} // namespace Quay
