// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/jsonbytes.h"

#include <QObject>
#include <QString>
#include <QTest>

using Quay::jsonText;

class tst_JsonBytes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textIsKept();
    void onlyWhatIsNoUtf8IsReplaced();
};

void tst_JsonBytes::textIsKept()
{
    QCOMPARE(jsonText("").toString(), QString());
    QCOMPARE(jsonText("gr\u00fc\u00df\x1b\n").toString(), QStringLiteral("gr\u00fc\u00df\x1b\n"));
    QCOMPARE(jsonText("\uFEFFx").toString(), QStringLiteral("\uFEFFx")); // a byte order mark too
}

void tst_JsonBytes::onlyWhatIsNoUtf8IsReplaced()
{
    QCOMPARE(jsonText("a\xff\xfe\n").toString(), QStringLiteral("a\uFFFD\uFFFD\n"));
    QCOMPARE(jsonText("\xed\xa0\x80").toString(), QStringLiteral("\uFFFD\uFFFD\uFFFD")); // a surrogate
    QCOMPARE(jsonText("\xc3").toString(), QStringLiteral("\uFFFD")); // cut
}

QTEST_GUILESS_MAIN(tst_JsonBytes)
#include "tst_jsonbytes.moc"
