// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/waiter.h"
#include "app/cli/waittarget.h"

#include <QJsonObject>
#include <QString>

#include <chrono>
#include <vector>

namespace Quay {

/// What was seen, in a few words: `connection refused`, `HTTP 503`, `held by node 4711`.
[[nodiscard]] QString observationText(const Observation &seen);

/// A finished target on one line: `3000: listens at 127.0.0.1:3000, after 1.2 s`.
[[nodiscard]] QString outcomeText(const WaitTarget &target, const WaitOutcome &outcome);

/// What is still missing: `waiting for 1 of 3: tcp:db:5432 (connection refused)`.
[[nodiscard]] QString progressText(const std::vector<WaitTarget> &targets, const std::vector<WaitOutcome> &outcomes);

/// The whole result; described in resources/schema/quay-wait.schema.json.
[[nodiscard]] QJsonObject waitJson(const std::vector<WaitTarget> &targets, const std::vector<WaitOutcome> &outcomes,
                                   std::chrono::milliseconds timeout);

} // namespace Quay
