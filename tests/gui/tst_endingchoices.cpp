// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/endingchoices.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSpinBox>
#include <QTest>

#include <chrono>
#include <csignal>
#include <optional>

using Quay::EndingChoices;
using namespace std::chrono_literals;

class tst_EndingChoices : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void atFirstItIsAsUsual();
    void choicesAreTaken();
    void drainIsForgoneAgain();
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

QTEST_MAIN(tst_EndingChoices)
#include "tst_endingchoices.moc"
