// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/messagebar.h"

#include <QLabel>
#include <QVBoxLayout>

namespace Quay {

namespace {

/// Its label is no higher than at the width that the label would like best: in a narrow window that cuts lines off.
void letTextGrow(KMessageWidget *widget)
{
    for (QLabel *label : widget->findChildren<QLabel *>()) {
        if (label->wordWrap()) {
            QSizePolicy policy = label->sizePolicy();
            policy.setVerticalPolicy(QSizePolicy::Minimum);
            label->setSizePolicy(policy);
        }
    }
}

/// It holds on to a height that was right for another width, another text, or for its closing.
void fitHeight(KMessageWidget *widget, int width)
{
    if (!widget->isHidden() && !widget->isHideAnimationRunning()) {
        widget->setFixedHeight(widget->heightForWidth(width));
    }
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    hide();
}

void MessageBar::showAnswer(const QString &id, KMessageWidget::MessageType type, const QString &text)
{
    auto &widget = m_messages[id];
    if (widget != nullptr && widget->isHideAnimationRunning()) { // whose end would hide this answer too
        widget->disconnect(this);
        widget->hide();
        widget->deleteLater();
        widget = nullptr;
    }
    if (widget == nullptr) {
        widget = new KMessageWidget(this);
        widget->setObjectName(id);
        widget->setTextFormat(Qt::PlainText);
        widget->setWordWrap(true);
        letTextGrow(widget);
        widget->setPosition(KMessageWidget::Header);
        connect(widget, &KMessageWidget::hideAnimationFinished, this, [this, id] { dismiss(id); });
        m_layout->addWidget(widget);
    }
    widget->setMessageType(type);
    widget->setText(text);
    widget->show();
    show();
    fitHeight(widget, width());
}

void MessageBar::showState(const QString &id, KMessageWidget::MessageType type, const QString &text)
{
    const auto found = m_messages.find(id);
    const bool wasSaid = found != m_messages.end() && found->second->text() == text;
    if (!wasSaid) {
        showAnswer(id, type, text);
    }
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

void MessageBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    for (const auto &[id, widget] : m_messages) {
        fitHeight(widget, width());
    }
}

QString MessageBar::messageText(const QString &id) const
{
    const auto found = m_messages.find(id);
    return found != m_messages.end() && !found->second->isHidden() ? found->second->text() : QString();
}

} // namespace Quay
