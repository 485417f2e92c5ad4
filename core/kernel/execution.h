// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace Quay {

/// What execve() takes: pointers into @p texts, which outlive them, and a null behind the last.
[[nodiscard]] std::vector<char *> execPointers(const std::vector<std::string> &texts);

/// In a child before execve(): handlers are gone with it, but what is ignored or blocked would stay so.
/// Threads: safe after fork() in a program with several.
void resetSignals() noexcept;

} // namespace Quay
