// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/startpreparation.h"

#include "core/base/pollset.h"
#include "core/servers/preflight.h"
#include "core/servers/preflightrun.h"
#include "core/servers/runplan.h"
#include "core/servers/serverspec.h"

#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace Quay {

StartPreparation::StartPreparation(ServerSpec spec, const VariableMap &inherited, const PreflightMachine &machine)
    : m_inherited(inherited)
    , m_machine(machine)
    , m_written(std::move(spec))
    , m_started(m_written)
    , m_spec(m_written)
{
}

void StartPreparation::setWritten(ServerSpec spec)
{
    m_written = std::move(spec);
}

ServerSpec StartPreparation::takeWritten()
{
    m_spec = m_written; // the ports of the last run may have been the next ones
    return std::exchange(m_started, m_written);
}

void StartPreparation::readEnvironment()
{
    m_environment = environmentFor(m_spec, m_inherited).variables;
}

void StartPreparation::check()
{
    m_preflight = std::make_unique<PreflightRun>(
        std::vector{PreflightServer{.spec = m_spec, .environment = m_environment}}, m_machine);
}

void StartPreparation::collect(PollSet &set) const
{
    if (m_preflight != nullptr) {
        m_preflight->collect(set);
    }
}

std::optional<std::chrono::nanoseconds> StartPreparation::due() const
{
    return m_preflight != nullptr ? std::optional(m_preflight->due()) : std::nullopt;
}

bool StartPreparation::proceed(const PollSet &set)
{
    if (m_preflight == nullptr) {
        return false;
    }
    m_preflight->proceed(set);
    if (!m_preflight->isDone()) {
        return false;
    }
    m_checks = m_preflight->outcomes();
    m_preflight.reset();
    takeNextPorts(m_checks, m_spec, m_environment);
    return true;
}

} // namespace Quay
