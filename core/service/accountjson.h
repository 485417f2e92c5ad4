// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/pidfd.h"
#include "core/servers/runaccount.h"

#include <QJsonValue>

#include <optional>

class QJsonObject;

namespace Quay {

/// What a run has told, as ServerStatus has it; see quay-status.schema.json. Threads: pure functions.
[[nodiscard]] QJsonObject toJson(const RunAccount &account);
/// What is missing has its default.
[[nodiscard]] RunAccount runAccountFrom(const QJsonObject &json);

/// null when there is none.
[[nodiscard]] QJsonValue toJson(const std::optional<ExitStatus> &exit);
[[nodiscard]] std::optional<ExitStatus> exitStatusFrom(const QJsonObject &json);

} // namespace Quay
