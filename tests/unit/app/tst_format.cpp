// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/format.h"
#include "core/base/clock.h"

#include <QLocale>
#include <QObject>
#include <QRegularExpression>
#include <QString>
#include <QTest>

#include <chrono>
#include <cstdint>

#include <unistd.h>

using namespace std::chrono_literals;

namespace {

class FixedClock : public Quay::Clock
{
public:
    [[nodiscard]] std::chrono::nanoseconds monotonic() const override { return 50s; }
    [[nodiscard]] std::chrono::nanoseconds sinceBoot() const override { return 100s; }
    [[nodiscard]] std::chrono::nanoseconds realTime() const override { return 1'000'000s; }
};

} // namespace

class tst_Format : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void durationsUseTheLargestUnit_data();
    void durationsUseTheLargestUnit();
    void elapsedTimesKeepWhatMatters_data();
    void elapsedTimesKeepWhatMatters();
    void bytesHaveUnits_data();
    void bytesHaveUnits();
    void sharesBecomePercent_data();
    void sharesBecomePercent();
    void ticksBecomeTimes();
    void timesHaveTheirSecondAndCentury_data();
    void timesHaveTheirSecondAndCentury();
    void foreignTextIsMadeSafe();
    void toolTipsShowMarkupAsText();
};

void tst_Format::durationsUseTheLargestUnit_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("duration");
    QTest::addColumn<QString>("text");
    QTest::addRow("negative") << std::chrono::nanoseconds(-5s) << QStringLiteral("0 ms");
    QTest::addRow("zero") << std::chrono::nanoseconds(0) << QStringLiteral("0 ms");
    QTest::addRow("below a second") << std::chrono::nanoseconds(999ms) << QStringLiteral("999 ms");
    QTest::addRow("a second") << std::chrono::nanoseconds(1s) << QStringLiteral("1 s");
    QTest::addRow("below a minute") << std::chrono::nanoseconds(59999ms) << QStringLiteral("59 s");
    QTest::addRow("a minute") << std::chrono::nanoseconds(1min) << QStringLiteral("1 min");
    QTest::addRow("an hour") << std::chrono::nanoseconds(1h) << QStringLiteral("1 h");
    QTest::addRow("below a day") << std::chrono::nanoseconds(24h - 1ns) << QStringLiteral("23 h");
    QTest::addRow("days") << std::chrono::nanoseconds(49h) << QStringLiteral("2 d");
}

void tst_Format::durationsUseTheLargestUnit()
{
    QFETCH(const std::chrono::nanoseconds, duration);
    QFETCH(const QString, text);

    QCOMPARE(Quay::durationText(duration), text);
}

void tst_Format::elapsedTimesKeepWhatMatters_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("duration");
    QTest::addColumn<QString>("text");
    QTest::addRow("milliseconds") << std::chrono::nanoseconds(12ms) << QStringLiteral("12 ms");
    QTest::addRow("seconds") << std::chrono::nanoseconds(1340ms) << QStringLiteral("1.3 s");
    QTest::addRow("almost ten") << std::chrono::nanoseconds(9960ms) << QStringLiteral("10 s");
    QTest::addRow("whole minutes") << std::chrono::nanoseconds(60s) << QStringLiteral("1 min");
    QTest::addRow("minutes") << std::chrono::nanoseconds(125s) << QStringLiteral("2 min 5 s");
    QTest::addRow("hours") << std::chrono::nanoseconds(3h) << QStringLiteral("3 h");
}

void tst_Format::elapsedTimesKeepWhatMatters()
{
    QFETCH(const std::chrono::nanoseconds, duration);
    QFETCH(const QString, text);

    QCOMPARE(Quay::elapsedText(duration), text);
}

void tst_Format::bytesHaveUnits_data()
{
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addRow("none") << quint64{0} << QStringLiteral("0 B");
    QTest::addRow("below a kilobyte") << quint64{999} << QStringLiteral("999 B");
    QTest::addRow("one and a half") << quint64{1500} << QStringLiteral("1.5 kB");
    QTest::addRow("rounds up a unit") << quint64{999'600} << QStringLiteral("1 MB");
    QTest::addRow("window") << quint64{38'400'000} << QStringLiteral("38 MB");
    QTest::addRow("gigabytes") << quint64{2'250'000'000} << QStringLiteral("2.3 GB");
    QTest::addRow("largest unit") << quint64{5'000'000'000'000'000} << QStringLiteral("5,000 TB");
}

void tst_Format::bytesHaveUnits()
{
    QFETCH(const quint64, bytes);
    QFETCH(const QString, text);

    QCOMPARE(Quay::bytesText(bytes), text);
}

void tst_Format::sharesBecomePercent_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<QString>("text");
    QTest::addRow("none") << 0.0 << QStringLiteral("0 %");
    QTest::addRow("negative") << -1.0 << QStringLiteral("0 %");
    QTest::addRow("a thousandth") << 0.001 << QStringLiteral("0.1 %");
    QTest::addRow("a quarter") << 0.254 << QStringLiteral("25 %");
    QTest::addRow("two cores") << 2.0 << QStringLiteral("200 %");
}

void tst_Format::sharesBecomePercent()
{
    QFETCH(const double, share);
    QFETCH(const QString, text);

    QCOMPARE(Quay::percentText(share), text);
}

void tst_Format::ticksBecomeTimes()
{
    const FixedClock clock;
    const auto ticksPerSecond = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));

    QCOMPARE(Quay::runningTime(90 * ticksPerSecond, clock), std::chrono::nanoseconds(10s));
    QCOMPARE(Quay::runningTime(200 * ticksPerSecond, clock), std::chrono::nanoseconds(0)); // not started yet
    QCOMPARE(Quay::startTime(90 * ticksPerSecond, clock), std::chrono::nanoseconds(999'990s));
}

void tst_Format::timesHaveTheirSecondAndCentury_data()
{
    QTest::addColumn<QLocale>("locale");
    for (const char *const name : {"C", "de_DE", "en_US", "en_GB", "sv_SE", "fi_FI", "fr_CA"}) {
        QTest::addRow("%s", name) << QLocale(QString::fromLatin1(name));
    }
}

void tst_Format::timesHaveTheirSecondAndCentury()
{
    QFETCH(const QLocale, locale);
    const QLocale before;
    QLocale::setDefault(locale);

    const auto text = Quay::timeText(std::chrono::seconds(1'793'000'042));

    QLocale::setDefault(before);
    QVERIFY2(text.contains(QStringLiteral("2026"))
                 && QRegularExpression(QStringLiteral("(.)\\d\\d\\g{1}02\\b")).match(text).hasMatch(),
             qPrintable(text));
}

void tst_Format::foreignTextIsMadeSafe()
{
    QCOMPARE(Quay::shownText("a\nb"), QStringLiteral("a\\nb"));
    QCOMPARE(Quay::shownText("\xff"), QString(QChar(QChar::ReplacementCharacter)));
}

void tst_Format::toolTipsShowMarkupAsText()
{
    QCOMPARE(Quay::toolTipHtml(QStringLiteral("<img src=x>\nb")), QStringLiteral("<qt>&lt;img src=x&gt;<br>b</qt>"));
    QCOMPARE(Quay::toolTipHtml({}), QString());
}

QTEST_GUILESS_MAIN(tst_Format)
#include "tst_format.moc"
