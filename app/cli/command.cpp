// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "app/shared/listenertext.h"

namespace Quay {

void complain(CommandContext &context, const QString &text)
{
    std::ignore = context.err.writeLine(QStringLiteral("quay: ") + text); // there is nowhere left to say it
}

ExitCode complainAbout(CommandContext &context, const Error &error)
{
    complain(context, errorText(error));
    switch (error.code) {
    case ErrorCode::Denied:
        return ExitCode::NotPermitted;
    case ErrorCode::Invalid:
        return ExitCode::Usage;
    case ErrorCode::Gone:
    case ErrorCode::Malformed:
    case ErrorCode::Unsupported:
    case ErrorCode::Io:
        return ExitCode::NotAchieved;
    }
    return ExitCode::NotAchieved;
}

} // namespace Quay
