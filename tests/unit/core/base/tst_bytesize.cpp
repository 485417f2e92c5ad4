// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytesize.h"

#include <QObject>
#include <QString>
#include <QTest>

class tst_ByteSize : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sizesAreUnderstood_data();
    void sizesAreUnderstood();
    void otherTextsAreInvalid_data();
    void otherTextsAreInvalid();
    void wordsAreReadBack_data();
    void wordsAreReadBack();
};

void tst_ByteSize::sizesAreUnderstood_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<quint64>("bytes");
    QTest::addRow("bytes") << "512B" << quint64{512};
    QTest::addRow("thousands") << "64kB" << quint64{64'000};
    QTest::addRow("steps of 1024") << "64KiB" << quint64{65'536};
    QTest::addRow("a fraction") << "1.5GB" << quint64{1'500'000'000};
    QTest::addRow("a blank") << "10 MiB" << quint64{10'485'760};
    QTest::addRow("terabytes") << "2TiB" << quint64{2'199'023'255'552};
}

void tst_ByteSize::sizesAreUnderstood()
{
    QFETCH(const QString, word);
    QFETCH(const quint64, bytes);

    const auto read = Quay::byteSizeFromText(word.toStdString());

    QVERIFY2(read, qPrintable(word));
    QCOMPARE(quint64{*read}, bytes);
}

void tst_ByteSize::otherTextsAreInvalid_data()
{
    QTest::addColumn<QString>("word");
    for (const char *const word :
         {"", "5", "MB", "-1MB", "1mb", "1M", "1  MB", "1MB ", "1e3MB", "nanMB", "infMB", "99999999999TB", "1MB2kB"}) {
        QTest::addRow("'%s'", word) << QString::fromUtf8(word);
    }
}

void tst_ByteSize::otherTextsAreInvalid()
{
    QFETCH(const QString, word);

    const auto size = Quay::byteSizeFromText(word.toStdString());

    QVERIFY(!size);
    QCOMPARE(size.error().code, Quay::ErrorCode::Invalid);
    QCOMPARE(size.error().subject, word.toStdString());
}

void tst_ByteSize::wordsAreReadBack_data()
{
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<QString>("word");
    QTest::addRow("nothing") << quint64{0} << "0B";
    QTest::addRow("odd") << quint64{1023} << "1023B";
    QTest::addRow("thousands") << quint64{64'000} << "64kB";
    QTest::addRow("steps of 1024") << quint64{10'485'760} << "10MiB";
    QTest::addRow("giga") << quint64{2'000'000'000} << "2GB";
}

void tst_ByteSize::wordsAreReadBack()
{
    QFETCH(const quint64, bytes);
    QFETCH(const QString, word);

    const auto written = Quay::byteSizeWord(bytes);

    QCOMPARE(written, word.toStdString());
    QCOMPARE(quint64{Quay::byteSizeFromText(written).value()}, bytes);
}

QTEST_GUILESS_MAIN(tst_ByteSize)
#include "tst_bytesize.moc"
