// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/endingoptions.h"
#include "app/shared/managertext.h"
#include "core/control/killplan.h"
#include "core/control/servicemanagers.h"
#include "core/control/servicestops.h"
#include "core/history/auditentry.h"

#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace Quay {

class ProgressLine;

/// Stops the units and containers that would start again what a plan ends. Empty until find() has found some.
class ManagerStop
{
public:
    /// @p context outlives it.
    explicit ManagerStop(CommandContext &context);

    /// Asks for the units and containers among @p revivers. All or none. Errors: as ServiceManagers; it has been said.
    [[nodiscard]] Result<> find(const std::vector<Reviver> &revivers);
    void forget();
    [[nodiscard]] bool isEmpty() const { return m_services.empty(); }

    /// What is to be stopped, and what there is to know about it; over several lines.
    [[nodiscard]] QString planText() const;
    /// `the unit app.service`
    [[nodiscard]] QString namesText() const;

    /// As stopServices(). Whether all were stopped.
    [[nodiscard]] bool stop(const KillPlan &plan, std::chrono::milliseconds grace);
    /// What came of it.
    [[nodiscard]] const ServiceStops &stops() const { return m_stops; }
    /// Why they were not all stopped.
    [[nodiscard]] const std::optional<Error> &error() const { return m_stops.error; }
    [[nodiscard]] const std::vector<ManagedService> &services() const { return m_services; }
    /// What is to be done; once it has been tried, what was.
    [[nodiscard]] const std::vector<AuditAction> &actions() const { return m_actions; }
    /// How it went. Empty until stop().
    [[nodiscard]] std::vector<ServiceStopLine> outcomes() const;

private:
    [[nodiscard]] GoesOn patience(ProgressLine &line, const QString &text) const;

    CommandContext &m_context;
    std::vector<ManagedService> m_services;
    std::vector<AuditAction> m_actions;
    ServiceStops m_stops;
};

} // namespace Quay
