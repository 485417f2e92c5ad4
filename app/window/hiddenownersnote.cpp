// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/hiddenownersnote.h"

#include "app/shared/listenertext.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <unistd.h>

namespace Quay {

HiddenOwnersNote::HiddenOwnersNote(QAction *authenticate, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
{
    m_text->setObjectName(QStringLiteral("hiddenOwnersNote"));
    m_text->setWordWrap(true);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    auto *const button = new QPushButton(authenticate->icon(), authenticate->text(), this);
    button->setObjectName(QStringLiteral("authenticateButton"));
    button->setToolTip(authenticate->toolTip());
    const auto follow = [button, authenticate] {
        button->setEnabled(authenticate->isEnabled());
        button->setVisible(authenticate->isVisible());
    };
    connect(authenticate, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, authenticate, &QAction::trigger);
    follow();

    const int gap = fontMetrics().averageCharWidth();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gap, gap / 2, gap, gap / 2);
    layout->addWidget(m_text, 1);
    layout->addWidget(button);
    hide();
}

void HiddenOwnersNote::setSnapshot(const PortSnapshot &snapshot)
{
    m_text->setText(hiddenOwnersText(snapshot.listeners, ::geteuid()));
    setVisible(!m_text->text().isEmpty());
}

} // namespace Quay
