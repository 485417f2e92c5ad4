// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/safetext.h"
#include "core/base/words.h"
#include "core/kernel/pidfd.h"
#include "core/probes/observationwords.h"
#include "core/probes/waitprobe.h"
#include "core/service/jsonmembers.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace Quay::Json {

/// What the messages about servers are made of. A foreign text passes safeText(); what is not there is null.
inline const QJsonValue Null(QJsonValue::Null);

[[nodiscard]] inline QJsonValue text(std::string_view bytes)
{
    return QString::fromStdString(safeText(bytes));
}

[[nodiscard]] inline QJsonValue textOrNull(const std::optional<std::string> &bytes)
{
    return bytes ? text(*bytes) : Null;
}

/// One of ours.
[[nodiscard]] inline QJsonValue word(std::string_view word)
{
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

template<typename Rep, typename Period>
[[nodiscard]] QJsonValue countOf(std::chrono::duration<Rep, Period> duration)
{
    return static_cast<qint64>(duration.count());
}

template<typename Duration>
[[nodiscard]] QJsonValue countOrNull(const std::optional<Duration> &duration)
{
    return duration ? countOf(*duration) : Null;
}

[[nodiscard]] inline QJsonObject process(ProcessId id)
{
    return {{QStringLiteral("pid"), id.pid}, {QStringLiteral("startTicks"), static_cast<qint64>(id.startTicks)}};
}

[[nodiscard]] inline QJsonObject observation(const Observation &seen)
{
    return {{QStringLiteral("what"), word(wordFor(ObservationWords, seen.what))},
            {QStringLiteral("detail"), text(seen.detail)},
            {QStringLiteral("number"), seen.number}};
}

[[nodiscard]] inline std::optional<ProcessId> processFrom(const Members &json)
{
    const auto pid = json.number<pid_t>("pid");
    const auto startTicks = json.number<std::uint64_t>("startTicks");
    return pid && startTicks ? std::optional(ProcessId{.pid = *pid, .startTicks = *startTicks}) : std::nullopt;
}

} // namespace Quay::Json
