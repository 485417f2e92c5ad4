// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include <string>

namespace Quay {

// How JSON gets onto a terminal. A script has every text as it is, see jsonText(); what deceives those who look at it
// is an escape of JSON, which is undone when it is read.

/// One object, compact, with a line break behind it. All that isUnfitToShow() is written as `\u001b`, in pairs of
/// surrogates above U+FFFF. Threads: pure function.
[[nodiscard]] std::string jsonLine(const QJsonObject &object);
/// The same over several lines.
[[nodiscard]] std::string jsonDocument(const QJsonObject &object);

} // namespace Quay
