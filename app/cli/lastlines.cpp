// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/lastlines.h"

#include "app/cli/command.h"
#include "app/shared/format.h"

#include <QCoreApplication>
#include <QString>

namespace Quay {

namespace {

struct LastLines
{
    Q_DECLARE_TR_FUNCTIONS(LastLines)
};

} // namespace

void showLastLines(CommandContext &context, const std::vector<std::string> &lines)
{
    if (lines.empty()) {
        return;
    }
    std::ignore = context.err.writeLine(LastLines::tr("quay: its last lines:"));
    for (const auto &line : lines) {
        std::ignore = context.err.writeLine(QString(QStringLiteral("    ") + shownText(line)));
    }
}

} // namespace Quay
