// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/endingoptions.h"
#include "core/control/killplan.h"
#include "core/control/servicemanagers.h"
#include "core/history/auditentry.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace Quay {

class ProgressLine;

/// Stops the units and containers that would start again what a plan ends. Empty until find() has found some.
class ManagerStop
{
public:
    struct Outcome
    {
        QString text; ///< A sentence.
        bool isGood = false;
    };

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

    /// Stops them one after the other, until one cannot be, once the connections of @p plan have drained. @p grace: of
    /// containers. Errors: as ServiceManagers.
    [[nodiscard]] Result<> stop(const KillPlan &plan, std::chrono::milliseconds grace);
    /// Of established connections, so many were left when stop() had waited for long enough.
    [[nodiscard]] std::optional<std::uint32_t> connectionsCut() const { return m_connectionsCut; }
    [[nodiscard]] const std::vector<ManagedService> &services() const { return m_services; }
    /// Whether all that was tried was done.
    [[nodiscard]] bool hasSucceeded() const;
    /// What is to be done; once it has been tried, what was.
    [[nodiscard]] const std::vector<AuditAction> &actions() const { return m_actions; }
    /// How it went with each that was tried.
    [[nodiscard]] std::vector<Outcome> outcomes() const;

private:
    [[nodiscard]] GoesOn patience(ProgressLine &line, const QString &text) const;

    CommandContext &m_context;
    std::vector<ManagedService> m_services;
    std::vector<AuditAction> m_actions;
    std::optional<std::uint32_t> m_connectionsCut;
};

} // namespace Quay
