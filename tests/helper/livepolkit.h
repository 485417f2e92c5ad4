// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes/processid.h"
#include "tests/support/testserver.h"

#include <QProcess>
#include <QString>
#include <QStringList>

#include <sys/types.h>

namespace Quay::Test {

// The helper of this build tree, installed on the session's own system bus with the real polkit, and users without
// rights who ask for it. Only root can do that, and only in a session that has such a bus.

/// Users that every Debian system has and nobody works as. The bus does not talk to users without a name.
inline constexpr uid_t AllowedUid = 5; ///< games
inline constexpr uid_t RefusedUid = 9; ///< news
inline constexpr uid_t AskedUid = 7; ///< lp: when an administrator's password was given

inline constexpr int LongEnoughMs = 30'000;

[[nodiscard]] bool hasOwnSystemBus();
/// Installs the helper and the rule for the users above, and waits until bus and polkit know. Whether they do.
[[nodiscard]] bool installHelper();

/// The process that runs as the helper, 0 when none does.
[[nodiscard]] pid_t helperPid();
[[nodiscard]] ProcessId processIdOf(pid_t pid);

/// A server of somebody who is neither root nor one of the users above.
[[nodiscard]] TestServer startOthersServer(const char *mode = "listen");

/// Starts a program as @p uid, with @p home for all that is its own, which waits until beginUser(). Whether it does so.
[[nodiscard]] bool prepareUser(QProcess &process, uid_t uid, const QString &home, const QStringList &command);
/// Lets it begin. @p keepsInput: it reads what is written to it from then on, else nothing.
void beginUser(QProcess &process, bool keepsInput = false);

} // namespace Quay::Test
