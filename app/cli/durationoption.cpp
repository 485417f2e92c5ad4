// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/durationoption.h"

#include "app/cli/command.h"
#include "app/shared/format.h"
#include "core/base/duration.h"

#include <QCoreApplication>

namespace Quay {

namespace {

struct DurationTexts
{
    Q_DECLARE_TR_FUNCTIONS(DurationOption)
};

} // namespace

Result<std::chrono::milliseconds> readDurationOption(CommandContext &context, const std::string &word)
{
    auto duration = durationFromOption(word);
    if (!duration) {
        complain(context,
                 DurationTexts::tr("'%1' is not a duration. Allowed are seconds (5, 0.5) and numbers with a unit "
                                   "(500ms, 2m, 1h), up to a day.")
                     .arg(shownText(word)));
    }
    return duration;
}

} // namespace Quay
