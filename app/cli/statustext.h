// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "core/base/clock.h"
#include "core/service/serverstatus.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace Quay {

/// `ready`, `crash loop` ...
[[nodiscard]] QString serverStateText(ServerState state);

/// The servers as a table. With the file of each project where there is more than one.
[[nodiscard]] QString statusTable(const std::vector<ServerStatus> &servers, const OutputTraits &traits,
                                  const Clock &clock);

/// Described in quay-status.schema.json.
[[nodiscard]] QJsonObject statusJson(const std::vector<ServerStatus> &servers);

} // namespace Quay
