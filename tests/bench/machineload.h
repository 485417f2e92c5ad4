// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "tests/support/cgroupscope.h"
#include "tests/support/childprocess.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace Quay::Test {

/// A listener that comes and goes in step with looks once a second would be met by all of them, or by none.
constexpr int OutOfStepMs = 2900;

/// What tests/targets/testload makes: see there.
struct LoadOptions
{
    int processes = 600;
    int descriptors = 20;
    int listeners = 120;
    int holders = 50;
    int udpSockets = 10;
    int cgroups = 0; ///< 0: everything stays in ours.
    int active = 0;
    int forksPerSecond = 0;
    int togglePeriodMs = 0; ///< See OutOfStepMs.
};

/// Processes, sockets and activity as on a developer's machine. All gone when this object is.
class MachineLoad
{
public:
    [[nodiscard]] static Result<std::unique_ptr<MachineLoad>> start(const LoadOptions &options);
    MachineLoad(const MachineLoad &) = delete;
    MachineLoad &operator=(const MachineLoad &) = delete;
    ~MachineLoad();

private:
    MachineLoad() = default;

    std::optional<CgroupScope> m_cgroup; ///< outlives the processes in it
    std::optional<ChildProcess> m_process;
};

} // namespace Quay::Test
