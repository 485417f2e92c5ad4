// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/httptext.h"

#include <QObject>
#include <QTest>

class tst_HttpText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reasonAndWayOutAreNamed();
    void reasonIsFitToBeShown();
};

void tst_HttpText::reasonAndWayOutAreNamed()
{
    const QString text = Quay::httpUnavailableText("libQt6Network.so.6: no such file");

    QVERIFY2(text.startsWith(QStringLiteral("cannot be asked: quay-http")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("(libQt6Network.so.6: no such file)")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("install Qt Network")), qPrintable(text));
}

void tst_HttpText::reasonIsFitToBeShown()
{
    QVERIFY(!Quay::httpUnavailableText("a\x1b[2Jb").contains(QChar(0x1b)));
}

QTEST_GUILESS_MAIN(tst_HttpText)
#include "tst_httptext.moc"
