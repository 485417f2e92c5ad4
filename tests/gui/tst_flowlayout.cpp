// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/flowlayout.h"

#include <QRect>
#include <QTest>
#include <QWidget>

#include <array>
#include <memory>

using Quay::FlowLayout;

/// Three things, each 100 wide and 20 high.
class tst_FlowLayout : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void withRoomItIsOneLine();
    void whatDoesNotFitGoesOnBelow();
    void whatIsHiddenTakesNoRoom();
    void groupsAreKeptTogether();
    void whatExpandsTakesTheRest();
    void rightToLeftItBeginsAtTheRight();

private:
    void layOut(int width);
    [[nodiscard]] QPoint place(std::size_t item) const { return m_items.at(item)->pos(); }

    std::unique_ptr<QWidget> m_widget;
    FlowLayout *m_layout = nullptr;
    std::array<QWidget *, 3> m_items{};
};

void tst_FlowLayout::init()
{
    m_widget = std::make_unique<QWidget>();
    m_layout = new FlowLayout(m_widget.get());
    m_layout->setSpacing(10);
    for (auto &item : m_items) {
        item = new QWidget(m_widget.get());
        item->setFixedSize(100, 20);
        m_layout->addWidget(item);
    }
}

void tst_FlowLayout::cleanup()
{
    m_widget.reset();
}

void tst_FlowLayout::layOut(int width)
{
    m_layout->setGeometry(QRect(0, 0, width, m_layout->heightForWidth(width)));
}

void tst_FlowLayout::withRoomItIsOneLine()
{
    layOut(320);

    QCOMPARE(m_layout->sizeHint(), QSize(320, 20));
    QCOMPARE(m_layout->heightForWidth(320), 20);
    QCOMPARE(place(1), QPoint(110, 0));
    QCOMPARE(place(2), QPoint(220, 0));
}

void tst_FlowLayout::whatDoesNotFitGoesOnBelow()
{
    layOut(319);

    QCOMPARE(m_layout->heightForWidth(319), 50);
    QCOMPARE(place(1), QPoint(110, 0));
    QCOMPARE(place(2), QPoint(0, 30));
    QCOMPARE(m_layout->minimumSize().width(), 100);
    QCOMPARE(m_layout->heightForWidth(100), 80);
}

void tst_FlowLayout::whatIsHiddenTakesNoRoom()
{
    m_items[1]->hide();

    layOut(210);

    QCOMPARE(m_layout->heightForWidth(210), 20);
    QCOMPARE(place(2), QPoint(110, 0));
}

void tst_FlowLayout::groupsAreKeptTogether()
{
    auto *group = new FlowLayout;
    group->setSpacing(10);
    for (const std::size_t item : {1, 2}) {
        m_layout->removeWidget(m_items.at(item));
        group->addWidget(m_items.at(item));
    }
    m_layout->addLayout(group);

    layOut(319);
    QCOMPARE(place(1), QPoint(0, 30));
    QCOMPARE(place(2), QPoint(110, 30));

    layOut(100);
    QCOMPARE(place(2), QPoint(0, 60));
}

void tst_FlowLayout::whatExpandsTakesTheRest()
{
    m_items[0]->setMaximumWidth(QWIDGETSIZE_MAX);
    m_items[0]->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    layOut(500);

    QCOMPARE(m_items[0]->width(), 280);
    QCOMPARE(place(2), QPoint(400, 0));
}

void tst_FlowLayout::rightToLeftItBeginsAtTheRight()
{
    m_widget->setLayoutDirection(Qt::RightToLeft);

    layOut(320);

    QCOMPARE(place(0), QPoint(220, 0));
    QCOMPARE(place(2), QPoint(0, 0));
}

QTEST_MAIN(tst_FlowLayout)
#include "tst_flowlayout.moc"
