// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace Quay {

/// The known word that @p word was most likely meant to be: at most two letters differ, in a short word one.
[[nodiscard]] std::optional<std::string> nearestWord(std::string_view word, std::span<const std::string> known);

} // namespace Quay
