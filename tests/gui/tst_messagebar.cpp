// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/messagebar.h"

#include <QLabel>
#include <QPointer>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Quay;

class tst_MessageBar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void closedStateStaysClosedUntilItSaysSomethingElse();
    void closedAnswerIsSaidAgain();
    void answerThatComesWhileTheLastOneClosesStays();
    void barIsAsSmallAsItsMessages();
    void markupIsShownAsText();
    void longTextIsWhole();
};

namespace {

const QString Id = QStringLiteral("id");

}

void tst_MessageBar::closedStateStaysClosedUntilItSaysSomethingElse()
{
    MessageBar bar;
    bar.showState(Id, KMessageWidget::Warning, QStringLiteral("one"));
    QCOMPARE(bar.messageText(Id), QStringLiteral("one"));

    bar.findChild<KMessageWidget *>(Id)->animatedHide(); // what its close button does
    QTRY_VERIFY(bar.messageText(Id).isEmpty());
    bar.showState(Id, KMessageWidget::Warning, QStringLiteral("one"));
    QVERIFY(bar.messageText(Id).isEmpty());

    bar.showState(Id, KMessageWidget::Warning, QStringLiteral("two"));
    QCOMPARE(bar.messageText(Id), QStringLiteral("two"));
}

void tst_MessageBar::closedAnswerIsSaidAgain()
{
    MessageBar bar;
    bar.showAnswer(Id, KMessageWidget::Warning, QStringLiteral("one"));
    bar.findChild<KMessageWidget *>(Id)->animatedHide(); // what its close button does
    QTRY_VERIFY(bar.messageText(Id).isEmpty());

    bar.showAnswer(Id, KMessageWidget::Warning, QStringLiteral("one"));

    QCOMPARE(bar.messageText(Id), QStringLiteral("one"));
    QVERIFY(!bar.isHidden());
}

void tst_MessageBar::answerThatComesWhileTheLastOneClosesStays()
{
    MessageBar bar;
    bar.showAnswer(Id, KMessageWidget::Warning, QStringLiteral("one"));
    bar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bar));
    const QPointer<KMessageWidget> closing = bar.findChild<KMessageWidget *>(Id);
    closing->animatedHide();
    if (!closing->isHideAnimationRunning()) {
        QSKIP("this style has no animations");
    }

    bar.showAnswer(Id, KMessageWidget::Warning, QStringLiteral("one"));

    QTRY_VERIFY(closing.isNull() || !closing->isHideAnimationRunning());
    QCOMPARE(bar.messageText(Id), QStringLiteral("one"));
    QVERIFY(!bar.isHidden());
}

void tst_MessageBar::barIsAsSmallAsItsMessages()
{
    MessageBar bar;
    QVERIFY(bar.isHidden());

    bar.showAnswer(Id, KMessageWidget::Warning, QStringLiteral("one"));
    bar.showAnswer(QStringLiteral("other"), KMessageWidget::Information, QStringLiteral("two"));
    bar.dismiss(Id);
    QVERIFY(!bar.isHidden());
    bar.dismiss(QStringLiteral("other"));

    QVERIFY(bar.isHidden());
}

void tst_MessageBar::markupIsShownAsText()
{
    MessageBar bar;

    bar.showAnswer(Id, KMessageWidget::Warning, QStringLiteral("<b>path</b>"));

    QCOMPARE(bar.findChild<KMessageWidget *>(Id)->textFormat(), Qt::PlainText);
}

void tst_MessageBar::longTextIsWhole()
{
    QWidget page;
    auto *layout = new QVBoxLayout(&page);
    auto *bar = new MessageBar(&page);
    layout->addWidget(bar);
    layout->addStretch(1);
    page.resize(900, 400);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    const auto isWhole = [bar] {
        const auto *message = bar->findChild<KMessageWidget *>(Id);
        const auto labels = message->findChildren<QLabel *>();
        const auto text = std::ranges::find(labels, message->text(), &QLabel::text);
        return text != labels.end() && (*text)->isVisible()
            && (*text)->height() >= (*text)->heightForWidth((*text)->width())
            && message->rect().contains(QRect((*text)->mapTo(message, QPoint()), (*text)->size()));
    };

    bar->showAnswer(Id, KMessageWidget::Warning, QStringLiteral("one word and another ").repeated(9).trimmed());
    QTRY_VERIFY(isWhole());
    page.resize(300, 400);
    QTRY_VERIFY(isWhole());

    bar->showAnswer(Id, KMessageWidget::Warning, QStringLiteral("a word and one more ").repeated(18).trimmed());
    QTRY_VERIFY(isWhole());

    bar->findChild<KMessageWidget *>(Id)->animatedHide();
    QTRY_VERIFY(bar->isHidden());
    bar->showAnswer(Id, KMessageWidget::Warning, QStringLiteral("what came after that ").repeated(9).trimmed());
    QTRY_VERIFY(isWhole());
}

QTEST_MAIN(tst_MessageBar)
#include "tst_messagebar.moc"
