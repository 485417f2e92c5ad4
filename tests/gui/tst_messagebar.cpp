// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/messagebar.h"

#include <QTest>
#include <QToolButton>

using namespace Quay;

class tst_MessageBar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void closedMessageStaysClosedUntilItSaysSomethingElse();
    void barIsAsSmallAsItsMessages();
    void markupIsShownAsText();
};

namespace {

const QString Id = QStringLiteral("id");

}

void tst_MessageBar::closedMessageStaysClosedUntilItSaysSomethingElse()
{
    MessageBar bar;
    bar.showMessage(Id, KMessageWidget::Warning, QStringLiteral("one"));
    QCOMPARE(bar.messageText(Id), QStringLiteral("one"));

    bar.findChild<KMessageWidget *>(Id)->animatedHide(); // what its close button does
    QTRY_VERIFY(bar.messageText(Id).isEmpty());
    bar.showMessage(Id, KMessageWidget::Warning, QStringLiteral("one"));
    QVERIFY(bar.messageText(Id).isEmpty());

    bar.showMessage(Id, KMessageWidget::Warning, QStringLiteral("two"));
    QCOMPARE(bar.messageText(Id), QStringLiteral("two"));
}

void tst_MessageBar::barIsAsSmallAsItsMessages()
{
    MessageBar bar;
    QVERIFY(bar.isHidden());

    bar.showMessage(Id, KMessageWidget::Warning, QStringLiteral("one"));
    bar.showMessage(QStringLiteral("other"), KMessageWidget::Information, QStringLiteral("two"));
    bar.dismiss(Id);
    QVERIFY(!bar.isHidden());
    bar.dismiss(QStringLiteral("other"));

    QVERIFY(bar.isHidden());
}

void tst_MessageBar::markupIsShownAsText()
{
    MessageBar bar;

    bar.showMessage(Id, KMessageWidget::Warning, QStringLiteral("<b>path</b>"));

    QCOMPARE(bar.findChild<KMessageWidget *>(Id)->textFormat(), Qt::PlainText);
}

QTEST_MAIN(tst_MessageBar)
#include "tst_messagebar.moc"
