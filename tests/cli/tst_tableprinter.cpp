// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tableprinter.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTest>

#include <string>

namespace {

Quay::TablePrinter smallTable(Quay::OutputTraits traits)
{
    return Quay::TablePrinter({{.title = QStringLiteral("PORT"), .alignment = Qt::AlignRight},
                               {.title = QStringLiteral("PROCESS"), .shortest = 4},
                               {.title = QStringLiteral("UNIT"), .shortest = 4, .rank = 2},
                               {.title = QStringLiteral("USER"), .rank = 1}},
                              traits);
}

/// Cells with bars between them.
Quay::TableRow row(const char *cells)
{
    return {.cells = QString::fromLatin1(cells).split(u'|')};
}

Quay::OutputTraits terminal(int columns)
{
    return {.isTerminal = true, .columns = columns};
}

} // namespace

class tst_TablePrinter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void columnsAreAligned();
    void pipeKeepsEverything();
    void terminalLeavesEmptyColumnsOut();
    void longCellsAreShortenedFirst();
    void thenColumnsAreLeftOut();
    void whatYieldsLastIsShortenedAfterThat();
    void coloursWrapWholeLines();
    void widthsCountCells_data();
    void widthsCountCells();
    void elidingKeepsCharactersWhole();
};

void tst_TablePrinter::columnsAreAligned()
{
    Quay::TablePrinter table = smallTable({});
    table.addRow(row("80|nginx|nginx.service|root"));
    table.addRow(row("3000|node||me"));

    QCOMPARE(table.text(),
             QStringLiteral("PORT  PROCESS  UNIT           USER\n"
                            "  80  nginx    nginx.service  root\n"
                            "3000  node                    me\n"));
}

void tst_TablePrinter::pipeKeepsEverything()
{
    Quay::TablePrinter table = smallTable({});
    table.addRow(row(("80|" + std::string(300, 'x') + "||").c_str()));

    QVERIFY(table.text().contains(QString(300, u'x')));
    QVERIFY(table.text().startsWith(QStringLiteral("PORT")));
    QVERIFY(table.text().contains(QStringLiteral("UNIT")));
}

void tst_TablePrinter::terminalLeavesEmptyColumnsOut()
{
    Quay::TablePrinter table = smallTable(terminal(80));
    table.addRow(row("80|nginx||root"));

    QCOMPARE(table.text(),
             QStringLiteral("PORT  PROCESS  USER\n"
                            "  80  nginx    root\n"));
}

void tst_TablePrinter::longCellsAreShortenedFirst()
{
    Quay::TablePrinter table = smallTable(terminal(30));
    table.addRow(row("80|a-very-long-process|nginx.service|root"));

    const QStringList lines = table.text().split(u'\n');

    for (const auto &line : lines) {
        QVERIFY2(Quay::cellWidth(line) <= 30, qPrintable(line));
    }
    QVERIFY(lines.at(1).contains(u'\u2026'));
    QVERIFY(lines.at(1).contains(QStringLiteral("root")));
}

void tst_TablePrinter::thenColumnsAreLeftOut()
{
    Quay::TablePrinter table = smallTable(terminal(16));
    table.addRow(row("80|nginx|nginx.service|root"));

    const QStringList lines = table.text().split(u'\n');

    QCOMPARE(lines.at(0), QStringLiteral("PORT  PRO\u2026  USER")); // UNIT goes before USER, PROCESS never
    for (const auto &line : lines) {
        QVERIFY2(Quay::cellWidth(line) <= 16, qPrintable(line));
    }
}

void tst_TablePrinter::whatYieldsLastIsShortenedAfterThat()
{
    const auto lineAt = [](int width) {
        Quay::TablePrinter table({{.title = QStringLiteral("BY"), .shortest = 4},
                                  {.title = QStringLiteral("WHAT"), .shortest = 4, .yieldsLast = true},
                                  {.title = QStringLiteral("SCOPE"), .rank = 1}},
                                 terminal(width));
        table.addRow(row("command line (root)|node 4711 (3000)|process"));
        return table.text().split(u'\n').at(1);
    };

    QCOMPARE(lineAt(46), QStringLiteral("command line (root)  node 4711 (3000)  process"));
    QCOMPARE(lineAt(31), QStringLiteral("com\u2026  node 4711 (3000)  process"));
    QCOMPARE(lineAt(30), QStringLiteral("command lin\u2026  node 4711 (3000)"));
    QCOMPARE(lineAt(20), QStringLiteral("com\u2026  node 4711 (30\u2026"));
}

void tst_TablePrinter::coloursWrapWholeLines()
{
    Quay::OutputTraits traits = terminal(80);
    traits.hasColours = true;
    Quay::TablePrinter table = smallTable(traits);
    table.addRow({.cells = row("80|nginx||root").cells, .style = Quay::TextStyle::Attention});

    QVERIFY(table.text().contains(QStringLiteral("\n\x1b[33m  80  nginx    root\x1b[0m\n")));
}

void tst_TablePrinter::widthsCountCells_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("cells");
    QTest::addRow("empty") << QString() << 0;
    QTest::addRow("ASCII") << QStringLiteral("node") << 4;
    QTest::addRow("umlaut") << QStringLiteral("Dänemark") << 8;
    QTest::addRow("combining") << QStringLiteral("e\u0301") << 1;
    QTest::addRow("Chinese") << QStringLiteral("服务器") << 6;
    QTest::addRow("emoji") << QStringLiteral("🚢") << 2;
}

void tst_TablePrinter::widthsCountCells()
{
    QFETCH(const QString, text);
    QFETCH(const int, cells);

    QCOMPARE(Quay::cellWidth(text), cells);
}

void tst_TablePrinter::elidingKeepsCharactersWhole()
{
    QCOMPARE(Quay::elided(QStringLiteral("nginx"), 5), QStringLiteral("nginx"));
    QCOMPARE(Quay::elided(QStringLiteral("nginx"), 4), QStringLiteral("ngi\u2026"));
    QCOMPARE(Quay::elided(QStringLiteral("服务器"), 4), QStringLiteral("服\u2026"));
    QCOMPARE(Quay::elided(QStringLiteral("🚢🚢"), 3), QStringLiteral("🚢\u2026"));
}

QTEST_GUILESS_MAIN(tst_TablePrinter)
#include "tst_tableprinter.moc"
