// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/variables.h"

#include <QObject>
#include <QTest>

#include <string>

using Quay::MistakeCode;
using Quay::VariableMap;

class tst_Variables : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void referencesAreReplaced_data();
    void referencesAreReplaced();
    void problemsAreTold_data();
    void problemsAreTold();
    void everyProblemIsTold();
    void namesAreRecognised();
    void ourOwnAreKnown();
};

void tst_Variables::referencesAreReplaced_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expanded");
    const auto row = [](const char *name, const char *text, const char *expanded) {
        QTest::addRow("%s", name) << std::string(text) << std::string(expanded);
    };
    row("nothing to do", "plain", "plain");
    row("a value", "${USER}", "ada");
    row("in the middle", "/home/${USER}/x", "/home/ada/x");
    row("several", "${USER}${USER}", "adaada");
    row("set but empty", "a${EMPTY}b", "ab");
    row("a default that is not needed", "${USER:-bob}", "ada");
    row("a default", "${NOBODY:-bob}", "bob");
    row("a default for what is empty", "${EMPTY:-bob}", "bob");
    row("an empty default", "${NOBODY:-}", "");
    row("a default with signs", "${NOBODY:-a:-b$c}", "a:-b$c");
    row("a dollar", "$$5", "$5");
    row("an escaped reference", "$${USER}", "${USER}");
    row("three dollars", "$$$X", "$$X");
    row("left to a shell", "$USER $(date) $", "$USER $(date) $");
    row("a value is not expanded again", "${TRICK}", "${USER}");
}

void tst_Variables::referencesAreReplaced()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, expanded);
    const VariableMap variables{{"USER", "ada"}, {"EMPTY", ""}, {"TRICK", "${USER}"}};

    const auto result = Quay::expandVariables(text, variables);

    QVERIFY(result.problems.empty());
    QCOMPARE(result.text, expanded);
}

void tst_Variables::problemsAreTold_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<MistakeCode>("code");
    QTest::addColumn<std::string>("found");
    const auto row = [](const char *name, const char *text, MistakeCode code, const char *found) {
        QTest::addRow("%s", name) << std::string(text) << code << std::string(found);
    };
    row("not set", "a${NOBODY}b", MistakeCode::UnsetVariable, "NOBODY");
    row("no end", "a${NOBODY", MistakeCode::MalformedVariable, "${NOBODY");
    row("no name", "${}", MistakeCode::MalformedVariable, "${}");
    row("no name but a default", "${:-x}", MistakeCode::MalformedVariable, "${:-x}");
    row("no name of one", "${A B}", MistakeCode::MalformedVariable, "${A B}");
    row("a digit first", "${1A}", MistakeCode::MalformedVariable, "${1A}");
    row("another operator", "${A:?x}", MistakeCode::MalformedVariable, "${A:?x}");
    row("one within another", "${A:-${B}}", MistakeCode::MalformedVariable, "${A:-${B}}");
}

void tst_Variables::problemsAreTold()
{
    QFETCH(const std::string, text);
    QFETCH(const MistakeCode, code);
    QFETCH(const std::string, found);

    const auto result = Quay::expandVariables(text, {});

    QCOMPARE(result.problems.size(), std::size_t{1});
    QCOMPARE(static_cast<int>(result.problems.front().code), static_cast<int>(code));
    QCOMPARE(result.problems.front().found, found);
}

void tst_Variables::everyProblemIsTold()
{
    const auto result = Quay::expandVariables("${A} ${B:-b} ${C}", {});

    QCOMPARE(result.problems.size(), std::size_t{2});
    QCOMPARE(result.problems.at(1).found, std::string("C"));
    QCOMPARE(result.text, std::string(" b "));
}

void tst_Variables::namesAreRecognised()
{
    QVERIFY(Quay::isVariableName("A_1"));
    QVERIFY(Quay::isVariableName("_a.b-c"));
    QVERIFY(!Quay::isVariableName(""));
    QVERIFY(!Quay::isVariableName("1A"));
    QVERIFY(!Quay::isVariableName("A B"));
    QVERIFY(!Quay::isVariableName("A="));
    QVERIFY(!Quay::isVariableName("\xC3\xA4"));
}

void tst_Variables::ourOwnAreKnown()
{
    qputenv("QUAY_TEST_VARIABLE", "a=b");

    const auto variables = Quay::ownVariables();

    QCOMPARE(variables.at("QUAY_TEST_VARIABLE"), std::string("a=b"));
}

QTEST_GUILESS_MAIN(tst_Variables)
#include "tst_variables.moc"
