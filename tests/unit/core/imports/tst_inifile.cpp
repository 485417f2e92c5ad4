// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/inifile.h"
#include "core/imports/shellwords.h"
#include "core/servers/mistakewords.h"

#include <QObject>
#include <QTest>

#include <string>

namespace {

std::string printed(const Quay::IniFile &file)
{
    std::string text;
    for (const auto &section : file.sections) {
        text += '[' + section.name + "] " + std::to_string(section.line) + '\n';
        for (const auto &entry : section.entries) {
            text += entry.key + '=' + entry.value + ' ' + std::to_string(entry.line) + '\n';
        }
    }
    for (const auto &mistake : file.mistakes) {
        text += std::string(Quay::wordFor(Quay::MistakeCodeWords, mistake.code)) + ' '
            + std::to_string(mistake.position.line) + '\n';
    }
    return text;
}

std::string joined(const std::optional<std::vector<std::string>> &words)
{
    if (!words) {
        return "none";
    }
    std::string text;
    for (const auto &word : *words) {
        text += '<' + word + '>';
    }
    return text;
}

} // namespace

class tst_IniFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void filesAreRead_data();
    void filesAreRead();
    void commandsAreSplit_data();
    void commandsAreSplit();
};

void tst_IniFile::filesAreRead_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("result");
    const auto row = [](const char *name, std::string text, std::string result) {
        QTest::addRow("%s", name) << std::move(text) << std::move(result);
    };
    row("nothing", "", "");
    row("an entry", "[a]\nKey = x y\r\nb:z\n", "[a] 1\nkey=x y 2\nb=z 3\n");
    row("a comment that truncates", "[a]\nb=x ; y\nc=x;y\nd=x # y\n", "[a] 1\nb=x 2\nc=x;y 3\nd=x # y 4\n");
    row("comment lines", "; a\n# b\n[a]\n  # c\n ; d\nb=1\n", "[a] 3\nb=1 6\n");
    row("a continued line", "[a]\nb=1\n  2\n\n\t3\nc=4\n", "[a] 1\nb=1\n2\n3 2\nc=4 6\n");
    row("the later one counts", "[a]\nb=1\nb=2\n", "[a] 1\nb=2 3\n");
    row("a value with signs", "[a]\nb=c=d:e\n", "[a] 1\nb=c=d:e 2\n");
    row("no section", "a=1\n[b]\n", "[b] 2\nbadLine 1\n");
    row("no sign", "[a]\nb\n", "[a] 1\nbadLine 2\n");
    row("no key", "[a]\n=b\n", "[a] 1\nbadLine 2\n");
    row("no end of a head", "[a\nb=1\n[]\n[c] d\n[e]\nf=1\n",
        "[e] 5\nf=1 6\nbadSection 1\nbadLine 2\nbadSection 3\nbadSection 4\n");
    row("not UTF-8", "[a]\nb=\xE4\n", "[a] 1\nnotUtf8 2\n");
}

void tst_IniFile::filesAreRead()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, result);

    QCOMPARE(printed(Quay::parseIniFile(text)), result);
}

void tst_IniFile::commandsAreSplit_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("words");
    const auto row = [](const char *text, const char *words) {
        QTest::addRow("%s", text) << std::string(text) << std::string(words);
    };
    row("", "");
    row("a  b\tc", "<a><b><c>");
    row("a 'b c' \"d e\"", "<a><b c><d e>");
    row("a'b'\"c\"d", "<abcd>");
    row("'' \"\"", "<><>");
    row("a\\ b", "<a b>");
    row("\"a\\\"b\\n\"", "<a\"b\\n>");
    row("'a\\'", "<a\\>");
    row("a\\", "<a\\>");
    row("'a", "none");
    row("\"a", "none");
}

void tst_IniFile::commandsAreSplit()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, words);

    QCOMPARE(joined(Quay::shellWords(text)), words);
}

QTEST_GUILESS_MAIN(tst_IniFile)
#include "tst_inifile.moc"
