// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/rowbuttons.h"

#include <QAction>
#include <QHeaderView>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTest>
#include <QToolButton>
#include <QTreeView>
#include <QWindow>

using Quay::RowButtons;

/// Whether buttons stay with the row they are of.
class tst_RowButtons : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void currentRowHasThem();
    void rowUnderThePointerHasThem();
    void wheelBringsThemToTheRowBelowThePointer();
    void keyboardTakesThemAlong();
    void pressActsOnTheirRow();
    void pressOnARowThatHasGoneMeansNobody();
    void theyMoveWithTheirRow();
    void theyGoWithTheirRow();
    void rowWithoutAnyHasNone();
    void rowOutOfSightHasNone();
    void theyStandBehindTheColumns_data();
    void theyStandBehindTheColumns();
    void columnsComeOutFromUnderThem();
    void firstColumnNeedNotBeInSight_data();
    void firstColumnNeedNotBeInSight();

private:
    void pointAt(int row);
    [[nodiscard]] QModelIndex rowAt(int row) const { return m_model->index(row, 0); }
    void press() { QTest::mouseClick(m_buttons->findChild<QToolButton *>(), Qt::LeftButton); }

    std::unique_ptr<QTreeView> m_view;
    QStandardItemModel *m_model = nullptr;
    QAction *m_action = nullptr;
    RowButtons *m_buttons = nullptr;
    QStringList m_pressed;
};

void tst_RowButtons::init()
{
    m_view = std::make_unique<QTreeView>();
    m_model = new QStandardItemModel(m_view.get());
    m_model->setColumnCount(2);
    for (int i = 0; i < 200; ++i) {
        m_model->appendRow({new QStandardItem(QString::number(i)), new QStandardItem});
    }
    m_pressed.clear();
    m_action = new QAction(QStringLiteral("Stop"), m_view.get());
    connect(m_action, &QAction::triggered, this, [this] { m_pressed << m_view->currentIndex().data().toString(); });
    QPixmap picture(16, 16);
    picture.fill(Qt::red);
    m_action->setIcon(picture);
    m_view->setModel(m_model);
    m_view->header()->setStretchLastSection(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->resize(400, 300);
    m_buttons = new RowButtons(m_view.get(), {m_action},
                               [](const QModelIndex &row) { return row.data().toString() != QLatin1String("3"); });
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_view->setCurrentIndex(rowAt(1));
    QTRY_COMPARE(m_buttons->row(), rowAt(1));
}

void tst_RowButtons::pointAt(int row)
{
    auto *viewport = m_view->viewport();
    const QPointF place(5, m_view->visualRect(m_model->index(row, 1)).center().y());
    QMouseEvent move(QEvent::MouseMove, place, viewport->mapToGlobal(place), Qt::NoButton, {}, {});
    QCoreApplication::sendEvent(viewport, &move);
}

void tst_RowButtons::currentRowHasThem()
{
    const auto line = m_view->visualRect(rowAt(1));
    QCOMPARE(m_buttons->geometry().top(), line.top());
    QCOMPARE(m_buttons->height(), line.height());
    QCOMPARE(m_buttons->geometry().right(), m_view->viewport()->rect().right());
}

void tst_RowButtons::rowUnderThePointerHasThem()
{
    pointAt(5);
    QCOMPARE(m_buttons->row(), rowAt(5));

    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(m_view->viewport(), &leave);
    QCOMPARE(m_buttons->row(), rowAt(1));
}

void tst_RowButtons::wheelBringsThemToTheRowBelowThePointer()
{
    pointAt(5);
    const QPoint place = m_view->visualRect(m_model->index(5, 1)).center();

    QTest::wheelEvent(m_view->windowHandle(), m_view->viewport()->mapTo(m_view.get(), place), QPoint(0, -240));

    QCOMPARE_GT(m_view->verticalScrollBar()->value(), 0);
    const auto below = m_view->indexAt(place);
    QCOMPARE_GT(below.row(), 5);
    QTRY_COMPARE(m_buttons->row().row(), below.row());
    QCOMPARE(m_buttons->geometry().top(), m_view->visualRect(below).top());
}

void tst_RowButtons::keyboardTakesThemAlong()
{
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QTRY_COMPARE(m_buttons->row(), rowAt(2));

    pointAt(7);
    QTest::keyClick(m_view.get(), Qt::Key_Up);

    QTRY_COMPARE(m_buttons->row(), rowAt(1)); // the pointer lies where it lay
}

void tst_RowButtons::pressOnARowThatHasGoneMeansNobody()
{
    pointAt(5);
    m_model->removeRow(5);

    press(); // before anything was painted

    QCOMPARE(m_pressed, QStringList());
}

void tst_RowButtons::pressActsOnTheirRow()
{
    pointAt(5);
    press();

    QCOMPARE(m_pressed, QStringList{QStringLiteral("5")});
    QCOMPARE(m_view->currentIndex(), rowAt(5));
}

void tst_RowButtons::theyMoveWithTheirRow()
{
    pointAt(5);
    m_model->insertRow(0, {new QStandardItem(QStringLiteral("new")), new QStandardItem});

    QTRY_COMPARE(m_buttons->geometry().top(), m_view->visualRect(rowAt(6)).top());
    press();
    QCOMPARE(m_pressed, QStringList{QStringLiteral("5")});
}

void tst_RowButtons::theyGoWithTheirRow()
{
    pointAt(5);
    m_model->removeRow(5);

    QTRY_COMPARE(m_buttons->row(), rowAt(1)); // the current one
    press();
    QCOMPARE(m_pressed, QStringList{QStringLiteral("1")});
}

void tst_RowButtons::rowWithoutAnyHasNone()
{
    pointAt(3);

    QVERIFY(m_buttons->isHidden());
    QVERIFY(!m_buttons->row().isValid());
}

void tst_RowButtons::rowOutOfSightHasNone()
{
    m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum());

    QTRY_VERIFY(m_buttons->isHidden());
}

