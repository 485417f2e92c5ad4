// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/probelog.h"

#include <QString>

#include <string>
#include <vector>

namespace Quay {

/// The attempts of a server's probes.
struct ServerAttempts
{
    std::string server;
    std::vector<ProbeAttempts> attempts;
};

/// How attempts ended: `answers: not met, HTTP 503 (12 times, until 14:02:11.204)`.
[[nodiscard]] QString attemptsText(const ProbeAttempts &attempts);

/// What `quay logs --probes --json` prints.
[[nodiscard]] std::string attemptsJson(const std::vector<ServerAttempts> &servers);

} // namespace Quay
