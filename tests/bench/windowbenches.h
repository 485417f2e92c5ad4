// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>

namespace Quay::Test {

class Report;

/// How much each benchmark of the window does.
struct WindowBenchSettings
{
    int processes = 600;
    int descriptors = 20;
    int listeners = 120;
    int manyListeners = 10'000;
    int rounds = 3; ///< of idle, hidden and visible
    std::chrono::milliseconds watched{21'000}; ///< of each: two looks of a hidden window
    int endings = 1'000; ///< processes in one plan
    int merges = 11; ///< of everything that is compared with ss
};

/// CPU time of the window, hidden and visible, above that of a Qt program that does nothing; painting apart.
[[nodiscard]] Result<> benchResting(const WindowBenchSettings &settings, Report &report);
/// A look at ten thousand listeners and its merge into the model, against ss.
[[nodiscard]] Result<> benchScanAndMerge(const WindowBenchSettings &settings, Report &report);
/// For how long the window answers nothing while ten thousand listeners appear and vanish, and a thousand processes
/// end.
[[nodiscard]] Result<> benchStalls(const WindowBenchSettings &settings, Report &report);
/// The last part of it.
[[nodiscard]] Result<> stallsWhileEnding(const WindowBenchSettings &settings, Report &report);

} // namespace Quay::Test
