// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/portrange.h"
#include "app/cli/waittarget.h"
#include "app/cli/whyquery.h"
#include "core/base/error.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <array>
#include <chrono>
#include <string>

using namespace std::chrono_literals;

class tst_CliArguments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rangesParse();
    void badRangesAreInvalid_data();
    void badRangesAreInvalid();
    void queriesParse();
    void badQueriesAreInvalid_data();
    void badQueriesAreInvalid();
    void targetsParse_data();
    void targetsParse();
    void badTargetsAreInvalid_data();
    void badTargetsAreInvalid();
};

void tst_CliArguments::rangesParse()
{
    QVERIFY(Quay::portRangeFromText("1").value() == (Quay::PortRange{.first = 1, .last = 1}));
    QVERIFY(Quay::portRangeFromText("65535").value() == (Quay::PortRange{.first = 65535, .last = 65535}));
    QVERIFY(Quay::portRangeFromText("3000-3010").value() == (Quay::PortRange{.first = 3000, .last = 3010}));
    QVERIFY(Quay::portRangeFromText(":3000").value() == (Quay::PortRange{.first = 3000, .last = 3000}));
    QVERIFY(Quay::portRangeFromText("80-80").value() == (Quay::PortRange{.first = 80, .last = 80}));
    QCOMPARE(Quay::portRangeText({.first = 80, .last = 80}), QStringLiteral("80"));
    QCOMPARE(Quay::portRangeText({.first = 80, .last = 90}), QStringLiteral("80-90"));
}

void tst_CliArguments::badRangesAreInvalid_data()
{
    QTest::addColumn<QString>("word");
    for (const char *const word : {"",      "0",       "65536", "99999999999999999999",
                                   "80-70", "abc",     "-5",    "1-2-3",
                                   "80-",   "-",       "0-10",  "80-65536",
                                   " 80",   "80 ",     "+80",   ":",
                                   "::80",  "80-:90",  "0x50",  "8e1",
                                   "80,81", "\xd9\xa3"}) {
        QTest::addRow("'%s'", word) << QString::fromUtf8(word);
    }
}

void tst_CliArguments::badRangesAreInvalid()
{
    QFETCH(const QString, word);

    const auto range = Quay::portRangeFromText(word.toStdString());

    QVERIFY(!range);
    QCOMPARE(range.error().code, Quay::ErrorCode::Invalid);
    QCOMPARE(range.error().subject, word.toStdString());
}

void tst_CliArguments::queriesParse()
{
    QVERIFY(Quay::whyQueryFromText("3000").value() == (Quay::WhyQuery{.port = 3000, .pid = 3000}));
    QVERIFY(Quay::whyQueryFromText("70000").value() == (Quay::WhyQuery{.port = {}, .pid = 70000}));
    QVERIFY(Quay::whyQueryFromText(":3000").value() == (Quay::WhyQuery{.port = 3000, .pid = {}}));
    QVERIFY(Quay::whyQueryFromText("pid:4711").value() == (Quay::WhyQuery{.port = {}, .pid = 4711}));
}

void tst_CliArguments::badQueriesAreInvalid_data()
{
    QTest::addColumn<QString>("word");
    for (const char *const word : {"", "0", "node", ":", ":0", ":65536", ":node", "pid:", "pid:0", "pid:-1",
                                   "pid:99999999999", "-1", "3000-3001"}) {
        QTest::addRow("'%s'", word) << QString::fromUtf8(word);
    }
}

void tst_CliArguments::badQueriesAreInvalid()
{
    QFETCH(const QString, word);

    const auto query = Quay::whyQueryFromText(word.toStdString());

    QVERIFY(!query);
    QCOMPARE(query.error().code, Quay::ErrorCode::Invalid);
    QCOMPARE(query.error().subject, word.toStdString());
}

void tst_CliArguments::targetsParse_data()
{
    using Kind = Quay::WaitTarget::Kind;
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addRow("port") << "3000" << static_cast<int>(Kind::Listen) << "" << 3000;
    QTest::addRow("free") << "free:3000" << static_cast<int>(Kind::Free) << "" << 3000;
    QTest::addRow("tcp") << "tcp:db:5432" << static_cast<int>(Kind::Tcp) << "db" << 5432;
    QTest::addRow("tcp, IPv6") << "tcp:[::1]:80" << static_cast<int>(Kind::Tcp) << "::1" << 80;
    QTest::addRow("http") << "http://localhost/x" << static_cast<int>(Kind::Http) << "localhost" << 80;
    QTest::addRow("http in capitals") << "HTTP://localhost/x" << static_cast<int>(Kind::Http) << "localhost" << 80;
    QTest::addRow("https in capitals") << "Https://localhost" << static_cast<int>(Kind::Http) << "localhost" << 443;
    QTest::addRow("http with port") << "http://localhost:3000/" << static_cast<int>(Kind::Http) << "localhost" << 3000;
    QTest::addRow("http, IPv6") << "http://[::1]:3000" << static_cast<int>(Kind::Http) << "::1" << 3000;
    QTest::addRow("https") << "https://example.org" << static_cast<int>(Kind::Http) << "example.org" << 443;
}

void tst_CliArguments::targetsParse()
{
    QFETCH(const QString, word);
    QFETCH(const int, kind);
    QFETCH(const QString, host);
    QFETCH(const int, port);

    const auto target = Quay::waitTargetFromText(word.toStdString());

    QVERIFY(target.has_value());
    QCOMPARE(static_cast<int>(target->kind), kind);
    QCOMPARE(QString::fromStdString(target->host), host);
    QCOMPARE(static_cast<int>(target->port), port);
    QCOMPARE(target->word, word.toStdString());
}

void tst_CliArguments::badTargetsAreInvalid_data()
{
    QTest::addColumn<QString>("word");
    for (const char *const word : {"",
                                   "abc",
                                   "0",
                                   "free:",
                                   "free:abc",
                                   "free:0",
                                   "tcp:",
                                   "tcp:5432",
                                   "tcp::5432",
                                   "tcp:db",
                                   "tcp:db:",
                                   "tcp:db:0",
                                   "tcp:db:65536",
                                   "tcp:::1:80",
                                   "tcp:a b:80",
                                   "tcp:user@db:80",
                                   "http://",
                                   "http:///x",
                                   "http://db:0/",
                                   "http://db:65536/",
                                   "ftp://db",
                                   "https:",
                                   "http://a b/"}) {
        QTest::addRow("'%s'", word) << QString::fromUtf8(word);
    }
}

void tst_CliArguments::badTargetsAreInvalid()
{
    QFETCH(const QString, word);

    const auto target = Quay::waitTargetFromText(word.toStdString());

    QVERIFY(!target);
    QCOMPARE(target.error().code, Quay::ErrorCode::Invalid);
    QCOMPARE(target.error().subject, word.toStdString());
}

QTEST_GUILESS_MAIN(tst_CliArguments)
#include "tst_cliarguments.moc"
