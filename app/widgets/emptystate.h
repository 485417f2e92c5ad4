// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;

namespace Quay {

/// What a list shows instead of rows: what is missing, why, and the one thing to do next.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);

    struct Content
    {
        QString iconName;
        QString title;
        QString text;
        QString button; ///< Empty: no button.

        bool operator==(const Content &) const = default;
    };
    void setContent(const Content &content);

Q_SIGNALS:
    void buttonPressed();

private:
    Content m_content;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_button;
};

} // namespace Quay
