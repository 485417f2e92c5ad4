// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/linebatch.h"
#include "core/base/textcursor.h"
#include "core/supervise/criline.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace std::chrono_literals;
using Quay::LineBatch;
using Quay::MostPieceBytes;
using Quay::OutputStream;

namespace {

constexpr std::chrono::nanoseconds RealTime = 1'795'809'600s;

Quay::Arrival at(std::chrono::nanoseconds time)
{
    return {.realTime = RealTime + time, .monotonic = time};
}

/// `O F text` for each line.
std::vector<std::string> shortLines(const LineBatch &batch)
{
    std::vector<std::string> lines;
    Quay::TextCursor cursor(batch.text());
    while (!cursor.atEnd()) {
        const auto line = Quay::criLineFrom(cursor.takeLine()).value();
        lines.push_back(std::string(line.stream == OutputStream::Output ? "O" : "E") + (line.isPartial ? " P " : " F ")
                        + std::string(line.text));
    }
    return lines;
}

std::vector<std::string> joined(const LineBatch &batch, OutputStream stream)
{
    std::vector<std::string> texts;
    Quay::CriJoiner joiner(std::size_t{1} << 30U);
    Quay::TextCursor cursor(batch.text());
    while (!cursor.atEnd()) {
        const auto line = Quay::criLineFrom(cursor.takeLine()).value();
        if (const auto whole = joiner.add(line); whole && line.stream == stream) {
            texts.push_back(whole->text);
        }
    }
    return texts;
}

using Lines = std::vector<std::string>;

} // namespace

class tst_LineBatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesAreWhatIsBetweenBreaks();
    void lineThatCameInPiecesIsWhole();
    void streamsDoNotMix();
    void longLineComesInPieces_data();
    void longLineComesInPieces();
    void whatWaitsIsGivenOutInTime();
    void lastLineIsEnded();
    void anyCutsGiveTheSameLines();
};

void tst_LineBatch::linesAreWhatIsBetweenBreaks()
{
    LineBatch batch;

    batch.add(OutputStream::Output, at(1s), "one\n\n two \n");

    QCOMPARE(shortLines(batch), (Lines{"O F one", "O F ", "O F  two "}));
    QVERIFY(batch.isBetweenLines());
    QVERIFY(!batch.waitingSince());
}

void tst_LineBatch::lineThatCameInPiecesIsWhole()
{
    LineBatch batch;
    batch.add(OutputStream::Output, at(1s), "be");
    batch.add(OutputStream::Output, at(2s), "gun");
    QVERIFY(batch.text().empty());
    QCOMPARE(batch.waitingSince(), std::optional<std::chrono::nanoseconds>(1s));

    batch.add(OutputStream::Output, at(3s), "\n");

    QCOMPARE(shortLines(batch), Lines{"O F begun"});
    QCOMPARE(Quay::criLineFrom(batch.text().substr(0, batch.text().size() - 1))->realTime, RealTime + 3s);
}

void tst_LineBatch::streamsDoNotMix()
{
    LineBatch batch;
    batch.add(OutputStream::Output, at(1s), "out");
    batch.add(OutputStream::Error, at(1s), "err\n");
    batch.add(OutputStream::Output, at(1s), "put\n");

    QCOMPARE(shortLines(batch), (Lines{"E F err", "O F output"}));
}

void tst_LineBatch::longLineComesInPieces_data()
{
    QTest::addColumn<std::size_t>("size");
    QTest::addColumn<std::size_t>("pieces");
    QTest::addRow("just a piece") << MostPieceBytes << std::size_t{1};
    QTest::addRow("one byte more") << MostPieceBytes + 1 << std::size_t{2};
    QTest::addRow("two pieces") << 2 * MostPieceBytes << std::size_t{2};
    QTest::addRow("more") << 5 * MostPieceBytes + 7 << std::size_t{6};
}

void tst_LineBatch::longLineComesInPieces()
{
    QFETCH(const std::size_t, size);
    QFETCH(const std::size_t, pieces);
    const std::string line(size, 'x');
    for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, MostPieceBytes, size}) {
        LineBatch batch;
        batch.add(OutputStream::Output, at(1s), std::string_view(line).substr(0, cut));
        batch.add(OutputStream::Output, at(1s), std::string_view(line).substr(cut));

        batch.add(OutputStream::Output, at(1s), "\nnext\n");

        QCOMPARE(joined(batch, OutputStream::Output), (Lines{line, "next"}));
        QCOMPARE(shortLines(batch).size(), pieces + 1);
        QVERIFY(batch.isBetweenLines());
    }
}

void tst_LineBatch::whatWaitsIsGivenOutInTime()
{
    LineBatch batch;
    batch.add(OutputStream::Output, at(1s), "Really? ");

    batch.flush(999ms);
    QVERIFY(batch.text().empty());
    batch.flush(1s);

    QCOMPARE(shortLines(batch), Lines{"O P Really? "});
    QVERIFY(!batch.isBetweenLines());
    QVERIFY(!batch.waitingSince());
    batch.add(OutputStream::Output, at(2s), "yes\n");
    QCOMPARE(joined(batch, OutputStream::Output), Lines{"Really? yes"});
    QVERIFY(batch.isBetweenLines());
}

void tst_LineBatch::lastLineIsEnded()
{
    LineBatch batch;
    batch.add(OutputStream::Output, at(1s), "kept");
    batch.add(OutputStream::Error, at(1s), "given out");
    batch.flush(0s);
    batch.end(OutputStream::Output);
    batch.flush(1s);
    batch.end(OutputStream::Error);
    batch.end(OutputStream::Error);

    QCOMPARE(shortLines(batch), (Lines{"O F kept", "E P given out", "E F "}));
}

void tst_LineBatch::anyCutsGiveTheSameLines()
{
    std::mt19937 random(20261127);
    std::string all;
    Lines lines;
    for (int number = 0; number < 200; ++number) {
        lines.emplace_back(random() % (number % 20 == 0 ? 3 * MostPieceBytes : 200),
                           static_cast<char>('a' + number % 26));
        all += lines.back() + '\n';
    }
    for (int round = 0; round < 50; ++round) {
        LineBatch batch;
        for (std::size_t begin = 0; begin < all.size();) {
            const std::size_t size = 1 + random() % 40'000;
            batch.add(OutputStream::Output, at(1s), std::string_view(all).substr(begin, size));
            if (random() % 8 == 0) {
                batch.flush(1s);
            }
            begin += size;
        }

        QVERIFY(joined(batch, OutputStream::Output) == lines);
    }
}

QTEST_APPLESS_MAIN(tst_LineBatch)
#include "tst_linebatch.moc"
