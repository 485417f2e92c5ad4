// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/jsontext.h"
#include "core/base/clock.h"
#include "core/ports/listener.h"
#include "core/processes/jsonbytes.h"

#include <QJsonObject>
#include <QJsonValue>

#include <chrono>

namespace Quay {

class UserNames;

// The JSON that scripts rely on; described in resources/schema. Nothing in it is translated, and no number is
// localised. What is unknown is null, and a sibling called NAMEReason says why in one word.

/// The version of every object that `quay` prints.
inline constexpr int JsonSchemaVersion = 1;

/// What JSON needs to name users and times.
struct JsonContext
{
    UserNames &users;
    const Clock &clock;
};

/// Whether processes carry their chain of parents.
enum class JsonDetail
{
    Brief,
    WithAncestry,
};

/// A time of day in UTC: `2026-07-14T15:04:05Z`.
[[nodiscard]] QJsonValue jsonTime(std::chrono::nanoseconds realTime);

/// Null for UnitKind::None.
[[nodiscard]] QJsonValue toJson(const UnitInfo &unit);
[[nodiscard]] QJsonObject toJson(const Warning &warning);
/// A process with all that its profile tells.
[[nodiscard]] QJsonObject toJson(const ProcessInfo &process, const OwnerProfile &profile, JsonDetail detail,
                                 const JsonContext &context);
[[nodiscard]] QJsonObject toJson(const Listener &listener, JsonDetail detail, const JsonContext &context);

} // namespace Quay
