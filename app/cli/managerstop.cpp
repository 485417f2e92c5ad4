// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/managerstop.h"

#include "app/cli/progressline.h"
#include "app/cli/watchticker.h"
#include "app/shared/endingtext.h"
#include "app/shared/managertext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

namespace Quay {

namespace {

using namespace std::chrono_literals;

struct ManagerStopTexts
{
    Q_DECLARE_TR_FUNCTIONS(ManagerStop)
};

} // namespace

ManagerStop::ManagerStop(CommandContext &context)
    : m_context(context)
{
}

Result<> ManagerStop::find(const std::vector<Reviver> &revivers)
{
    forget();
    ProgressLine line(m_context.err);
    const QString doing = ManagerStopTexts::tr("Asking who runs it");
    auto found = findServices(m_context.managers, revivers, patience(line, doing));
    if (!found) {
        complain(m_context, managerErrorText(found.error()));
        return std::unexpected(found.error());
    }
    m_services = *std::move(found);
    std::ranges::transform(m_services, std::back_inserter(m_actions), actionStopping);
    return {};
}

void ManagerStop::forget()
{
    m_services.clear();
    m_actions.clear();
    m_stops = {};
}

QString ManagerStop::planText() const
{
    QString text;
    for (const auto &service : m_services) {
        text += ManagerStopTexts::tr("First stops %1.", "the unit x.service").arg(serviceText(service));
        if (const QString facts = serviceFactsText(service); !facts.isEmpty()) {
            text += u' ' + facts;
        }
        text += u'\n';
    }
    return text;
}

QString ManagerStop::namesText() const
{
    return servicesText(m_services);
}

bool ManagerStop::stop(const KillPlan &plan, std::chrono::milliseconds grace)
{
    ProgressLine line(m_context.err);
    QString doing = ManagerStopTexts::tr("Waiting for connections to end");
    const ServiceStopObserver observer{
        .goesOn = patience(line, doing),
        .drained = [] {},
        .asks =
            [&doing](const ManagedService &service) {
                doing = ManagerStopTexts::tr("Stopping %1", "the unit x.service").arg(serviceText(service));
            }};
    m_stops = stopServices(m_context.managers, m_services, plan, grace, observer);
    m_actions = triedActions(std::move(m_actions), m_stops);
    if (m_stops.connectionsCut) {
        line.clear();
        complain(m_context, connectionsCutText(*m_stops.connectionsCut, plan.drain));
    }
    return !m_stops.error;
}

std::vector<ServiceStopLine> ManagerStop::outcomes() const
{
    return serviceStopLines(m_services, m_stops);
}

/// @p text: as it is when it is shown.
GoesOn ManagerStop::patience(ProgressLine &line, const QString &text) const
{
    return [this, &line, &text] {
        if (m_context.err.traits().isTerminal) {
            line.show(text);
        }
        return m_context.ticker.wait(0ms) != WatchTicker::Wake::Interrupted;
    };
}

} // namespace Quay
