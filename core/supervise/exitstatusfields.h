// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/pidfd.h"
#include "core/supervise/fieldline.h"

#include <optional>

namespace Quay {

/// Adds @p status as the fields `code`, `exitSignal` and `core`.
inline void addExitStatus(FieldLine &line, const ExitStatus &status)
{
    line.add("code", status.code);
    line.add("exitSignal", status.signal);
    line.add("core", status.dumpedCore);
}

/// Nothing when they are not there.
[[nodiscard]] inline std::optional<ExitStatus> exitStatusFrom(const FieldLine &line)
{
    const auto signal = line.number<int>("exitSignal");
    if (!signal) {
        return std::nullopt;
    }
    return ExitStatus{.code = line.number<int>("code"), .signal = *signal, .dumpedCore = line.flag("core")};
}

} // namespace Quay
