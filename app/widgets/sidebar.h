// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QListWidget>
#include <QString>

namespace Quay {

/**
 * Where am I: the pages of the window with what each counts. Not shown as long as there is only one.
 *
 * It keeps the width of the widest count that it has shown, or the page next to it would move with each one.
 */
class Sidebar : public QListWidget
{
    Q_OBJECT
public:
    explicit Sidebar(QWidget *parent = nullptr);

    void addPage(const QIcon &icon, const QString &title);
    void setPageCount(int page, int count);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    int m_widest = 0; ///< Of its entries, so far.
};

} // namespace Quay
