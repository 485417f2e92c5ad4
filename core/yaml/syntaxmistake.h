// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/configmistake.h"

#include <string>
#include <string_view>

namespace Quay {

/**
 * What is most likely wrong where yaml-cpp could not go on: it says what it missed, not what stands there.
 *
 * Source:  its messages, yaml-cpp/exceptions.h, and the line at @p place. A message that may mean anything stays
 *          MistakeCode::Syntax, with yaml-cpp's own words.
 * Threads: pure function.
 */
[[nodiscard]] ConfigMistake syntaxMistake(std::string_view text, TextPosition place, std::string said);

} // namespace Quay
