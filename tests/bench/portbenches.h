// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace Quay::Test {

class Report;

/// How much each benchmark does.
struct BenchSettings
{
    int processes = 600;
    int descriptors = 20;
    int listeners = 120;
    int cgroups = 30; ///< for the first look with cgroups apart
    int rounds = 11; ///< of everything that is compared
    int looksPerRound = 100; ///< of a steady refresh
    int ticks = 60; ///< Of the loops at 1 Hz. In the first seconds whoever has a socket is still being looked for.
    int refreshes = 10'000; ///< for the memory
    int events = 2'000; ///< of the stress
    int scale = 1; ///< what the sizes of benchScale() are divided by
};

/// A steady refresh with owners in a tight loop, against ss and lsof.
[[nodiscard]] Result<> benchTightLoop(const BenchSettings &settings, Report &report);
/// The same as it really runs, once a second, against ss and ps.
[[nodiscard]] Result<> benchEverySecond(const BenchSettings &settings, Report &report);
/// The first complete snapshot of a fresh process, against ss: in one cgroup, and with cgroups apart.
[[nodiscard]] Result<> benchFirstLook(const BenchSettings &settings, Report &report);
/// `quay ports PORT` as a whole process, against lsof and ss.
[[nodiscard]] Result<> benchCommand(const BenchSettings &settings, Report &report);
/// What a refresh costs with many processes and with ten thousand listeners.
[[nodiscard]] Result<> benchScale(const BenchSettings &settings, Report &report);
/// Resident memory before and after ten thousand refreshes.
[[nodiscard]] Result<> benchMemory(const BenchSettings &settings, Report &report);
/// Whether the owners stay right through random events.
[[nodiscard]] Result<> benchOwners(const BenchSettings &settings, Report &report);

} // namespace Quay::Test
