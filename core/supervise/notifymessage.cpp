// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/notifymessage.h"

#include "core/base/number.h"
#include "core/base/textcursor.h"

#include <string>
#include <string_view>

#include <sys/types.h>

namespace Quay {

NotifyMessage notifyMessageFrom(std::string_view text)
{
    NotifyMessage message;
    TextCursor cursor(text);
    while (!cursor.atEnd()) {
        TextCursor line(cursor.takeLine());
        const auto name = line.takeUntil('=');
        const auto value = line.rest();
        if (name == "STATUS") {
            message.status = value;
        } else if (name == "MAINPID") {
            const auto pid = numberFromText<pid_t>(value);
            message.mainPid = pid && *pid > 1 ? pid : message.mainPid;
        } else if (value == "1") {
            message.isReady = message.isReady || name == "READY";
            message.isStopping = message.isStopping || name == "STOPPING";
            message.isAlive = message.isAlive || name == "WATCHDOG";
        }
    }
    return message;
}

} // namespace Quay
