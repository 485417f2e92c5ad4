// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/number.h"

#include <QObject>
#include <QTest>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

class tst_Number : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wholeTextIsTaken();
    void limitsAreNumbers();
    void otherTextIsNone_data();
    void otherTextIsNone();
};

void tst_Number::wholeTextIsTaken()
{
    QVERIFY(Quay::numberFromText<int>("0") == 0);
    QVERIFY(Quay::numberFromText<int>("-12") == -12);
    QVERIFY(Quay::numberFromText<unsigned>("007") == 7U);
    QVERIFY(Quay::numberFromText<unsigned>("1fBE", 16) == 8126U);
}

void tst_Number::limitsAreNumbers()
{
    QVERIFY(Quay::numberFromText<std::uint16_t>("65535") == 65535);
    QVERIFY(!Quay::numberFromText<std::uint16_t>("65536"));
    QVERIFY(Quay::numberFromText<std::uint64_t>("18446744073709551615") == std::numeric_limits<std::uint64_t>::max());
    QVERIFY(!Quay::numberFromText<std::uint64_t>("18446744073709551616"));
    QVERIFY(Quay::numberFromText<std::int32_t>("-2147483648") == std::numeric_limits<std::int32_t>::min());
    QVERIFY(!Quay::numberFromText<std::int32_t>("-2147483649"));
}

void tst_Number::otherTextIsNone_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addRow("empty") << std::string();
    QTest::addRow("blank before") << std::string(" 1");
    QTest::addRow("blank after") << std::string("1 ");
    QTest::addRow("plus") << std::string("+1");
    QTest::addRow("minus before unsigned") << std::string("-1");
    QTest::addRow("letters") << std::string("12ab");
    QTest::addRow("NUL") << std::string("1\0", 2);
    QTest::addRow("prefix") << std::string("0x10");
}

void tst_Number::otherTextIsNone()
{
    QFETCH(const std::string, text);

    QVERIFY(!Quay::numberFromText<unsigned>(text));
}

QTEST_GUILESS_MAIN(tst_Number)
#include "tst_number.moc"
