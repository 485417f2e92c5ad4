// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/managerstop.h"

#include "app/cli/progressline.h"
#include "app/cli/watchticker.h"
#include "app/shared/managertext.h"
#include "core/control/draining.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstddef>
#include <iterator>
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
    auto found = findServices(m_context.managers, revivers, patience(line, ManagerStopTexts::tr("Asking who runs it")));
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

Result<> ManagerStop::stop(const KillPlan &plan, std::chrono::milliseconds grace)
{
    ProgressLine line(m_context.err);
    if (!isEmpty()) {
        m_connectionsCut = awaitDrained(plan, patience(line, ManagerStopTexts::tr("Waiting for connections to end")));
    }
    for (std::size_t index = 0; index < m_services.size(); ++index) {
        const QString text =
            ManagerStopTexts::tr("Stopping %1", "the unit x.service").arg(serviceText(m_services[index]));
        const auto stopped = m_context.managers.stop(m_services[index], grace, patience(line, text));
        if (!stopped) {
            m_actions.resize(index + 1); // the others were not tried
            m_actions.back().error = stopped.error();
            return stopped;
        }
    }
    return {};
}

bool ManagerStop::hasSucceeded() const
{
    return std::ranges::none_of(m_actions, [](const AuditAction &action) { return action.error.has_value(); });
}

std::vector<ManagerStop::Outcome> ManagerStop::outcomes() const
{
    std::vector<Outcome> outcomes;
    for (std::size_t index = 0; index < m_actions.size(); ++index) {
        const auto &error = m_actions[index].error;
        outcomes.push_back(
            {.text = error ? serviceFailureText(m_services[index], *error) : serviceStoppedText(m_services[index]),
             .isGood = !error});
    }
    return outcomes;
}

GoesOn ManagerStop::patience(ProgressLine &line, const QString &text) const
{
    return [this, &line, text] {
        if (m_context.err.traits().isTerminal) {
            line.show(text);
        }
        return m_context.ticker.wait(0ms) != WatchTicker::Wake::Interrupted;
    };
}

} // namespace Quay
