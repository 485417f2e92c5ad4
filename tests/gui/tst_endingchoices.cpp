// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/endingchoices.h"

#include <QCheckBox>
#include <QComboBox>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTest>
#include <QVBoxLayout>
#include <QWindow>

#include <chrono>
#include <csignal>
#include <optional>

using Quay::EndingChoices;
using namespace std::chrono_literals;

namespace {

/// One notch down.
void turnWheelOver(QWidget *widget)
{
    const auto *window = widget->window();
    QTest::wheelEvent(window->windowHandle(), widget->mapTo(window, widget->rect().center()), QPoint(0, -120));
}

} // namespace

class tst_EndingChoices : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void atFirstItIsAsUsual();
    void choicesAreTaken();
    void drainIsForgoneAgain();
    void wheelScrollsWhatIsAround_data();
    void wheelScrollsWhatIsAround();
    void wheelTurnsWhatHasTheKeyboard();
};

void tst_EndingChoices::atFirstItIsAsUsual()
{
    const EndingChoices choices;

    QCOMPARE(choices.signal(), std::nullopt);
    QCOMPARE(choices.grace(), 5s);
    QCOMPARE(choices.drain(), std::nullopt);
    QVERIFY(!choices.findChild<QSpinBox *>(QStringLiteral("drainSeconds"))->isEnabled());
}

void tst_EndingChoices::choicesAreTaken()
{
    EndingChoices choices;
    auto *signalChoice = choices.findChild<QComboBox *>(QStringLiteral("signalChoice"));

    signalChoice->setCurrentText(QStringLiteral("SIGINT"));
    choices.findChild<QSpinBox *>(QStringLiteral("graceSeconds"))->setValue(60);
    choices.findChild<QCheckBox *>(QStringLiteral("drains"))->setChecked(true);
    choices.findChild<QSpinBox *>(QStringLiteral("drainSeconds"))->setValue(7);

    QCOMPARE(choices.signal(), std::optional(SIGINT));
    QCOMPARE(choices.grace(), 60s);
    QCOMPARE(choices.drain(), std::optional(7s));
}

void tst_EndingChoices::drainIsForgoneAgain()
{
    EndingChoices choices;
    auto *drains = choices.findChild<QCheckBox *>(QStringLiteral("drains"));
    drains->setChecked(true);

    drains->setChecked(false);

    QCOMPARE(choices.drain(), std::nullopt);
}

void tst_EndingChoices::wheelScrollsWhatIsAround_data()
{
    QTest::addColumn<QString>("choice");
    QTest::addRow("signal") << QStringLiteral("signalChoice");
    QTest::addRow("grace") << QStringLiteral("graceSeconds");
    QTest::addRow("drain") << QStringLiteral("drainSeconds");
}

void tst_EndingChoices::wheelScrollsWhatIsAround()
{
    QFETCH(const QString, choice);
    QScrollArea area;
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    auto *choices = new EndingChoices(content);
    layout->addWidget(choices);
    layout->addSpacing(2000);
    area.setWidget(content);
    area.resize(content->width() * 2, 200);
    area.show();
    QVERIFY(QTest::qWaitForWindowExposed(&area));
    choices->findChild<QCheckBox *>(QStringLiteral("drains"))->setChecked(true);
    choices->findChild<QCheckBox *>(QStringLiteral("drains"))->setFocus();

    turnWheelOver(choices->findChild<QWidget *>(choice));

    QCOMPARE_GT(area.verticalScrollBar()->value(), 0);
    QCOMPARE(choices->signal(), std::nullopt);
    QCOMPARE(choices->grace(), 5s);
    QCOMPARE(choices->drain(), std::optional(30s));
}

void tst_EndingChoices::wheelTurnsWhatHasTheKeyboard()
{
    EndingChoices choices;
    choices.show();
    QVERIFY(QTest::qWaitForWindowActive(&choices));
    auto *grace = choices.findChild<QSpinBox *>(QStringLiteral("graceSeconds"));
    grace->setFocus();

    turnWheelOver(grace);

    QCOMPARE(choices.grace(), 4s);
}

QTEST_MAIN(tst_EndingChoices)
#include "tst_endingchoices.moc"
