// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QJsonValue>

#include <string>
#include <string_view>

namespace Quay {

// How foreign texts get into JSON and JSON onto a terminal. A script has every text as it is; what deceives those who
// look at it is an escape of JSON, which is undone when it is read.

/// Foreign bytes as a JSON string, as they are. Only a byte that belongs to no character of UTF-8 becomes U+FFFD.
/// Threads: pure function.
[[nodiscard]] QJsonValue jsonText(std::string_view bytes);

/// One object, compact, with a line break behind it. All that isUnfitToShow() is written as `\u001b`, in pairs of
/// surrogates above U+FFFF. Threads: pure function.
[[nodiscard]] std::string jsonLine(const QJsonObject &object);
/// The same over several lines.
[[nodiscard]] std::string jsonDocument(const QJsonObject &object);

} // namespace Quay
