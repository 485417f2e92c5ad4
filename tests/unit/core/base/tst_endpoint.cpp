// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/endpoint.h"

#include <QObject>
#include <QTest>

#include <string>

class tst_Endpoint : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void endpointsAreReadAndWritten_data();
    void endpointsAreReadAndWritten();
    void otherTextsAreNone_data();
    void otherTextsAreNone();
};

void tst_Endpoint::endpointsAreReadAndWritten_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("host");
    QTest::addColumn<int>("port");
    QTest::addRow("name") << std::string("db:5432") << std::string("db") << 5432;
    QTest::addRow("IPv4") << std::string("127.0.0.1:80") << std::string("127.0.0.1") << 80;
    QTest::addRow("IPv6") << std::string("[::1]:65535") << std::string("::1") << 65535;
}

void tst_Endpoint::endpointsAreReadAndWritten()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, host);
    QFETCH(const int, port);

    const auto endpoint = Quay::endpointFromText(text);

    QVERIFY(endpoint);
    QCOMPARE(endpoint->host, host);
    QCOMPARE(static_cast<int>(endpoint->port), port);
    QCOMPARE(Quay::endpointWord(*endpoint), text);
}

void tst_Endpoint::otherTextsAreNone_data()
{
    QTest::addColumn<std::string>("text");
    for (const char *const text : {"", ":", "5432", ":5432", "db", "db:", "db:0", "db:65536", "::1:80", "a b:80",
                                   "user@db:80", "a/b:80", "[]:80", "[[db]]:80", "[[::1]]:80"}) {
        QTest::addRow("'%s'", text) << std::string(text);
    }
}

void tst_Endpoint::otherTextsAreNone()
{
    QFETCH(const std::string, text);

    QVERIFY(!Quay::endpointFromText(text));
}

QTEST_GUILESS_MAIN(tst_Endpoint)
#include "tst_endpoint.moc"
