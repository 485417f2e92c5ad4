// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>

#include <string_view>

namespace Quay {

/// Foreign bytes as a JSON string, as they are. Only a byte that belongs to no character of UTF-8 becomes U+FFFD.
/// Threads: pure function.
[[nodiscard]] QJsonValue jsonText(std::string_view bytes);

} // namespace Quay
