// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/ports/listener.h"

#include <QString>

#include <span>

#include <sys/types.h>

namespace Quay {

class UserNames;

// What is said about listeners and processes. Every text is fit to be shown: foreign bytes passed safeText().

/// `TCP`, `UDP`
[[nodiscard]] QString protocolText(Protocol protocol);

/// `this machine`, `network`
[[nodiscard]] QString reachText(Reach reach);

/// From where it can be reached and at which address: `this machine (127.0.0.1)`, `network (0.0.0.0)`.
[[nodiscard]] QString scopeText(const Listener &listener);

/// The address alone: `127.0.0.1`, `::`, and `%eth0` behind it when the socket is bound to an interface.
[[nodiscard]] QString addressText(const Listener &listener);

/// `TCP 127.0.0.1:3000`
[[nodiscard]] QString socketText(const Listener &listener);

/// The oldest owner's name and how many more there are: `node +3`. Empty without owners.
[[nodiscard]] QString ownersText(const Listener &listener);

/// Its program and arguments on one line. The name in brackets where there are none (kernel threads, zombies, hidden).
[[nodiscard]] QString commandText(const ProcessInfo &process);
/// The same without the secrets that can be told, for what is read by others: a plan stands in logs of scripts.
[[nodiscard]] QString maskedCommandText(const ProcessInfo &process);

/// `shop (main)`, `shop/fix-x (fix/x)` for a linked worktree. Empty for null.
[[nodiscard]] QString projectText(const ProjectPtr &project);

/// `postgresql.service`, `docker: web`. Empty when there is nothing to say.
[[nodiscard]] QString unitText(const UnitInfo &unit);

/// What stands above a server: `terminal`, `coding agent`. Empty for what explains nothing.
[[nodiscard]] QString launcherText(LauncherKind launcher);
/// The proper name of a step. Empty where it has none, or one that says no more than the process's own.
[[nodiscard]] QString launcherNameText(const AncestryStep &step);
/// What a step is besides its process: its proper name, else its kind. Empty for what explains nothing.
[[nodiscard]] QString launcherText(const AncestryStep &step);

/// How much is known about the owners, as a sentence with the reason. Empty when all is known.
[[nodiscard]] QString ownerKnowledgeText(const Listener &listener, UserNames &users);

/// Of how many ports @p viewer cannot see the processes, why, and what can be done about it. Empty when of none.
[[nodiscard]] QString hiddenOwnersText(std::span<const ListenerPtr> listeners, uid_t viewer);

/// What a warning is about, in a few words: `nobody accepts`.
[[nodiscard]] QString warningTitle(WarningKind kind);

/// What it means, as a sentence with the facts that matter most in it.
[[nodiscard]] QString warningText(const Warning &warning);

/// One fact: `waiting connections: 9`.
[[nodiscard]] QString factText(const Fact &fact);

/// What the system said, for a sentence that names the subject itself; errorText() where that was nothing.
[[nodiscard]] QString reasonText(const Error &error);

/// What went wrong, for a person who can do something about it.
[[nodiscard]] QString errorText(const Error &error);

} // namespace Quay
