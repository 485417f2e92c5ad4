// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/detailssplitter.h"

#include <algorithm>

namespace Quay {

namespace {

constexpr int DetailsHeight = 300;
constexpr double MostOfTheHeight = 0.4;

int detailsHeightIn(int room)
{
    return std::min(DetailsHeight, static_cast<int>(room * MostOfTheHeight));
}

} // namespace

DetailsSplitter::DetailsSplitter(QWidget *list, QWidget *details, QWidget *parent)
    : QSplitter(Qt::Vertical, parent)
{
    setChildrenCollapsible(false);
    addWidget(list);
    addWidget(details);
    setStretchFactor(0, 1);
    setStretchFactor(1, 0);
    connect(this, &QSplitter::splitterMoved, this, [this] {
        m_isChosen = true;
        Q_EMIT divisionChosen();
    });
}

void DetailsSplitter::setBeside(bool beside)
{
    setOrientation(beside ? Qt::Horizontal : Qt::Vertical);
    m_isChosen = false;
    divide();
}

QByteArray DetailsSplitter::division() const
{
    return m_isChosen ? saveState() : QByteArray();
}

void DetailsSplitter::restoreDivision(const QByteArray &division, Qt::Orientation orientation)
{
    m_isChosen = restoreState(division);
    setOrientation(orientation);
}

void DetailsSplitter::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    if (!m_isChosen) {
        divide();
    }
}

void DetailsSplitter::divide()
{
    const bool isBeside = orientation() == Qt::Horizontal;
    const int room = isBeside ? width() : height();
    const int details = isBeside ? room / 2 : detailsHeightIn(room);
    setSizes({room - details, details});
}

} // namespace Quay
