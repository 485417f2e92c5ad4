// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sincetime.h"

#include "core/base/duration.h"
#include "core/base/number.h"

#include <QDateTime>
#include <QString>
#include <QTime>

#include <optional>
#include <string>

namespace Quay {

namespace {

using namespace std::chrono_literals;

std::optional<std::chrono::milliseconds> agoFromText(std::string_view word)
{
    constexpr unsigned MostDays = 36500;
    if (word.ends_with('d')) {
        const auto days = numberFromText<unsigned>(word.substr(0, word.size() - 1));
        return days && *days <= MostDays ? std::optional<std::chrono::milliseconds>(*days * 24h) : std::nullopt;
    }
    const auto duration = durationFromText(word);
    return duration ? std::optional(*duration) : std::nullopt;
}

/// `14:05` and `14:05:30` are of the day that @p now is in.
QDateTime dateTimeFromText(const QString &text, const QDateTime &now)
{
    for (const auto &format : {QStringLiteral("H:mm"), QStringLiteral("H:mm:ss")}) {
        const QTime time = QTime::fromString(text, format);
        if (time.isValid()) {
            return {now.date(), time};
        }
    }
    return QDateTime::fromString(text, Qt::ISODate);
}

} // namespace

Result<std::chrono::nanoseconds> sinceTimeFromText(std::string_view word, const Clock &clock)
{
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(clock.realTime());
    if (const auto ago = agoFromText(word)) {
        return now - *ago;
    }
    const QString text = QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
    const QDateTime time = dateTimeFromText(text, QDateTime::fromMSecsSinceEpoch(now.count()));
    constexpr qint64 LatestYear = 2200; // nanoseconds have no room for later ones
    if (!time.isValid() || time.date().year() < 1970 || time.date().year() > LatestYear) {
        return fail(ErrorCode::Invalid, std::string(word));
    }
    return std::chrono::milliseconds(time.toMSecsSinceEpoch());
}

} // namespace Quay
