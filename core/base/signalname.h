// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace Quay {

/// `TERM`; empty for a signal without a name of its own. Threads: pure function.
[[nodiscard]] std::string_view signalName(int signal);

/// The inverse: `INT`, `SIGINT`, `int` and `2` are all SIGINT. Nothing for any other word. Threads: pure function.
[[nodiscard]] std::optional<int> signalFromText(std::string_view word);

} // namespace Quay
