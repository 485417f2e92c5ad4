// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/machineload.h"

#include "tests/support/testserver.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace Quay::Test {

Result<std::unique_ptr<MachineLoad>> MachineLoad::start(const LoadOptions &options)
{
    std::unique_ptr<MachineLoad> load(new MachineLoad);
    std::vector<std::string> arguments{programPath("testload")};
    const auto add = [&arguments](const char *name, int value) {
        arguments.emplace_back(name);
        arguments.push_back(std::to_string(value));
    };
    add("--processes", options.processes);
    add("--descriptors", options.descriptors);
    add("--listeners", options.listeners);
    add("--holders", options.holders);
    add("--udp", options.udpSockets);
    add("--active", options.active);
    add("--forks-per-second", options.forksPerSecond);
    add("--toggle-ms", options.togglePeriodMs);
    if (options.cgroups > 0) {
        auto cgroup = CgroupScope::make("load");
        if (!cgroup) {
            return std::unexpected(cgroup.error());
        }
        load->m_cgroup.emplace(*std::move(cgroup));
        add("--cgroups", options.cgroups);
        arguments.insert(arguments.end(), {"--cgroup-root", load->m_cgroup->directory().string()});
    }
    auto process = ChildProcess::start({.arguments = std::move(arguments), .workingDirectory = {}});
    if (!process) {
        return std::unexpected(process.error());
    }
    load->m_process.emplace(*std::move(process));
    constexpr auto LongestStart = std::chrono::minutes(2);
    if (const auto ready = load->m_process->readLine(LongestStart); !ready) {
        return std::unexpected(ready.error());
    }
    return load;
}
MachineLoad::~MachineLoad()
{
    if (m_process) {
        m_process->closeInput();
        // Its output ends when the last process that has it is gone.
        while (m_process->readLine()) { }
    }
}

} // namespace Quay::Test
