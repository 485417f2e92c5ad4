// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/alertfile.h"
#include "core/logs/alertwatch.h"
#include "core/servers/serverspec.h"

#include <QString>

#include <chrono>
#include <string>
#include <vector>

namespace Quay {

/// The alerts of a server, and how they stand; in the same order.
struct ServerAlerts
{
    std::string server;
    std::vector<AlertSpec> alerts;
    std::vector<AlertStanding> standings;
};

/// What an alert is called: its name, else its pattern.
[[nodiscard]] QString alertName(const AlertRule &rule);

/// That something was found, and the last line: `loop (2 more, 5 in all): ERROR bound to a different event loop`.
[[nodiscard]] QString alertNewsText(const AlertNews &news);

/// How it stands: `3 times, first ..., last ..., 51 hours without`. @p now: since 1970.
[[nodiscard]] QString alertStandingText(const AlertStanding &standing, std::chrono::nanoseconds now);

/// What `quay logs --alerts --json` prints. @p now: since 1970.
[[nodiscard]] std::string alertsJson(const std::vector<ServerAlerts> &servers, std::chrono::nanoseconds now);

} // namespace Quay
