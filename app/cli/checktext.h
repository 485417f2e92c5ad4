// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "core/servers/configmistake.h"
#include "core/servers/preflight.h"

#include <QJsonObject>
#include <QString>

#include <string>
#include <vector>

namespace Quay {

/// A line for each check, server by server, and how many there were of each sort. @p holders: who holds the port, for
/// each outcome.
[[nodiscard]] QString checkReport(const std::vector<CheckOutcome> &outcomes, const std::vector<std::string> &holders,
                                  const OutputTraits &traits);

/// The JSON of `quay check`, see resources/schema/quay-check.schema.json.
[[nodiscard]] QJsonObject checkJson(const std::string &path, const std::vector<ConfigMistake> &mistakes,
                                    const std::vector<CheckOutcome> &outcomes, const std::vector<std::string> &holders);

} // namespace Quay
