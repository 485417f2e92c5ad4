// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/ipaddress.h"

#include <QObject>
#include <QTest>

#include <cstdint>
#include <string>

using Quay::IpAddress;
using Quay::IpFamily;

class tst_IpAddress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textIsShortest_data();
    void textIsShortest();
    void longFormsAreRead_data();
    void longFormsAreRead();
    void otherTextIsNone_data();
    void otherTextIsNone();
    void reachIsKnown_data();
    void reachIsKnown();
    void mappedAddressIsTakenOut();
    void endpointPutsBracketsAroundV6();
    void orderIsByFamilyThenBytes();
};

namespace {

IpAddress address(const std::string &text)
{
    return Quay::ipAddressFromText(text).value();
}

} // namespace

void tst_IpAddress::textIsShortest_data()
{
    QTest::addColumn<std::string>("text");
    for (const char *const text : {"0.0.0.0", "127.0.0.1", "255.255.255.255", "::", "::1", "2001:db8::1", "fe80::1:2",
                                   "1:2:3:4:5:6:7:8", "1:0:3:4:5:6:7:8", "2001:db8:0:1:1:1:1:1", "::ffff:192.0.2.1",
                                   "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "1::", "2001:db8::1:0:0:1"}) {
        QTest::addRow("%s", text) << std::string(text);
    }
}

void tst_IpAddress::textIsShortest()
{
    QFETCH(const std::string, text);

    const auto parsed = Quay::ipAddressFromText(text);

    QVERIFY(parsed.has_value());
    QCOMPARE(Quay::toString(*parsed), text);
}

void tst_IpAddress::longFormsAreRead_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("shortest");
    QTest::addRow("brackets") << std::string("[::1]") << std::string("::1");
    QTest::addRow("zeros") << std::string("0000:0000:0000:0000:0000:0000:0000:0001") << std::string("::1");
    QTest::addRow("capitals") << std::string("2001:DB8::A") << std::string("2001:db8::a");
    QTest::addRow("mapped in hexadecimal") << std::string("::ffff:7f00:1") << std::string("::ffff:127.0.0.1");
    QTest::addRow("first of two runs") << std::string("2001:db8:0:0:1:0:0:1") << std::string("2001:db8::1:0:0:1");
}

void tst_IpAddress::longFormsAreRead()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, shortest);

    QCOMPARE(Quay::toString(address(text)), shortest);
}

void tst_IpAddress::otherTextIsNone_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addRow("empty") << std::string();
    QTest::addRow("name") << std::string("localhost");
    QTest::addRow("three numbers") << std::string("127.0.1");
    QTest::addRow("number too big") << std::string("127.0.0.256");
    QTest::addRow("negative") << std::string("127.0.0.-1");
    QTest::addRow("octal") << std::string("127.0.0.01");
    QTest::addRow("blank") << std::string(" 127.0.0.1");
    QTest::addRow("port") << std::string("127.0.0.1:80");
    QTest::addRow("V4 in brackets") << std::string("[127.0.0.1]");
    QTest::addRow("one bracket") << std::string("[::1");
    QTest::addRow("brackets only") << std::string("[]");
    QTest::addRow("bracket alone") << std::string("[");
    QTest::addRow("endpoint") << std::string("[::1]:80");
    QTest::addRow("two runs") << std::string("1::2::3");
    QTest::addRow("nine groups") << std::string("1:2:3:4:5:6:7:8:9");
    QTest::addRow("group too big") << std::string("::12345");
    QTest::addRow("interface") << std::string("fe80::1%eth0");
    QTest::addRow("NUL") << std::string("127.0.0.1\0", 10);
    QTest::addRow("overlong") << std::string(100000, ':');
}

void tst_IpAddress::otherTextIsNone()
{
    QFETCH(const std::string, text);

    QVERIFY(!Quay::ipAddressFromText(text));
}

void tst_IpAddress::reachIsKnown_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("isAny");
    QTest::addColumn<bool>("isLoopback");
    QTest::addColumn<bool>("isV4Mapped");
    QTest::addRow("any V4") << std::string("0.0.0.0") << true << false << false;
    QTest::addRow("any V6") << std::string("::") << true << false << false;
    QTest::addRow("any mapped") << std::string("::ffff:0.0.0.0") << true << false << true;
    QTest::addRow("loopback V4") << std::string("127.0.0.1") << false << true << false;
    QTest::addRow("end of loopback") << std::string("127.255.255.254") << false << true << false;
    QTest::addRow("after loopback") << std::string("128.0.0.1") << false << false << false;
    QTest::addRow("loopback V6") << std::string("::1") << false << true << false;
    QTest::addRow("loopback mapped") << std::string("::ffff:127.0.0.53") << false << true << true;
    QTest::addRow("V6 that begins like loopback") << std::string("7f00::1") << false << false << false;
    QTest::addRow("compatible is not mapped") << std::string("::127.0.0.1") << false << false << false;
    QTest::addRow("public mapped") << std::string("::ffff:192.0.2.1") << false << false << true;
    QTest::addRow("public V6") << std::string("2001:db8::1") << false << false << false;
}

void tst_IpAddress::reachIsKnown()
{
    QFETCH(const std::string, text);
    const auto parsed = address(text);

    QTEST(Quay::isAny(parsed), "isAny");
    QTEST(Quay::isLoopback(parsed), "isLoopback");
    QTEST(Quay::isV4Mapped(parsed), "isV4Mapped");
}

void tst_IpAddress::mappedAddressIsTakenOut()
{
    QVERIFY(Quay::unmapped(address("::ffff:192.0.2.1")) == address("192.0.2.1"));
    QVERIFY(Quay::unmapped(address("192.0.2.1")) == address("192.0.2.1"));
    QVERIFY(Quay::unmapped(address("::1")) == address("::1"));
}

void tst_IpAddress::endpointPutsBracketsAroundV6()
{
    QCOMPARE(Quay::endpointText(address("127.0.0.1"), 80), std::string("127.0.0.1:80"));
    QCOMPARE(Quay::endpointText(address("::1"), 65535), std::string("[::1]:65535"));
    QCOMPARE(Quay::endpointText(address("::"), 0), std::string("[::]:0"));
}

void tst_IpAddress::orderIsByFamilyThenBytes()
{
    QVERIFY(address("127.0.0.1") < address("127.0.0.2"));
    QVERIFY(address("255.255.255.255") < address("::"));
    QVERIFY(address("0.0.0.0") != address("::"));
}

QTEST_GUILESS_MAIN(tst_IpAddress)
#include "tst_ipaddress.moc"
