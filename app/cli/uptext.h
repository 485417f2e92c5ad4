// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/pidfd.h"

#include <QString>

namespace Quay {

struct ForeignRun;
struct ResourceUsage;
struct ServerStatus;
struct UnstoppedProcess;
struct WatchProblem;

/// How a server ended: `exit code 3`, `SIGSEGV, core dumped`.
[[nodiscard]] QString exitText(const ExitStatus &exit);

/// What a server's state is to be called, as a half of a sentence: `is ready after 1.2 s`. Empty for a state that
/// nobody needs to hear about. Fit to be shown.
[[nodiscard]] QString stateText(const ServerStatus &server);

/// Who runs a server that does not run here, and the way out. A half of a sentence, as those that follow.
[[nodiscard]] QString elsewhereText(const ForeignRun &run);
/// Who held up the end of a server.
[[nodiscard]] QString killedText(const UnstoppedProcess &process);
/// What it took while it ran.
[[nodiscard]] QString usageText(const ResourceUsage &usage);

/// Why not all of a server's files are watched, and what can be done. A sentence.
[[nodiscard]] QString watchProblemText(const WatchProblem &problem);
/// The same of a server that changes that file itself.
[[nodiscard]] QString unwatchedText(const std::string &file);

} // namespace Quay
