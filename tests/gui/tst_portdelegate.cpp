// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "app/widgets/portdelegate.h"

#include <QImage>
#include <QPainter>
#include <QStandardItemModel>
#include <QTest>

using namespace Quay;

/// Paints cells into pictures: what is told by shape must be there without any colour.
class tst_PortDelegate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void freshRowsDifferInShape();
    void warningsAreShownWithTheirNumber();
    void marksHaveRoom();
    void groupsHaveNoMarks();
    void goneRowsAreStruckOutInEveryColumn();

private:
    [[nodiscard]] QImage painted(int column) const;
    [[nodiscard]] int width(int column) const;
    [[nodiscard]] QStyleOptionViewItem option() const;
    void set(int role, const QVariant &value) { m_model.setData(m_model.index(0, PortModelColumn::Port), value, role); }

    QStandardItemModel m_model{1, PortModelColumn::ColumnCount};
    PortDelegate m_delegate;
};

void tst_PortDelegate::init()
{
    for (int column = 0; column < PortModelColumn::ColumnCount; ++column) {
        auto *item = new QStandardItem(QStringLiteral("3000"));
        item->setData(static_cast<int>(RowFreshness::Settled), PortModelRole::Freshness);
        m_model.setItem(0, column, item);
    }
}

QStyleOptionViewItem tst_PortDelegate::option() const
{
    QStyleOptionViewItem option;
    option.rect = QRect(0, 0, 160, 24);
    option.font = QGuiApplication::font();
    option.fontMetrics = QFontMetrics(option.font);
    option.palette = QPalette(Qt::black, Qt::white); // one colour for everything that is drawn
    option.state = QStyle::State_Enabled | QStyle::State_Active;
    return option;
}

QImage tst_PortDelegate::painted(int column) const
{
    QImage image(160, 24, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    m_delegate.paint(&painter, option(), m_model.index(0, column));
    painter.end();
    return image;
}

int tst_PortDelegate::width(int column) const
{
    return m_delegate.sizeHint(option(), m_model.index(0, column)).width();
}

void tst_PortDelegate::freshRowsDifferInShape()
{
    const auto settled = painted(PortModelColumn::Port);

    set(PortModelRole::Freshness, static_cast<int>(RowFreshness::Appeared));
    const auto appeared = painted(PortModelColumn::Port);
    set(PortModelRole::Freshness, static_cast<int>(RowFreshness::Vanished));
    const auto vanished = painted(PortModelColumn::Port);

    QVERIFY(settled != appeared);
    QVERIFY(appeared != vanished);
    QVERIFY(settled != vanished);
}

void tst_PortDelegate::warningsAreShownWithTheirNumber()
{
    const auto none = painted(PortModelColumn::Port);

    set(PortModelRole::WarningCount, 1);
    const auto one = painted(PortModelColumn::Port);
    set(PortModelRole::WarningCount, 2);
    const auto two = painted(PortModelColumn::Port);

    QVERIFY(none != one);
    QVERIFY(one != two);
}

void tst_PortDelegate::marksHaveRoom()
{
    const int settled = width(PortModelColumn::Port);

    set(PortModelRole::Freshness, static_cast<int>(RowFreshness::Vanished));
    set(PortModelRole::WarningCount, 2);

    QCOMPARE(width(PortModelColumn::Port), settled); // a mark that comes does not widen the column
    QVERIFY(settled > width(PortModelColumn::Pid) + option().fontMetrics.horizontalAdvance(QStringLiteral("gone")));
}

void tst_PortDelegate::groupsHaveNoMarks()
{
    set(PortModelRole::IsGroup, true);
    const auto plain = painted(PortModelColumn::Port);

    set(PortModelRole::WarningCount, 3);

    QVERIFY(painted(PortModelColumn::Port) == plain);
}

void tst_PortDelegate::goneRowsAreStruckOutInEveryColumn()
{
    const auto settled = painted(PortModelColumn::Process);

    m_model.setData(m_model.index(0, PortModelColumn::Process), static_cast<int>(RowFreshness::Vanished),
                    PortModelRole::Freshness);

    QVERIFY(painted(PortModelColumn::Process) != settled);
}

QTEST_MAIN(tst_PortDelegate)
#include "tst_portdelegate.moc"
