// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"

#include <QString>

namespace Quay {

// The words that stand for our enumerations in JSON: part of what scripts rely on, and never translated.

[[nodiscard]] QString jsonWord(Protocol protocol);
[[nodiscard]] QString jsonWord(OwnerKnowledge knowledge);
[[nodiscard]] QString jsonWord(Reach reach);
[[nodiscard]] QString jsonWord(SocketSource source);
[[nodiscard]] QString jsonWord(WarningKind kind);
[[nodiscard]] QString jsonWord(UnitKind kind);
[[nodiscard]] QString jsonWord(LauncherKind launcher);

} // namespace Quay
