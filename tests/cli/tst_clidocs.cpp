// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/application.h"

#include <QFile>
#include <QObject>
#include <QRegularExpression>
#include <QString>
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
    addOptionRows(m_quay.parser(), QStringLiteral("quay.1"));
    for (const CLI::App *const verb : m_quay.parser().get_subcommands({})) {
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
    for (const CLI::App *const verb : m_quay.parser().get_subcommands({})) {
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

QTEST_GUILESS_MAIN(tst_CliDocs)
#include "tst_clidocs.moc"
