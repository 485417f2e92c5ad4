// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/configtext.h"
#include "app/shared/preflighttext.h"
#include "core/servers/mistakewords.h"
#include "core/servers/preflightwords.h"

#include <QObject>
#include <QSet>
#include <QTest>

#include <string>

using Quay::CheckFinding;
using Quay::ConfigMistake;
using Quay::MistakeCode;

class tst_ConfigText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyMistakeHasASentence();
    void everyFindingHasWords();
    void everyLossHasASentence();
    void openBracketsAreNamed();
    void placesComeFirst();
    void valuesAreMaskedAndSafe();
};

void tst_ConfigText::everyMistakeHasASentence()
{
    QSet<QString> texts;
    for (const auto &word : Quay::MistakeCodeWords) {
        const QString text = Quay::mistakeText({.code = word.value, .found = "text", .allowed = {"list", "map"}});
        QVERIFY2(text.size() > 10, std::string(word.word).c_str());
        QVERIFY2(!text.contains(u'%'), qPrintable(text));
        texts << text;
    }
    QCOMPARE(texts.size(), static_cast<qsizetype>(Quay::MistakeCodeWords.size()));
}

void tst_ConfigText::everyFindingHasWords()
{
    for (const auto &word : Quay::CheckFindingWords) {
        const Quay::CheckOutcome outcome{.finding = word.value, .detail = "x"};
        const QString text = Quay::findingText(outcome, {});
        QVERIFY2(!text.isEmpty() || word.value == CheckFinding::Good, std::string(word.word).c_str());
        QVERIFY2(!text.contains(u'%'), qPrintable(text));
    }
}

void tst_ConfigText::everyLossHasASentence()
{
    for (const auto &word : Quay::LossReasonWords) {
        QVERIFY(Quay::lossText({.reason = word.value, .detail = "x"}).size() > 10);
    }
}

void tst_ConfigText::openBracketsAreNamed()
{
    const auto text = [](const char *found) {
        return Quay::mistakeText({.code = MistakeCode::UnclosedBracket, .found = found});
    };

    QVERIFY(text("[").startsWith(QStringLiteral("A '[' is not closed")));
    QVERIFY(text("{").startsWith(QStringLiteral("A '{' is not closed")));
}

void tst_ConfigText::placesComeFirst()
{
    const ConfigMistake mistake{.code = MistakeCode::Empty,
                                .file = "/p/a.yaml",
                                .position = {.line = 3, .column = 5},
                                .path = "servers.api.command"};

    QCOMPARE(Quay::mistakeLine(mistake),
             QStringLiteral("/p/a.yaml:3:5: servers.api.command: There has to be something here."));
    QCOMPARE(Quay::lossLine({.reason = Quay::LossReason::NoCounterpart, .file = "/p/x", .line = 2, .key = "a.b"}),
             QStringLiteral("/p/x:2: a.b: Quaymaster has nothing like it."));
}

void tst_ConfigText::valuesAreMaskedAndSafe()
{
    const QString url = Quay::mistakeText({.code = MistakeCode::BadUrl, .found = "ftp://user:hunter22@h/"});
    const QString hostile = Quay::mistakeText({.code = MistakeCode::BadName, .found = "a\x1b[31m"});
    const QString endless = Quay::mistakeText({.code = MistakeCode::BadName, .found = std::string(5000, 'x')});

    QVERIFY(!url.contains(QStringLiteral("hunter22")));
    QVERIFY(!hostile.contains(QChar(0x1b)));
    QVERIFY(endless.size() < 300);
}

QTEST_GUILESS_MAIN(tst_ConfigText)
#include "tst_configtext.moc"
