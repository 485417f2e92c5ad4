// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QListWidget>
#include <QString>

namespace Quay {

/// Where am I: the pages of the window with what each counts. Not shown as long as there is only one.
class Sidebar : public QListWidget
{
    Q_OBJECT
public:
    explicit Sidebar(QWidget *parent = nullptr);

    void addPage(const QIcon &icon, const QString &title);
    void setPageCount(int page, int count);

    [[nodiscard]] QSize sizeHint() const override;
};

} // namespace Quay
