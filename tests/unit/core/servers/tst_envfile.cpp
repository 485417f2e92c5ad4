// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/envfile.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <string>

using Quay::MistakeCode;
using Quay::VariableMap;

Q_DECLARE_METATYPE(Quay::VariableMap)

class tst_EnvFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void variablesAreRead_data();
    void variablesAreRead();
    void mistakesHaveLines_data();
    void mistakesHaveLines();
    void goodLinesAreKept();
    void theFileIsNamed();
    void aMissingFileIsSaid();
    void anEndlessFileIsRefused();
};

void tst_EnvFile::variablesAreRead_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<VariableMap>("variables");
    const auto row = [](const char *name, std::string text, VariableMap variables) {
        QTest::addRow("%s", name) << std::move(text) << std::move(variables);
    };
    row("nothing", "", {});
    row("one", "A=1\n", {{"A", "1"}});
    row("without a line's end", "A=1", {{"A", "1"}});
    row("empty", "A=\n", {{"A", ""}});
    row("comments and empty lines", "# x\n\n  # y\nA=1\n", {{"A", "1"}});
    row("a comment behind a value", "A=1 # one\nB=2\t#two\nC=#\n", {{"A", "1"}, {"B", "2"}, {"C", ""}});
    row("no comment", "A=http://x/#a\nB=a#b\n", {{"A", "http://x/#a"}, {"B", "a#b"}});
    row("blanks", "  A = 1 2  \n", {{"A", "1 2"}});
    row("export", "export A=1\nexport\tB=2\nexported=3\n", {{"A", "1"}, {"B", "2"}, {"exported", "3"}});
    row("a variable called export", "export=1\n", {{"export", "1"}});
    row("signs in a value", "A=b=c\n", {{"A", "b=c"}});
    row("names of other tools", "a.b-c=1\n", {{"a.b-c", "1"}});
    row("single quotes", "A='x # \\n $B \"'\n", {{"A", "x # \\n $B \""}});
    row("double quotes", "A=\"x # y\" # z\n", {{"A", "x # y"}});
    row("escapes", "A=\"a\\n\\r\\t\\\"\\\\\\$\\x\"\n", {{"A", "a\n\r\t\"\\$\\x"}});
    row("a backslash without quotes", "A=a\\nb\n", {{"A", "a\\nb"}});
    row("nothing is expanded", "A=1\nB=$A\nC=\"${A}\"\n", {{"A", "1"}, {"B", "$A"}, {"C", "${A}"}});
    row("over several lines", "A=\"one\n two \nthree\"\nB=2\n", {{"A", "one\n two \nthree"}, {"B", "2"}});
    row("a key", "KEY='-----BEGIN-----\nabc=\n-----END-----\n'\n", {{"KEY", "-----BEGIN-----\nabc=\n-----END-----\n"}});
    row("a quotation mark within", "A=it's\n", {{"A", "it's"}});
    row("lines of other systems", "A=1\r\nB='x'\r\nC=\"x\r\ny\"\r\n", {{"A", "1"}, {"B", "x"}, {"C", "x\ny"}});
    row("a byte order mark",
        "\xEF\xBB\xBF"
        "A=1\n",
        {{"A", "1"}});
    row("the last one counts", "A=1\nB=2\nA=3\n", {{"A", "3"}, {"B", "2"}});
    row("bytes", "A=\xE4\xFF\n", {{"A", "\xE4\xFF"}});
}

void tst_EnvFile::variablesAreRead()
{
    QFETCH(const std::string, text);
    QFETCH(const VariableMap, variables);

    const auto file = Quay::parseEnvFile(text);

    QVERIFY(file.mistakes.empty());
    QVERIFY(file.variables == variables);
}

void tst_EnvFile::mistakesHaveLines_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<MistakeCode>("code");
    QTest::addColumn<int>("line");
    QTest::addColumn<std::string>("found");
    const auto row = [](const char *name, std::string text, MistakeCode code, int line, const char *found) {
        QTest::addRow("%s", name) << std::move(text) << code << line << std::string(found);
    };
    row("no sign", "A=1\nB\n", MistakeCode::BadLine, 2, "");
    row("export alone", "export\n", MistakeCode::BadLine, 1, "");
    row("no name", "=1\n", MistakeCode::BadVariableName, 1, "");
    row("a digit first", "\n1A=1\n", MistakeCode::BadVariableName, 2, "");
    row("a blank in a name", "A B=1\n", MistakeCode::BadVariableName, 1, "");
    row("no end", "A=1\nB=\"x\ny\n", MistakeCode::UnterminatedQuote, 2, "B");
    row("no end at the file's end", "B='", MistakeCode::UnterminatedQuote, 1, "B");
    row("more behind the quotes", "A=\"x\"y\n", MistakeCode::TextBehindQuote, 1, "");
    row("more behind the quotes, lines later", "A='x\n' y\n", MistakeCode::TextBehindQuote, 2, "");
    row("a NUL", std::string("A=1\nB=\0\n", 8), MistakeCode::NulByte, 2, "");
}

void tst_EnvFile::mistakesHaveLines()
{
    QFETCH(const std::string, text);
    QFETCH(const MistakeCode, code);
    QFETCH(const int, line);
    QFETCH(const std::string, found);

    const auto file = Quay::parseEnvFile(text);

    QCOMPARE(file.mistakes.size(), std::size_t{1});
    QCOMPARE(static_cast<int>(file.mistakes.front().code), static_cast<int>(code));
    QCOMPARE(file.mistakes.front().position.line, line);
    QCOMPARE(file.mistakes.front().found, found);
}

void tst_EnvFile::goodLinesAreKept()
{
    const auto file = Quay::parseEnvFile("?\nA=1\n!=2\nB=2\n");

    QCOMPARE(file.mistakes.size(), std::size_t{2});
    QVERIFY((file.variables == VariableMap{{"A", "1"}, {"B", "2"}}));
}

void tst_EnvFile::theFileIsNamed()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral(".env"));
    QFile written(path);
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write("A=1\nB\n");
    written.close();

    const auto file = Quay::readEnvFile(path.toStdString());

    QVERIFY((file.variables == VariableMap{{"A", "1"}}));
    QCOMPARE(file.mistakes.at(0).file, path.toStdString());
}

void tst_EnvFile::aMissingFileIsSaid()
{
    const QTemporaryDir directory;
    const std::string path = directory.filePath(QStringLiteral("no")).toStdString();

    const auto file = Quay::readEnvFile(path);

    QCOMPARE(static_cast<int>(file.mistakes.at(0).code), static_cast<int>(MistakeCode::NotReadable));
    QCOMPARE(file.mistakes.at(0).found, std::string("No such file or directory"));
}

void tst_EnvFile::anEndlessFileIsRefused()
{
    const auto file = Quay::readEnvFile("/dev/zero");

    QCOMPARE(static_cast<int>(file.mistakes.at(0).code), static_cast<int>(MistakeCode::TooLarge));
}

QTEST_GUILESS_MAIN(tst_EnvFile)
#include "tst_envfile.moc"
