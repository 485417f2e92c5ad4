// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/sidebar.h"

#include <QEvent>
#include <QLocale>

#include <algorithm>

namespace Quay {

namespace {

constexpr int TitleRole = Qt::UserRole;

} // namespace

Sidebar::Sidebar(QWidget *parent)
    : QListWidget(parent)
{
    setAccessibleName(tr("Pages"));
    setFrameShape(QFrame::NoFrame);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    hide();
}

void Sidebar::addPage(const QIcon &icon, const QString &title)
{
    auto *item = new QListWidgetItem(icon, title, this);
    item->setData(TitleRole, title);
    setVisible(count() > 1);
    if (count() == 1) {
        setCurrentRow(0);
    }
}

void Sidebar::setPageCount(int page, int count)
{
    auto *entry = item(page);
    entry->setText(entry->data(TitleRole).toString() % QLatin1Char(' ') % QLocale().toString(count));
    m_widest = std::max(m_widest, sizeHintForColumn(0));
    updateGeometry();
}

QSize Sidebar::sizeHint() const
{
    const int margin = fontMetrics().averageCharWidth() * 2;
    const int entry = std::max(m_widest, sizeHintForColumn(0));
    return {entry + (2 * frameWidth()) + margin, QListWidget::sizeHint().height()};
}

void Sidebar::changeEvent(QEvent *event)
{
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        m_widest = 0;
        updateGeometry();
    }
}

} // namespace Quay
