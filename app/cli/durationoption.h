// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <string>

namespace Quay {

struct CommandContext;

/// What an option says that takes a duration. Says itself what is wrong with it. Errors: as durationFromOption().
[[nodiscard]] Result<std::chrono::milliseconds> readDurationOption(CommandContext &context, const std::string &word);

} // namespace Quay
