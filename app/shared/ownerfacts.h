// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/ports/listener.h"

#include <QString>
#include <QStringList>

#include <span>

#include <sys/types.h>

namespace Quay {

class UserNames;

// What is said of a listener and of who holds it, in the details of the window and by `quay why`. What comes as a list
// is joined by who shows it. What is not known is left out. Every text is fit to be shown.

/// `this machine only`, `other machines too, if no firewall forbids it`
[[nodiscard]] QString reachFact(const Listener &listener);

/// `2 established`, `0 waiting to be accepted (backlog 128)`. Nothing for UDP, which has no connections.
[[nodiscard]] QStringList connectionFacts(const Listener &listener);

/// The user of a process, and who opened its sockets where that was somebody else. @p openers: the user of each socket.
[[nodiscard]] QString userFact(uid_t user, std::span<const uid_t> openers, UserNames &users);

/// Since when it runs: `14.07.2026 15:04:05 (3 min)`.
[[nodiscard]] QString sinceFact(const ProcessInfo &process, const Clock &clock = systemClock());

/// `shop (main) in /home/user/shop`. Empty for null.
[[nodiscard]] QString projectFact(const ProjectPtr &project);

/// `4 s CPU time (2 % of a core on average)`, `38 MB memory`, `3 threads`: since it started, and now.
[[nodiscard]] QStringList usageFacts(const ProcessInfo &process, const Clock &clock = systemClock());

} // namespace Quay
