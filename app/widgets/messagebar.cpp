// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/messagebar.h"

#include <QVBoxLayout>

namespace Quay {

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    hide();
}

void MessageBar::showMessage(const QString &id, KMessageWidget::MessageType type, const QString &text)
{
    auto &widget = m_messages[id];
    if (widget == nullptr) {
        widget = new KMessageWidget(this);
        widget->setObjectName(id);
        widget->setTextFormat(Qt::PlainText);
        widget->setWordWrap(true);
        widget->setPosition(KMessageWidget::Header);
        connect(widget, &KMessageWidget::hideAnimationFinished, this, [this, id] { dismiss(id); });
        m_layout->addWidget(widget);
    } else if (widget->text() == text) {
        return;
    }
    widget->setMessageType(type);
    widget->setText(text);
    widget->show();
    show();
}

void MessageBar::dismiss(const QString &id)
{
    const auto found = m_messages.find(id);
    if (found == m_messages.end()) {
        return;
    }
    found->second->hide();
    for (const auto &[other, widget] : m_messages) {
        if (!widget->isHidden()) {
            return;
        }
    }
    hide();
}

QString MessageBar::messageText(const QString &id) const
{
    const auto found = m_messages.find(id);
    return found != m_messages.end() && !found->second->isHidden() ? found->second->text() : QString();
}

} // namespace Quay
