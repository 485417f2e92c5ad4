// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/warningwidget.h"

#include "app/shared/listenertext.h"
#include "app/widgets/icons.h"

#include <QGridLayout>
#include <QLabel>
#include <QStringList>
#include <QStyle>
#include <QToolButton>

namespace Quay {

WarningWidget::WarningWidget(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_factsButton(new QToolButton(this))
    , m_facts(new QLabel(this))
{
    m_title->setObjectName(QStringLiteral("warningTitle"));
    m_factsButton->setObjectName(QStringLiteral("factsButton"));
    m_facts->setObjectName(QStringLiteral("facts"));

    QFont bold = m_title->font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    for (QLabel *label : {m_text, m_facts}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_facts->hide();
    m_factsButton->setText(tr("Fac&ts"));
    m_factsButton->setCheckable(true);
    m_factsButton->setAutoRaise(true);
    m_factsButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_factsButton->setArrowType(Qt::RightArrow);
    m_factsButton->setFocusPolicy(Qt::StrongFocus);
    m_factsButton->setToolTip(tr("What led to this warning, so that it can be checked by hand"));
    connect(m_factsButton, &QToolButton::toggled, this, [this](bool open) {
        m_factsButton->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        m_facts->setVisible(open);
    });

    auto *icon = new QLabel(this);
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    icon->setPixmap(warningIcon().pixmap(QSize(size, size), devicePixelRatio()));
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setColumnStretch(1, 1);
    layout->addWidget(icon, 0, 0, Qt::AlignVCenter);
    layout->addWidget(m_title, 0, 1);
    layout->addWidget(m_factsButton, 0, 2);
    layout->addWidget(m_text, 1, 1, 1, 2);
    layout->addWidget(m_facts, 2, 1, 1, 2);
}

void WarningWidget::setWarning(const Warning &warning)
{
    m_title->setText(warningTitle(warning.kind));
    m_text->setText(warningText(warning));
    QStringList lines;
    for (const auto &fact : warning.facts) {
        lines << factText(fact);
    }
    m_facts->setText(lines.join(QLatin1Char('\n')));
    m_factsButton->setVisible(!lines.isEmpty());
    m_factsButton->setAccessibleName(tr("Facts behind the warning “%1”").arg(m_title->text()));
}

} // namespace Quay
