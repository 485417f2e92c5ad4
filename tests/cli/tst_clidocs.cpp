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

void addOptionRows(const CLI::App &app, const QString &manPage)
{
    for (const CLI::Option *const option : app.get_options()) {
        for (const auto &name : option->get_lnames()) {
            const QString word = QString::fromStdString(name);
            QTest::addRow("%s --%s, man", app.get_name().c_str(), name.c_str())
                << QString(QStringLiteral("man/") + manPage) << QString(QStringLiteral("Fl -") + word);
            for (const char *const file : {"completions/quay.bash", "completions/_quay"}) {
                QTest::addRow("%s --%s, %s", app.get_name().c_str(), name.c_str(), file)
                    << QString::fromLatin1(file) << QString(QStringLiteral("--") + word);
            }
            QTest::addRow("%s --%s, fish", app.get_name().c_str(), name.c_str())
                << QStringLiteral("completions/quay.fish") << QString(QStringLiteral("-l ") + word);
        }
    }
}

} // namespace

void tst_CliDocs::everyOptionIsWrittenDown_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("word");
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
    QFETCH(const QString, file);
    QFETCH(const QString, word);

    const QString text = textOf(file);

    QVERIFY2(!text.isEmpty(), qPrintable(file));
    QVERIFY2(text.contains(word), qPrintable(word));
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
    const QString script = QStringLiteral(R"(source '%1'; compopt() { isOpen=" with $2"; }
COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'; COMP_WORDS=(%2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_LINE='%3'; COMP_POINT=${#COMP_LINE}; _quay; echo "${COMPREPLY[*]}$isOpen")")
                               .arg(QStringLiteral(QUAY_SOURCE_DIR "/packaging/completions/quay.bash"), words, line);
    QProcess bash;
    bash.start(QStringLiteral("bash"), {QStringLiteral("--norc"), QStringLiteral("-c"), script});

    const auto finished = Quay::Test::finish(bash);

    QCOMPARE(finished.err, QByteArray());
    QCOMPARE(QString::fromUtf8(finished.out).trimmed(), offered);
}

QTEST_GUILESS_MAIN(tst_CliDocs)
#include "tst_clidocs.moc"
