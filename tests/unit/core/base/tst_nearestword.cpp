// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/nearestword.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <array>
#include <string>

class tst_NearestWord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSlipIsRecognised_data();
    void aSlipIsRecognised();
    void aLongTextIsNotCompared();
};

void tst_NearestWord::aSlipIsRecognised_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("nearest");
    QTest::addRow("a letter is missing") << "port" << "ports";
    QTest::addRow("letters change places") << "prots" << "ports";
    QTest::addRow("and in a short word") << "wiat" << "wait";
    QTest::addRow("cut") << "wai" << "wait";
    QTest::addRow("too short to tell") << "up" << "";
    QTest::addRow("another word") << "restart" << "";
}

void tst_NearestWord::aSlipIsRecognised()
{
    QFETCH(const QString, word);
    QFETCH(const QString, nearest);
    const std::array<std::string, 4> known{"ports", "why", "wait", "help"};

    const auto found = Quay::nearestWord(word.toStdString(), known);

    QCOMPARE(QString::fromStdString(found.value_or("")), nearest);
}

void tst_NearestWord::aLongTextIsNotCompared()
{
    const std::array<std::string, 1> known{std::string(99'999, 'x')};

    const auto found = Quay::nearestWord(std::string(100'000, 'x'), known);

    QVERIFY(!found);
}

QTEST_GUILESS_MAIN(tst_NearestWord)
#include "tst_nearestword.moc"
