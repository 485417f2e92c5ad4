// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/askedports.h"

#include "app/cli/command.h"
#include "app/cli/refusal.h"
#include "app/shared/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace Quay {

namespace {

struct AskedPortsText
{
    Q_DECLARE_TR_FUNCTIONS(AskedPorts)
};

} // namespace

std::optional<std::vector<PortRange>> askedPorts(CommandContext &context, const std::vector<std::string> &words)
{
    std::vector<PortRange> ranges;
    for (const auto &word : words) {
        const auto range = portRangeFromText(word);
        if (!range) {
            complain(context,
                     AskedPortsText::tr("'%1' is not a port. Allowed are 1 to 65535 and ranges such as 3000-3010.")
                         .arg(shownText(word)));
            return std::nullopt;
        }
        if (!std::ranges::contains(ranges, *range)) {
            ranges.push_back(*range);
        }
    }
    return ranges;
}

} // namespace Quay
