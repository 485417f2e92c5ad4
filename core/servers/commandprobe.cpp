// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/commandprobe.h"

#include "core/base/error.h"
#include "core/probes/waitprobe.h"
#include "core/servers/commandrun.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <poll.h>

namespace Quay {

namespace {

std::string lastLineOf(std::string_view output)
{
    const auto end = output.find_last_not_of(" \t\r\n");
    if (end == std::string_view::npos) {
        return {};
    }
    output = output.substr(0, end + 1);
    const auto begin = output.find_last_of('\n');
    return std::string(begin == std::string_view::npos ? output : output.substr(begin + 1));
}

} // namespace

CommandProbe::CommandProbe(CommandStart command)
    : m_command(std::move(command))
{
}

std::optional<Attempt> CommandProbe::begin(std::chrono::milliseconds /*limit*/)
{
    auto run = CommandRun::start(m_command);
    if (!run) {
        return Attempt{.isMet = false,
                       .seen = {.what = Observation::What::CommandNotRun, .detail = run.error().subject}};
    }
    m_run.emplace(*std::move(run));
    return std::nullopt;
}

pollfd CommandProbe::awaited() const
{
    return {.fd = m_run ? m_run->descriptor() : -1, .events = POLLIN, .revents = 0};
}

std::optional<Attempt> CommandProbe::proceed()
{
    const auto result = m_run->proceed();
    if (!result) {
        return std::nullopt;
    }
    m_run.reset();
    return Attempt{.isMet = result->exit.code == 0,
                   .seen = {.what = Observation::What::CommandEnded,
                            .detail = lastLineOf(result->output),
                            .number = result->exit.code.value_or(-result->exit.signal)}};
}

Attempt CommandProbe::giveUp()
{
    m_run.reset(); // ends it
    return {.isMet = false, .seen = {.what = Observation::What::TimedOut}};
}

} // namespace Quay
