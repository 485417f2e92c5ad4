// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/preflight.h"

#include <chrono>
#include <cstddef>
#include <vector>

namespace Quay {

class PollSet;
struct CheckResult;

/**
 * The checks of some servers, all under way at the same time. See runPreflight() for what is checked.
 *
 * One that is given up ends with its commands when it is destroyed.
 *
 * Threads: not shared; that of the module for HTTP. Never blocks.
 */
class PreflightRun
{
public:
    /// Begins. @p machine outlives this object.
    PreflightRun(std::vector<PreflightServer> servers, const PreflightMachine &machine);
    PreflightRun(const PreflightRun &) = delete;
    PreflightRun &operator=(const PreflightRun &) = delete;
    ~PreflightRun();

    [[nodiscard]] bool isDone() const;
    void collect(PollSet &set) const;
    /// When proceed() is to be called at the latest; in the past when all is done.
    [[nodiscard]] std::chrono::nanoseconds due() const;
    void proceed(const PollSet &set);

    /// Server by server, in order. Final once all is done.
    [[nodiscard]] std::vector<CheckOutcome> outcomes() const;

private:
    class SecretValues;
    struct Job;

    void addJob(std::size_t server, PreflightCheck check, bool isOwn);
    void conclude(Job &job, CheckResult result);
    void lookFurther(Job &job) const;

    std::vector<PreflightServer> m_servers;
    const PreflightMachine &m_machine;
    std::vector<SecretValues> m_secrets; ///< As m_servers.
    std::vector<Job> m_jobs;
    std::chrono::nanoseconds m_start;
};

} // namespace Quay
