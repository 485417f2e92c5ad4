// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/application.h"
#include "tests/support/finishedprogram.h"

#include <QByteArray>
#include <QFile>
#include <QObject>
#include <QProcess>
#include <QRegularExpression>
#include <QString>
#include <QStringList>
#include <QTest>

#include <CLI/App.hpp>

/// Compares what the parser knows with what is written about it.
class tst_CliDocs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyOptionIsWrittenDown_data();
    void everyOptionIsWrittenDown();
    void completionsOfferWhatThereIs_data();
    void completionsOfferWhatThereIs();
    void everyVerbIsWrittenDown_data();
    void everyVerbIsWrittenDown();
    void bashCompletes_data();
    void bashCompletes();

private:
    Quay::CliApplication m_quay;
};

namespace {

QString textOf(const QString &path)
{
    QFile file(QStringLiteral(QUAY_SOURCE_DIR "/packaging/") + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// All that can be named, of a verb or of the program itself, in alphabetical order.
QStringList optionsOf(const CLI::App &app)
{
    QStringList names;
    for (const CLI::Option *const option : app.get_options()) {
        for (const auto &name : option->get_lnames()) {
            names << QString(QStringLiteral("--") + QString::fromStdString(name));
        }
    }
    names.sort();
    return names;
}

/// What @p pattern finds in @p text, each once, in alphabetical order.
QStringList found(const QString &text, const QString &pattern)
{
    QStringList names;
    auto matches = QRegularExpression(pattern).globalMatch(text);
    while (matches.hasNext()) {
        names << QString(QStringLiteral("--") + matches.next().captured(1));
    }
    names.removeDuplicates();
    names.sort();
    return names;
}

/// What the completion for zsh offers for a verb. Empty verb: before any.
QStringList offeredByZsh(const QString &verb)
{
    const QString script = textOf(QStringLiteral("completions/_quay"));
    QString part = script.section(QStringLiteral("case $state in"), 0, 0);
    if (!verb.isEmpty()) {
        const QRegularExpression branch(
            QStringLiteral("^        (?:[a-z]+ \\| )*%1(?: \\| [a-z]+)*\\)\n(.*?)^            ;;").arg(verb),
            QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
        part = branch.match(script).captured(1);
    }
    return found(part, QStringLiteral("--([a-z-]+)[\\[}]")); // not where an option excludes another
}

/// The same for fish.
QStringList offeredByFish(const QString &verb)
{
    static const QRegularExpression condition(QStringLiteral(" -n ('[^']*'|\\S+)"));
    static const QRegularExpression notAWord(QStringLiteral("[' ]"));
    QString part;
    for (const auto &line : textOf(QStringLiteral("completions/quay.fish")).split(u'\n')) {
        const auto match = condition.match(line);
        const auto words = match.captured(1).split(notAWord);
        const bool isMeant = verb.isEmpty()
            ? words.contains(QStringLiteral("__fish_use_subcommand"))
            : words.contains(QStringLiteral("__fish_seen_subcommand_from")) && words.contains(verb);
        if (isMeant || !match.hasMatch()) {
            part += line + u'\n';
        }
    }
    return found(part, QStringLiteral(" -l ([a-z-]+)"));
}

/// The completion for bash, of a line whose words readline has taken apart.
Quay::Test::Finished completeInBash(const QString &words, const QString &line)
{
    const QString script = QStringLiteral(R"(source '%1'; compopt() { isOpen=" with $2"; }
COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'; COMP_WORDS=(%2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_LINE='%3'; COMP_POINT=${#COMP_LINE}; _quay; echo "${COMPREPLY[*]}$isOpen")")
                               .arg(QStringLiteral(QUAY_SOURCE_DIR "/packaging/completions/quay.bash"), words, line);
    QProcess bash;
    bash.start(QStringLiteral("bash"), {QStringLiteral("--norc"), QStringLiteral("-c"), script});
    return Quay::Test::finish(bash);
}

QStringList offeredByBash(const QString &verb)
{
    const QString line = verb.isEmpty() ? QStringLiteral("quay --") : QStringLiteral("quay %1 --").arg(verb);
    QStringList names = QString::fromUtf8(completeInBash(line, line).out).simplified().split(u' ');
    names.sort();
    return names;
}

void addOptionRows(const CLI::App &app, const QString &manPage)
{
    for (const QString &option : optionsOf(app)) {
        QTest::addRow("%s %s", app.get_name().c_str(), qPrintable(option)) << manPage << option;
    }
}

} // namespace

void tst_CliDocs::everyOptionIsWrittenDown_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("option");
    addOptionRows(m_quay.parserOfAll(), QStringLiteral("quay.1"));
    for (const CLI::App *const verb : m_quay.parserOfAll().get_subcommands({})) {
        const QString page = verb->get_name() == "help"
            ? QStringLiteral("quay.1")
            : QString(QStringLiteral("quay-") + QString::fromStdString(verb->get_name()) + QStringLiteral(".1"));
        addOptionRows(*verb, page);
    }
}

void tst_CliDocs::everyOptionIsWrittenDown()
{
    QFETCH(const QString, page);
    QFETCH(const QString, option);

    const QString text = textOf(QString(QStringLiteral("man/") + page));

    QVERIFY2(!text.isEmpty(), qPrintable(page));
    const QRegularExpression item(QStringLiteral("^\\.It Fl (. , Fl )?%1( |$)").arg(option.sliced(1)),
                                  QRegularExpression::MultilineOption);
    QVERIFY2(item.match(text).hasMatch(), qPrintable(item.pattern()));
}

void tst_CliDocs::completionsOfferWhatThereIs_data()
{
    QTest::addColumn<QString>("verb"); // empty: none yet
    QTest::addColumn<QStringList>("options");
    QTest::newRow("quay") << QString() << optionsOf(m_quay.parserOfAll());
    for (const CLI::App *const verb : m_quay.parserOfAll().get_subcommands({})) {
        QTest::addRow("%s", verb->get_name().c_str()) << QString::fromStdString(verb->get_name()) << optionsOf(*verb);
    }
}

void tst_CliDocs::completionsOfferWhatThereIs()
{
    QFETCH(const QString, verb);
    QFETCH(const QStringList, options);

    QCOMPARE(offeredByBash(verb), options);
    QCOMPARE(offeredByZsh(verb), options);
    QCOMPARE(offeredByFish(verb), options);
}

void tst_CliDocs::everyVerbIsWrittenDown_data()
{
    QTest::addColumn<QString>("verb");
    for (const CLI::App *const verb : m_quay.parserOfAll().get_subcommands({})) {
        QTest::addRow("%s", verb->get_name().c_str()) << QString::fromStdString(verb->get_name());
    }
}

void tst_CliDocs::everyVerbIsWrittenDown()
{
    QFETCH(const QString, verb);

    QVERIFY(textOf(QStringLiteral("man/quay.1")).contains(QString(QStringLiteral(".It Cm ") + verb)));
    const QRegularExpression branch(QStringLiteral("^ *([a-z]+ \\| )*%1( \\| [a-z]+)*\\)").arg(verb),
                                    QRegularExpression::MultilineOption);
    QVERIFY(textOf(QStringLiteral("completions/quay.bash")).contains(branch));
    QVERIFY(textOf(QStringLiteral("completions/_quay")).contains(QString(u'\'' + verb + u':')));
    QVERIFY(textOf(QStringLiteral("completions/quay.fish")).contains(QString(QStringLiteral("-a ") + verb + u' ')));
}

void tst_CliDocs::bashCompletes_data()
{
    QTest::addColumn<QString>("words"); // as readline takes the line apart
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("offered");

    const auto row = [](const char *words, const char *line, const char *offered) {
        QTest::addRow("%s", line) << QString::fromLatin1(words) << QString::fromLatin1(line)
                                  << QString::fromLatin1(offered);
    };
    row("quay wai", "quay wai", "wait");
    row("quay wait fr", "quay wait fr", "free: with nospace");
    row("quay wait http", "quay wait http", "http:// https://");
    row("quay wait http :", "quay wait http:", "// with nospace");
    row("quay wait https : /", "quay wait https:/", "// with nospace");
    row("quay check --file /usr/bi", "quay check --file /usr/bi", "/usr/bin with filenames");
    row("quay wait --timeout 6", "quay wait --timeout 6", "60s");
    row("quay wait ''", "quay wait ", "--timeout --json --help free: server: tcp: http:// https://");
}

void tst_CliDocs::bashCompletes()
{
    QFETCH(const QString, words);
    QFETCH(const QString, line);
    QFETCH(const QString, offered);

    const auto finished = completeInBash(words, line);

    QCOMPARE(finished.err, QByteArray());
    QCOMPARE(QString::fromUtf8(finished.out).trimmed(), offered);
}

QTEST_GUILESS_MAIN(tst_CliDocs)
#include "tst_clidocs.moc"
