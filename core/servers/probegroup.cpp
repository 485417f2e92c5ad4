// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/probegroup.h"

#include "core/base/pollset.h"
#include "core/probes/waitprobe.h"
#include "core/servers/factprobe.h"
#include "core/servers/probecourse.h"
#include "core/servers/probefactory.h"
#include "core/servers/probespec.h"
#include "core/servers/serverspec.h"
#include "core/servers/unmadeprobe.h"

#include <QRegularExpression>
#include <QString>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace Quay {

namespace {

QString textOf(const std::string &bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

} // namespace

ProbeGroup::ProbeGroup(const ServerSpec &server, const ProbeMachine &machine, ProbePurpose purpose)
    : m_server(server)
    , m_machine(machine)
    , m_purpose(purpose)
{
}

ProbeCourse ProbeGroup::courseOf(const ProbeSpec &spec, const ProbedRun &run, std::chrono::nanoseconds startedAt) const
{
    auto probe = makeProbe(spec.condition, m_server, run, m_machine);
    if (probe) {
        return {spec, *std::move(probe), startedAt};
    }
    auto make = [condition = spec.condition, run, &server = m_server, &machine = m_machine] {
        return makeProbe(condition, server, run, machine);
    };
    const bool isUnknown = m_purpose == ProbePurpose::Liveness;
    return {spec, std::make_unique<UnmadeProbe>(std::move(make)), startedAt,
            isUnknown ? ProbeStanding::Unknown : ProbeStanding::Open};
}

void ProbeGroup::begin(const std::vector<ProbeSpec> &specs, const ProbedRun &run, std::chrono::nanoseconds startedAt)
{
    m_probings.clear();
    for (const auto &spec : specs) {
        auto fact = std::make_shared<AwaitedFact>();
        ProbedRun probed = run;
        probed.fact = fact;
        const auto *const log = std::get_if<LogCondition>(&spec.condition);
        m_probings.push_back({.course = courseOf(spec, probed, startedAt),
                              .fact = std::move(fact),
                              .pattern = QRegularExpression(log != nullptr ? textOf(log->pattern) : QString()),
                              .awaitsReady = std::holds_alternative<NotifyCondition>(spec.condition),
                              .awaitsAlive = std::holds_alternative<WatchdogCondition>(spec.condition)});
    }
}

void ProbeGroup::lineCame(const std::string &line)
{
    std::optional<QString> text;
    for (auto &probing : m_probings) {
        if (probing.fact->hasCome || probing.pattern.pattern().isEmpty()) {
            continue;
        }
        text = text ? std::move(text) : textOf(line);
        probing.fact->hasCome = probing.pattern.match(*text).hasMatch();
    }
}

void ProbeGroup::readyCame()
{
    for (auto &probing : m_probings) {
        probing.fact->hasCome = probing.fact->hasCome || probing.awaitsReady;
    }
}

void ProbeGroup::aliveCame(bool isAlive)
{
    for (auto &probing : m_probings) {
        probing.fact->hasCome = probing.awaitsAlive ? isAlive : probing.fact->hasCome;
    }
}

void ProbeGroup::collect(PollSet &set) const
{
    for (const auto &probing : m_probings) {
        set.add(probing.course.awaited());
    }
}

std::optional<std::chrono::nanoseconds> ProbeGroup::due() const
{
    if (m_probings.empty()) {
        return std::nullopt;
    }
    const auto first =
        std::ranges::min_element(m_probings, {}, [](const Probing &probing) { return probing.course.due(); });
    return first->course.due();
}

bool ProbeGroup::proceed(std::chrono::nanoseconds now, const PollSet &set)
{
    bool isChanged = false;
    for (auto &probing : m_probings) {
        isChanged = probing.course.proceed(now, set.hasCome(probing.course.awaited())) || isChanged;
        if (auto attempt = probing.course.takeAttempt()) {
            m_attempts.push_back({.probe = probing.course.spec().name, .attempt = *std::move(attempt)});
        }
    }
    return isChanged;
}

ProbeStanding ProbeGroup::standing() const
{
    if (failed() != nullptr) {
        return ProbeStanding::Failed;
    }
    const auto stands = [](ProbeStanding standing) {
        return [standing](const Probing &probing) { return probing.course.standing() == standing; };
    };
    if (std::ranges::any_of(m_probings, stands(ProbeStanding::Unknown))) {
        return ProbeStanding::Unknown;
    }
    return std::ranges::all_of(m_probings, stands(ProbeStanding::Met)) ? ProbeStanding::Met : ProbeStanding::Open;
}

const ProbeCourse *ProbeGroup::failed() const
{
    const auto found = std::ranges::find_if(
        m_probings, [](const Probing &probing) { return probing.course.standing() == ProbeStanding::Failed; });
    return found != m_probings.end() ? &found->course : nullptr;
}

const ProbeCourse *ProbeGroup::unknown() const
{
    const auto found = std::ranges::find_if(m_probings, [](const Probing &probing) {
        return probing.course.standing() == ProbeStanding::Unknown
            && probing.course.seen().what != Observation::What::NotTried;
    });
    return found != m_probings.end() ? &found->course : nullptr;
}

std::vector<const ProbeCourse *> ProbeGroup::courses() const
{
    std::vector<const ProbeCourse *> courses;
    courses.reserve(m_probings.size());
    for (const auto &probing : m_probings) {
        courses.push_back(&probing.course);
    }
    return courses;
}

} // namespace Quay
