// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace Quay {

struct CommandContext;

/// Shows on standard error what a program wrote last, indented below what is said of it. Nothing for no lines.
void showLastLines(CommandContext &context, const std::vector<std::string> &lines);

} // namespace Quay
