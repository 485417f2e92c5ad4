// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/sidebar.h"

#include <QLocale>

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
    updateGeometry();
}

QSize Sidebar::sizeHint() const
{
    const int margin = fontMetrics().averageCharWidth() * 2;
    return {sizeHintForColumn(0) + (2 * frameWidth()) + margin, QListWidget::sizeHint().height()};
}

} // namespace Quay
