// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/control/neverended.h"

#include <QObject>
#include <QTest>

#include <string>

using Quay::ErrorCode;
using Quay::NeverEndedReason;

class tst_NeverEnded : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void errorCarriesTheReason();
    void otherErrorsHaveNone_data();
    void otherErrorsHaveNone();
};

void tst_NeverEnded::errorCarriesTheReason()
{
    using enum NeverEndedReason;
    for (const auto reason : {Init, KernelThread, Ourselves, OurParent}) {
        const Quay::NeverEnded process{.pid = 4711, .reason = reason};

        const auto error = Quay::errorFrom(process);

        QCOMPARE(error.code, ErrorCode::Invalid);
        QVERIFY(Quay::neverEndedFrom(error) == process);
    }
    QCOMPARE(Quay::errorFrom({.pid = 1, .reason = Init}).subject, std::string("pid 1, init"));
}

void tst_NeverEnded::otherErrorsHaveNone_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<std::string>("subject");
    QTest::newRow("another code") << ErrorCode::Gone << std::string("pid 1, init");
    QTest::newRow("empty") << ErrorCode::Invalid << std::string();
    QTest::newRow("no reason") << ErrorCode::Invalid << std::string("pid 1");
    QTest::newRow("unknown reason") << ErrorCode::Invalid << std::string("pid 1, friend");
    QTest::newRow("no pid") << ErrorCode::Invalid << std::string("pid , init");
    QTest::newRow("no number") << ErrorCode::Invalid << std::string("pid one, init");
    QTest::newRow("another subject") << ErrorCode::Invalid << std::string("list, init");
}

void tst_NeverEnded::otherErrorsHaveNone()
{
    QFETCH(const ErrorCode, code);
    QFETCH(const std::string, subject);

    QVERIFY(!Quay::neverEndedFrom({.code = code, .subject = subject}));
}

QTEST_GUILESS_MAIN(tst_NeverEnded)
#include "tst_neverended.moc"
