// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/portrange.h"

#include <optional>
#include <string>
#include <vector>

namespace Quay {

struct CommandContext;

/// The ports and ranges that a verb was given, each once. Nothing: a word is none, which has been said.
[[nodiscard]] std::optional<std::vector<PortRange>> askedPorts(CommandContext &context,
                                                               const std::vector<std::string> &words);

} // namespace Quay
