// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/stopcourse.h"

#include "core/base/earliest.h"
#include "core/base/pollset.h"
#include "core/servers/leftoverending.h"
#include "core/servers/runlink.h"
#include "core/servers/serverspec.h"
#include "core/servers/stopcommandrun.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/serverplaces.h"

#include <chrono>
#include <csignal>
#include <optional>
#include <tuple>
#include <utility>

namespace Quay {

StopCourse::StopCourse(const ProcFs &proc, ServerPlaces places, ServerIdentity server)
    : m_proc(proc)
    , m_places(std::move(places))
    , m_server(std::move(server))
{
}

void StopCourse::ask(const StoppedRun &run, std::chrono::nanoseconds now)
{
    m_command.reset();
    if (run.link == nullptr) {
        StopRule rule = run.spec.stop;
        if (m_isForced) {
            rule.signal = SIGKILL;
            rule.grace = std::chrono::milliseconds(0);
        }
        m_leftOvers.emplace(m_proc, m_places, m_server, rule, now);
        return;
    }
    if (!m_isForced) {
        if (auto command = StopCommandRun::start(run.spec, run.environment, now)) {
            m_command.emplace(*std::move(command));
            return;
        }
    }
    std::ignore = run.link->stop(m_isForced); // whoever is gone is what was wanted; the link says so itself
}

void StopCourse::clear()
{
    m_isForced = false;
    m_command.reset();
    m_leftOvers.reset();
}

void StopCourse::collect(PollSet &set) const
{
    if (m_command) {
        m_command->collect(set);
    }
}

std::optional<std::chrono::nanoseconds> StopCourse::due() const
{
    return earliestOf({m_command.transform(&StopCommandRun::due), m_leftOvers.transform(&LeftOverEnding::due)});
}

bool StopCourse::proceed(const PollSet &set, RunLink *link, std::chrono::nanoseconds now)
{
    if (m_command && m_command->isInVain(set, now)) {
        m_command.reset();
        if (link != nullptr) {
            std::ignore = link->stop(false);
        }
    }
    return m_leftOvers && m_leftOvers->proceed(now);
}

} // namespace Quay
