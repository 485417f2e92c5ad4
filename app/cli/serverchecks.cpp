// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serverchecks.h"

#include "app/cli/checktext.h"
#include "app/cli/command.h"
#include "app/cli/httprequests.h"
#include "app/cli/machine.h"
#include "app/cli/portholder.h"
#include "core/control/moduleloader.h"

#include <QString>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <variant>

namespace Quay {

std::vector<CheckOutcome> runChecks(CommandContext &context, const std::vector<PreflightServer> &servers)
{
    ModuleLoader http(QStringLiteral("quay-http"));
    const PreflightMachine machine{
        .prove = [&context](const PortClaim &claim) { return context.machine.prove(claim); },
        .createRequester = [&http] { return createTranslatedRequester(http); },
        .canRequest = [&http] { return canRequestHttp(http); },
    };
    return runPreflight(servers, machine);
}

std::vector<std::string> portHolders(CommandContext &context, const std::vector<CheckOutcome> &outcomes)
{
    std::vector<std::string> holders;
    for (const auto &outcome : outcomes) {
        const auto *const port = std::get_if<PortCheck>(&outcome.check.subject);
        const bool isHeld = outcome.finding == CheckFinding::PortHeld && port != nullptr;
        holders.push_back(isHeld ? portHolder(context, port->port, port->protocol) : std::string());
    }
    return holders;
}

void tellUnmetChecks(CommandContext &context, const std::vector<CheckOutcome> &outcomes)
{
    std::vector<CheckOutcome> unmet;
    std::ranges::copy_if(outcomes, std::back_inserter(unmet),
                         [](const CheckOutcome &outcome) { return !outcome.isMet; });
    if (!unmet.empty()) {
        const auto text = checkReport(unmet, portHolders(context, unmet), context.err.traits());
        std::ignore = context.err.write(text.toStdString());
    }
}

} // namespace Quay
