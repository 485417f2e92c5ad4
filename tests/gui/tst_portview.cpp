// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "app/widgets/rowbuttons.h"
#include "app/window/columnlayout.h"
#include "app/window/portview.h"
#include "tests/support/snapshots.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace Quay;
using Test::listenerFrom;
using Test::snapshotOf;

class tst_PortView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void columnMenuShowsAndHides();
    void portsCannotBeHidden();
    void headerOpensTheColumnMenu();
    void layoutComesBack();
    void layoutWithoutPortsComesBackWithThem();
    void foreignLayoutIsRefused();
    void resetBringsTheFirstOrderBack();
    void fittedColumnsShowWholePorts();
    void fittedColumnsEndBeforeTheButtons();
    void fittedColumnsGiveRoomBeforeTheListHasToBeScrolled();
    void rowIsTheWholeLine();
    void digitsHaveOneWidth();
    void focusAloneChoosesNothing();
    void keyboardGoesOnWhereTheRowWas();
    void foldedGroupStaysFolded();
    void headsShowTheirSums();
    void programmaticWidthsAreNoEdit();

private:
    [[nodiscard]] QAction *columnAction(QMenu *menu, int column) const;

    std::unique_ptr<PortModel> m_model;
    std::unique_ptr<PortView> m_view;
};

