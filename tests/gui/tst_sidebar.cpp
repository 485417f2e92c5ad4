// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/sidebar.h"

#include <QTest>

using Quay::Sidebar;

class tst_Sidebar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void widthGrowsWithTheCountAndStays();
    void widthFollowsTheFont();
};

void tst_Sidebar::widthGrowsWithTheCountAndStays()
{
    Sidebar sidebar;
    sidebar.addPage({}, QStringLiteral("Ports"));
    sidebar.setPageCount(0, 7);
    const int before = sidebar.sizeHint().width();

    sidebar.setPageCount(0, 1000);

    const int after = sidebar.sizeHint().width();
    QCOMPARE_GT(after, before);
    sidebar.setPageCount(0, 7);
    QCOMPARE(sidebar.sizeHint().width(), after);
}

void tst_Sidebar::widthFollowsTheFont()
{
    Sidebar sidebar;
    sidebar.addPage({}, QStringLiteral("Ports"));
    sidebar.setPageCount(0, 7);
    const int before = sidebar.sizeHint().width();
    const QFont usual = sidebar.font();
    QFont large = usual;
    large.setPointSizeF(usual.pointSizeF() * 2);

    sidebar.setFont(large);
    sidebar.setPageCount(0, 7);
    QCOMPARE_GT(sidebar.sizeHint().width(), before);

    sidebar.setFont(usual);
    QCOMPARE(sidebar.sizeHint().width(), before);
}

QTEST_MAIN(tst_Sidebar)
#include "tst_sidebar.moc"
