// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/format.h"

#include "core/base/clock.h"
#include "core/base/safetext.h"
#include "core/kernel/procstat.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace Quay {

namespace {

using namespace std::chrono_literals;

struct Format
{
    Q_DECLARE_TR_FUNCTIONS(Format)
};

using Days = std::chrono::duration<std::int64_t, std::ratio<86400>>;

template<typename Unit>
QString whole(std::chrono::nanoseconds duration)
{
    return QLocale().toString(static_cast<qlonglong>(std::chrono::duration_cast<Unit>(duration).count()));
}

/// One decimal below ten, none from there on; 9.96 counts as ten.
QString shortNumber(double value)
{
    const auto tenths = std::llround(value * 10);
    return QLocale().toString(value, 'f', tenths < 100 && tenths % 10 != 0 ? 1 : 0);
}

} // namespace

QString shownText(std::string_view bytes)
{
    return QString::fromStdString(safeText(bytes));
}

QString shortened(const QString &line)
{
    constexpr qsizetype Longest = 500;
    if (line.size() <= Longest) {
        return line;
    }
    const bool cutsLetter = line.at(Longest - 1).isHighSurrogate();
    return line.first(cutsLetter ? Longest - 1 : Longest) + u'…';
}

QString toolTipHtml(const QString &plain)
{
    return plain.isEmpty()
        ? plain
        : QString(QStringLiteral("<qt>") + plain.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"))
                  + QStringLiteral("</qt>"));
}

QString durationText(std::chrono::nanoseconds duration)
{
    duration = std::max(duration, 0ns);
    if (duration < 1s) {
        return Format::tr("%1 ms").arg(whole<std::chrono::milliseconds>(duration));
    }
    if (duration < 1min) {
        return Format::tr("%1 s").arg(whole<std::chrono::seconds>(duration));
    }
    if (duration < 1h) {
        return Format::tr("%1 min").arg(whole<std::chrono::minutes>(duration));
    }
    if (duration < Days(1)) {
        return Format::tr("%1 h").arg(whole<std::chrono::hours>(duration));
    }
    return Format::tr("%1 d", "days").arg(whole<Days>(duration));
}

QString elapsedText(std::chrono::nanoseconds duration)
{
    if (duration < 1s || duration >= 1h || duration % 1min < 1s) { // nothing beside the largest unit
        return durationText(duration);
    }
    if (duration < 1min) {
        const double seconds = std::chrono::duration<double>(duration).count();
        return Format::tr("%1 s").arg(shortNumber(seconds));
    }
    return Format::tr("%1 min %2 s")
        .arg(whole<std::chrono::minutes>(duration), whole<std::chrono::seconds>(duration % 1min));
}

QString bytesText(std::uint64_t bytes)
{
    if (bytes < 1000) {
        return Format::tr("%1 B").arg(bytes);
    }
    const std::array units{Format::tr("%1 kB"), Format::tr("%1 MB"), Format::tr("%1 GB"), Format::tr("%1 TB")};
    auto value = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < units.size()) { // 999.5 would be shown as 1000
        value /= 1000;
        ++unit;
    }
    return units.at(unit).arg(shortNumber(value));
}

QString percentText(double share)
{
    const double percent = std::round(std::max(share, 0.0) * 1000) / 10;
    return Format::tr("%1 %").arg(shortNumber(percent));
}

std::chrono::nanoseconds runningTime(std::uint64_t startTicks, const Clock &clock)
{
    return std::max(clock.sinceBoot() - timeFromTicks(startTicks), 0ns);
}

std::chrono::nanoseconds startTime(std::uint64_t startTicks, const Clock &clock)
{
    return clock.realTime() - runningTime(startTicks, clock);
}

QString timeText(std::chrono::nanoseconds realTime)
{
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(realTime);
    // Most short formats have no seconds, and two digits of the year.
    QString format = QLocale().dateTimeFormat(QLocale::ShortFormat);
    if (!format.contains(QLatin1String("yyyy"))) {
        format.replace(QLatin1String("yy"), QLatin1String("yyyy"));
    }
    const auto minutes = format.indexOf(QLatin1String("mm"));
    if (minutes > 0 && !format.contains(QLatin1String("ss"))) {
        format.insert(minutes + 2, format[minutes - 1] + QLatin1String("ss")); // 10:22:35, in Finland 10.22.35
    }
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(milliseconds.count()), format);
}

} // namespace Quay