void tst_PortView::init()
{
    m_model = std::make_unique<PortModel>();
    m_view = std::make_unique<PortView>();
    m_view->setModel(m_model.get());
    m_model->setSnapshot(snapshotOf({listenerFrom({.port = 3000, .owners = {{.pid = 1}}}),
                                     listenerFrom({.port = 65535, .owners = {{.pid = 2, .name = "python3"}}})}));
    m_view->resize(1000, 300);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void tst_PortView::cleanup()
{
    m_view.reset();
    m_model.reset();
}

QAction *tst_PortView::columnAction(QMenu *menu, int column) const
{
    for (QAction *action : menu->actions()) {
        if (action->isCheckable() && action->data().toInt() == column) {
            return action;
        }
    }
    return nullptr;
}

void tst_PortView::columnMenuShowsAndHides()
{
    QMenu menu;
    m_view->columns()->fillMenu(&menu);
    QVERIFY(!columnAction(&menu, PortModelColumn::Memory)->isChecked());
    const QSignalSpy edited(m_view.get(), &PortView::layoutEdited);

    columnAction(&menu, PortModelColumn::Memory)->trigger();
    columnAction(&menu, PortModelColumn::Unit)->trigger();

    QVERIFY(!m_view->isColumnHidden(PortModelColumn::Memory));
    QVERIFY(m_view->isColumnHidden(PortModelColumn::Unit));
    QVERIFY(edited.size() >= 2);
}

void tst_PortView::portsCannotBeHidden()
{
    QMenu menu;

    m_view->columns()->fillMenu(&menu);

    QVERIFY(columnAction(&menu, PortModelColumn::Port)->isChecked());
    for (int column = 0; column < PortModelColumn::ColumnCount; ++column) {
        QCOMPARE(columnAction(&menu, column)->isEnabled(), column != PortModelColumn::Port);
    }
}

void tst_PortView::headerOpensTheColumnMenu()
{
    Q_EMIT m_view->header()->customContextMenuRequested(QPoint(5, 5));

    auto *menu = m_view->findChild<QMenu *>(QStringLiteral("columnMenu"));
    QVERIFY(menu != nullptr);
    QVERIFY(menu->isVisible());
    menu->close();
}

void tst_PortView::layoutComesBack()
{
    m_view->header()->moveSection(PortModelColumn::Pid, 0);
    m_view->setColumnHidden(PortModelColumn::User, true);
    m_view->setColumnWidth(PortModelColumn::Process, 222);
    m_view->sortByColumn(PortModelColumn::Pid, Qt::DescendingOrder);
    const auto state = m_view->columns()->state();

    PortView other;
    PortModel model;
    other.setModel(&model);

    QVERIFY(other.columns()->restore(state));
    QCOMPARE(other.header()->visualIndex(PortModelColumn::Pid), 0);
    QVERIFY(other.isColumnHidden(PortModelColumn::User));
    QCOMPARE(other.columnWidth(PortModelColumn::Process), 222);
    QCOMPARE(other.header()->sortIndicatorSection(), static_cast<int>(PortModelColumn::Pid));
    QCOMPARE(other.header()->sortIndicatorOrder(), Qt::DescendingOrder);
}

void tst_PortView::layoutWithoutPortsComesBackWithThem()
{
    m_view->setColumnHidden(PortModelColumn::Port, true);
    m_view->setColumnHidden(PortModelColumn::User, true);
    const auto state = m_view->columns()->state();
    PortView other;
    PortModel model;
    other.setModel(&model);

    QVERIFY(other.columns()->restore(state));

    QVERIFY(!other.isColumnHidden(PortModelColumn::Port));
    QCOMPARE_GE(other.columnWidth(PortModelColumn::Port), other.header()->minimumSectionSize());
    QVERIFY(other.isColumnHidden(PortModelColumn::User));
}

void tst_PortView::foreignLayoutIsRefused()
{
    QVERIFY(!m_view->columns()->restore(QByteArrayLiteral("not a header")));
    QVERIFY(!m_view->columns()->restore({}));
    QVERIFY(!m_view->isColumnHidden(PortModelColumn::Port));
}

void tst_PortView::resetBringsTheFirstOrderBack()
{
    m_view->header()->moveSection(PortModelColumn::Pid, 0);
    m_view->setColumnHidden(PortModelColumn::Kind, true);
    QMenu menu;
    m_view->columns()->fillMenu(&menu);

    menu.actions().constLast()->trigger();

    QCOMPARE(m_view->header()->visualIndex(PortModelColumn::Pid), static_cast<int>(PortModelColumn::Pid));
    QVERIFY(!m_view->isColumnHidden(PortModelColumn::Kind));
    QVERIFY(m_view->isColumnHidden(PortModelColumn::Cpu));
}

void tst_PortView::fittedColumnsShowWholePorts()
{
    m_view->setColumnWidth(PortModelColumn::Port, 10);

    m_view->columns()->fit();

    QVERIFY(m_view->columnWidth(PortModelColumn::Port)
            > m_view->fontMetrics().horizontalAdvance(QStringLiteral("65535")));
    QVERIFY(m_view->header()->length() >= m_view->viewport()->width() - PortModelColumn::ColumnCount);
}

void tst_PortView::fittedColumnsEndBeforeTheButtons()
{
    QAction stop(QStringLiteral("Stop"));
    const RowButtons *buttons = new RowButtons(m_view.get(), {&stop}, [](const QModelIndex &) { return true; });
    m_view->columns()->setRowButtons(buttons);
    m_view->resize(1600, 300);

    m_view->columns()->fit();

    const int room = m_view->viewport()->width() - m_view->header()->length();
    QCOMPARE_GT(buttons->widthIn(room), 0);
    QCOMPARE_GE(room, buttons->widthIn(room));
}

void tst_PortView::fittedColumnsGiveRoomBeforeTheListHasToBeScrolled()
{
    int width = 2000;
    do {
        width -= 20;
        m_view->resize(width, 300);
        m_view->columns()->fit();
    } while (m_view->header()->length() <= m_view->viewport()->width());

    const auto lengthOf = [this](const char *text) {
        return m_view->fontMetrics().horizontalAdvance(QString::fromLatin1(text));
    };
    QCOMPARE_LT(m_view->columnWidth(PortModelColumn::Unit), lengthOf("postgresql.service"));
    QCOMPARE_LT(m_view->columnWidth(PortModelColumn::Scope), lengthOf("this machine (127.0.0.1)"));
    QCOMPARE_GT(m_view->columnWidth(PortModelColumn::Scope), lengthOf("this machine"));
    QCOMPARE_GT(m_view->columnWidth(PortModelColumn::Port), lengthOf("65535"));
}

void tst_PortView::rowIsTheWholeLine()
{
    m_view->resize(2000, 300);
    m_view->header()->resizeSection(PortModelColumn::Project, 40);
    const auto row = m_model->index(1, 0);

    const auto found = m_view->indexAt({m_view->viewport()->width() - 1, m_view->visualRect(row).center().y()});

    QCOMPARE(found.row(), row.row());
    QVERIFY(!m_view->indexAt({5, m_view->viewport()->height() - 1}).isValid());
}

void tst_PortView::digitsHaveOneWidth()
{
    QCOMPARE(m_view->font().featureValue(QFont::Tag("tnum")), 1U); // fonts that have no such feature need none
}

/// The next key could end a server.
void tst_PortView::focusAloneChoosesNothing()
{
    m_view->clearFocus();
    QVERIFY(!m_view->currentIndex().isValid());

    for (const auto reason : {Qt::OtherFocusReason, Qt::TabFocusReason, Qt::PopupFocusReason}) {
        m_view->setFocus(reason);
        QVERIFY(!m_view->currentIndex().isValid());
        m_view->clearFocus();
    }
}

void tst_PortView::keyboardGoesOnWhereTheRowWas()
{
    m_model->setSnapshot(snapshotOf({listenerFrom({.port = 3000, .owners = {{.pid = 1}}}),
                                     listenerFrom({.port = 3001, .protocol = Protocol::Udp, .owners = {{.pid = 2}}}),
                                     listenerFrom({.port = 3002, .owners = {{.pid = 3}}})}));
    m_view->sortByColumn(PortModelColumn::Port, Qt::AscendingOrder);
    m_view->setCurrentIndex(m_model->index(1, 0));
    const auto portOf = [](const QModelIndex &row) {
        return row.siblingAtColumn(PortModelColumn::Port).data().toInt();
    };
    QCOMPARE(portOf(m_view->currentIndex()), 3001);

    m_model->setFilter({.udp = false});
    QVERIFY(!m_view->currentIndex().isValid());
    QCOMPARE(portOf(m_model->index(0, 0)), 3000); // where a list begins that nobody was in
    QTest::keyClick(m_view.get(), Qt::Key_Down);

    QCOMPARE(portOf(m_view->currentIndex()), 3002);
}

void tst_PortView::foldedGroupStaysFolded()
{
    m_model->setGrouping(PortGrouping::Process);
    m_view->setGrouped(true);
    m_view->collapse(m_model->index(0, 0));

    m_model->setGrouping(PortGrouping::None);
    m_view->setGrouped(false);
    m_model->setGrouping(PortGrouping::Process);
    m_view->setGrouped(true);

    QVERIFY(!m_view->isExpanded(m_model->index(0, 0)));
    QVERIFY(m_view->isExpanded(m_model->index(1, 0)));
}

void tst_PortView::headsShowTheirSums()
{
    m_model->setGrouping(PortGrouping::Process);
    m_view->setGrouped(true);
    const auto headWith = [this](std::uint32_t connections) {
        m_model->setSnapshot(
            snapshotOf({listenerFrom({.port = 3000, .owners = {{.pid = 1}}, .connections = connections}),
                        listenerFrom({.port = 3001, .owners = {{.pid = 1}}, .connections = 3})}));
        const auto row = m_view->visualRect(m_model->index(0, 0));
        return m_view->viewport()->grab(QRect(0, row.top(), m_view->viewport()->width(), row.height())).toImage();
    };
    const QRect cell(m_view->columnViewportPosition(PortModelColumn::Connections), 0,
                     m_view->columnWidth(PortModelColumn::Connections), 1000);

    const QImage three = headWith(0);
    const QImage eight = headWith(5);

    QRect changed;
    for (int y = 0; y < three.height(); ++y) {
        for (int x = 0; x < three.width(); ++x) {
            if (three.pixel(x, y) != eight.pixel(x, y)) {
                changed |= QRect(x, y, 1, 1);
            }
        }
    }
    QVERIFY(!changed.isEmpty());
    QVERIFY2(cell.contains(changed), qPrintable(QStringLiteral("%1..%2").arg(changed.left()).arg(changed.right())));
}

void tst_PortView::programmaticWidthsAreNoEdit()
{
    const QSignalSpy edited(m_view.get(), &PortView::layoutEdited);

    m_view->columns()->fit();
    QCOMPARE(edited.size(), 0);

    m_view->header()->resizeSection(PortModelColumn::Process, 300);
    QCOMPARE(edited.size(), 1);
}

QTEST_MAIN(tst_PortView)
#include "tst_portview.moc"
