// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/serverstatus.h"

#include <optional>

class QJsonObject;

namespace Quay {

/**
 * A server as the agent tells it, and as `quay status --json` prints it; described in quay-status.schema.json. Foreign
 * texts pass safeText().
 *
 * Threads: pure functions.
 */
[[nodiscard]] QJsonObject toJson(const ServerStatus &status);

/// Nothing when it has no name, or is in a state that is not known. What else is missing, or is of a later version, has
/// its default.
[[nodiscard]] std::optional<ServerStatus> serverStatusFrom(const QJsonObject &json);

} // namespace Quay
