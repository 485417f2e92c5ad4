// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"

#include <QString>

#include <list>
#include <map>
#include <optional>

namespace Quay {

class Clock;
struct WindowEnding;

// How endings stand, for cards and rows. Pure functions but for the clock.

/// The plan, what happens, or how it went, over several lines.
[[nodiscard]] QString endingText(const WindowEnding &ending, const Clock &clock);
/// What happens to the ports that are being freed.
[[nodiscard]] std::map<ListenerKey, QString> rowNotes(const std::list<WindowEnding> &endings, const Clock &clock);
/// The share of the grace period that has gone by, 0 to 1. Nothing: none runs.
[[nodiscard]] std::optional<double> graceShare(const WindowEnding &ending, const Clock &clock);

} // namespace Quay
