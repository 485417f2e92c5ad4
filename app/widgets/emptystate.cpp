// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/emptystate.h"

#include "app/widgets/icons.h"

#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace Quay {

namespace {

constexpr int TextWidthInCharacters = 56;
constexpr double TitleScale = 1.4;

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
{
    m_title->setObjectName(QStringLiteral("emptyTitle"));
    m_text->setObjectName(QStringLiteral("emptyText"));
    m_button->setObjectName(QStringLiteral("emptyButton"));

    QFont titleFont = m_title->font();
    titleFont.setPointSizeF(titleFont.pointSizeF() * TitleScale);
    titleFont.setWeight(QFont::DemiBold);
    m_title->setFont(titleFont);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFixedWidth(fontMetrics().averageCharWidth() * TextWidthInCharacters);
    for (QLabel *label : {m_icon, m_title, m_text}) {
        label->setAlignment(Qt::AlignHCenter);
    }

    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addWidget(m_title, 0, Qt::AlignHCenter);
    layout->addWidget(m_text, 0, Qt::AlignHCenter);
    layout->addSpacing(style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing));
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::buttonPressed);
}

void EmptyState::setContent(const Content &content)
{
    if (content == m_content) {
        return;
    }
    m_content = content;
    const int size = style()->pixelMetric(QStyle::PM_LargeIconSize) * 3 / 2;
    m_icon->setPixmap(themedIcon(content.iconName).pixmap(QSize(size, size), devicePixelRatio()));
    m_title->setText(content.title);
    m_text->setText(content.text);
    // A layout asks an aligned label for its height before it knows the width.
    m_text->setMinimumHeight(m_text->heightForWidth(m_text->minimumWidth()));
    m_button->setText(content.button);
    m_button->setVisible(!content.button.isEmpty());
}

} // namespace Quay
