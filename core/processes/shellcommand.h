// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace Quay {

/**
 * Whether a shell was started to run one command or script and then to end (`sh -c vite`, `bash dev.sh`), and not for
 * somebody who types. Such a shell is a part of what it runs.
 *
 * @p arguments: of a process that is a shell by the rules. Where they are unknown the answer is no.
 *
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] bool runsOneCommand(const std::vector<std::string> &arguments);

} // namespace Quay