void tst_RowButtons::theyStandBehindTheColumns_data()
{
    QTest::addColumn<bool>("isWide");
    QTest::addRow("with words") << true;
    QTest::addRow("without words") << false;
}

void tst_RowButtons::theyStandBehindTheColumns()
{
    QFETCH(const bool, isWide);
    const int narrow = m_buttons->widthIn(0);
    const int wide = m_buttons->widthIn(m_view->viewport()->width());
    QCOMPARE_LT(narrow, wide);

    m_view->setColumnWidth(1, 50);
    m_view->setColumnWidth(0, m_view->viewport()->width() - 50 - (isWide ? wide : wide - 1));

    QTRY_COMPARE(m_buttons->width(), isWide ? wide : narrow);
    QCOMPARE_GT(m_buttons->geometry().left(), m_view->visualRect(m_model->index(1, 1)).right());
    QCOMPARE(m_view->horizontalScrollBar()->maximum(), 0);
}

void tst_RowButtons::columnsComeOutFromUnderThem()
{
    m_view->setColumnWidth(0, 300);
    m_view->setColumnWidth(1, 300);
    auto *bar = m_view->horizontalScrollBar();
    QTRY_COMPARE(bar->maximum(), 600 + m_buttons->width() - m_view->viewport()->width());
    const auto lastCell = [this] { return m_view->visualRect(m_model->index(m_buttons->row().row(), 1)); };

    bar->setValue(bar->maximum());
    QTRY_COMPARE(lastCell().right() + 1, m_buttons->geometry().left());

    m_view->setCurrentIndex(m_model->index(2, 1)); // has the view look how far it scrolls
    QTRY_COMPARE(m_buttons->row().row(), 2);
    QCOMPARE(lastCell().right() + 1, m_buttons->geometry().left());
    m_view->resize(380, 250);
    m_view->setColumnWidth(1, 280);
    QTRY_COMPARE(bar->maximum(), 580 + m_buttons->width() - m_view->viewport()->width());
    QCOMPARE(bar->value(), bar->maximum());
}

void tst_RowButtons::firstColumnNeedNotBeInSight_data()
{
    QTest::addColumn<bool>("isHidden");
    QTest::addRow("scrolled") << false;
    QTest::addRow("hidden") << true;
}

void tst_RowButtons::firstColumnNeedNotBeInSight()
{
    QFETCH(const bool, isHidden);
    m_view->setColumnWidth(1, 600);
    QTRY_COMPARE_GT(m_view->horizontalScrollBar()->maximum(), m_view->columnWidth(0));

    m_view->setColumnHidden(0, isHidden);
    m_view->horizontalScrollBar()->setValue(m_view->horizontalScrollBar()->maximum());
    pointAt(5);

    QTRY_COMPARE(m_buttons->row().row(), 5);
    QCOMPARE(m_buttons->geometry().top(), m_view->visualRect(m_model->index(5, 1)).top());
}

QTEST_MAIN(tst_RowButtons)
#include "tst_rowbuttons.moc"
