// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/changedcells.h"

#include <QObject>
#include <QTest>

#include <vector>

using Quay::ChangedCells;
using Rectangles = std::vector<ChangedCells::Rectangle>;

class tst_ChangedCells : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsNoRectangle();
    void neighboursAreJoined();
    void differentColumnsOrHeadsAreNot();
    void manyAreOneBelowEachHead();
    void tooManyAreEverything();
};

void tst_ChangedCells::nothingIsNoRectangle()
{
    ChangedCells cells;
    cells.add(0, 0, 0);

    QCOMPARE(cells.rectangles(), Rectangles());
}

void tst_ChangedCells::neighboursAreJoined()
{
    ChangedCells cells;
    cells.add(ChangedCells::NoHead, 6, 0b1011);
    cells.add(ChangedCells::NoHead, 5, 0b1011);
    const Rectangles expected{{.rows = {.first = 5, .count = 2}, .columns = {.first = 0, .count = 2}},
                              {.rows = {.first = 5, .count = 2}, .columns = {.first = 3, .count = 1}}};

    QCOMPARE(cells.rectangles(), expected);
}

void tst_ChangedCells::differentColumnsOrHeadsAreNot()
{
    ChangedCells cells;
    cells.add(0, 1, 0b1);
    cells.add(0, 2, 0b10);
    cells.add(1, 3, 0b10);
    const Rectangles expected{
        {.head = 0, .rows = {.first = 1, .count = 1}, .columns = {.first = 0, .count = 1}},
        {.head = 0, .rows = {.first = 2, .count = 1}, .columns = {.first = 1, .count = 1}},
        {.head = 1, .rows = {.first = 3, .count = 1}, .columns = {.first = 1, .count = 1}},
    };

    QCOMPARE(cells.rectangles(), expected);
}

void tst_ChangedCells::manyAreOneBelowEachHead()
{
    ChangedCells cells;
    const int last = static_cast<int>(ChangedCells::MostRectangles) * 2;
    for (int row = 0; row <= last; row += 2) {
        cells.add(4, row, row == 0 ? 0b100 : 0b10);
    }
    cells.add(5, 1, 0b1);
    const Rectangles expected{
        {.head = 4, .rows = {.first = 0, .count = last + 1}, .columns = {.first = 1, .count = 2}},
        {.head = 5, .rows = {.first = 1, .count = 1}, .columns = {.first = 0, .count = 1}},
    };

    QCOMPARE(cells.rectangles(), expected);
}

void tst_ChangedCells::tooManyAreEverything()
{
    ChangedCells cells;
    for (int head = 0; head <= static_cast<int>(ChangedCells::MostRectangles); ++head) {
        cells.add(head, 0, 0b1);
    }

    QVERIFY(!cells.rectangles());
}

QTEST_GUILESS_MAIN(tst_ChangedCells)
#include "tst_changedcells.moc"
