// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/endingcard.h"

#include "app/widgets/endingchoices.h"
#include "app/widgets/flowlayout.h"
#include "app/widgets/icons.h"
#include "app/widgets/wrappedtext.h"

#include <QApplication>
#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace Quay {

namespace {

constexpr int Steps = 1000;
constexpr int ProgressWidthInCharacters = 20;

QString iconName(EndingCard::State state)
{
    switch (state) {
    case EndingCard::State::Question:
        return QStringLiteral("dialog-question");
    case EndingCard::State::UnderWay:
        return QStringLiteral("process-stop");
    case EndingCard::State::Done:
        return QStringLiteral("dialog-ok");
    case EndingCard::State::Failed:
        return QStringLiteral("dialog-warning");
    }
    return {};
}

QPushButton *makeButton(const QString &name, const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setAutoDefault(false);
    return button;
}

} // namespace

EndingCard::EndingCard(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new WrappedText(this))
    , m_choices(new EndingChoices(this))
    , m_progress(new QProgressBar(this))
    , m_agree(makeButton(QStringLiteral("agree"), QString(), this))
    , m_offer(makeButton(QStringLiteral("offer"), QString(), this))
    , m_force(makeButton(QStringLiteral("forceNow"), tr("&Force now"), this))
    , m_leave(makeButton(QStringLiteral("leaveIt"), tr("&Leave it"), this))
    , m_cancel(makeButton(QStringLiteral("cancel"), tr("&Cancel"), this))
    , m_again(makeButton(QStringLiteral("startAgain"), QString(), this))
    , m_log(makeButton(QStringLiteral("openLog"), tr("&Open its log"), this))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("endingCard"));
    setFrameShape(QFrame::StyledPanel);
    QFont bold = m_title->font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setObjectName(QStringLiteral("endingTitle"));
    m_text->setObjectName(QStringLiteral("endingText"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_progress->setRange(0, Steps);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Time until it is killed"));
    m_progress->setFixedWidth(fontMetrics().averageCharWidth() * ProgressWidthInCharacters);
    m_close->setObjectName(QStringLiteral("close"));
    m_close->setAutoRaise(true);
    m_close->setIcon(themedIcon(QStringLiteral("dialog-close")));
    m_close->setToolTip(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
    connect(m_agree, &QPushButton::clicked, this, &EndingCard::agreed);
    connect(m_offer, &QPushButton::clicked, this, &EndingCard::offerTaken);
    connect(m_again, &QPushButton::clicked, this, &EndingCard::startAgainRequested);
    connect(m_log, &QPushButton::clicked, this, &EndingCard::logRequested);
    connect(m_force, &QPushButton::clicked, this, &EndingCard::forceRequested);
    connect(m_leave, &QPushButton::clicked, this, &EndingCard::leaveRequested);
    connect(m_cancel, &QPushButton::clicked, this, &EndingCard::dismissed);
    connect(m_close, &QToolButton::clicked, this, &EndingCard::dismissed);

    auto *buttons = new FlowLayout;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_progress, m_offer, m_agree, m_force, m_leave, m_cancel,
                                                            m_again, m_log, m_close}) {
        buttons->addWidget(widget);
        widget->installEventFilter(this);
    }
    auto *head = new FlowLayout; // in a narrow window the buttons stand below the title
    head->addWidget(m_title);
    head->addLayout(buttons);
    auto *texts = new QVBoxLayout;
    texts->addLayout(head); // in sight, however long the text is
    texts->addWidget(m_text);
    texts->addWidget(m_choices);
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
}

bool EndingCard::takesClicks() const
{
    return m_still.isValid() && m_still.hasExpired(QApplication::doubleClickInterval());
}

bool EndingCard::eventFilter(QObject *watched, QEvent *event)
{
    const bool isClick = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
    return (isClick && !takesClicks()) || QFrame::eventFilter(watched, event);
}

void EndingCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_cancel->isHidden()) {
        m_cancel->click();
        return;
    }
    QFrame::keyPressEvent(event);
}

void EndingCard::moveEvent(QMoveEvent *event)
{
    m_still.start();
    QFrame::moveEvent(event);
}

void EndingCard::showEvent(QShowEvent *event)
{
    m_still.start();
    QFrame::showEvent(event);
}

void EndingCard::setContent(const Content &content)
{
    if (content == m_content && !m_title->text().isEmpty()) {
        return;
    }
    const bool isOther = content.state != m_content.state || m_icon->pixmap().isNull();
    m_content = content;
    if (isOther) {
        m_still.start();
        const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
        m_icon->setPixmap(themedIcon(iconName(content.state)).pixmap(QSize(size, size), devicePixelRatio()));
    }
    m_title->setText(content.title);
    m_text->setText(content.text);
    m_text->setAccessibleName(content.title);
    m_text->setVisible(!content.text.isEmpty());
    m_progress->setValue(static_cast<int>(content.share.value_or(0) * Steps));
    m_agree->setText(content.agreeButton);
    m_offer->setText(content.offerButton);
    m_again->setText(content.againButton);

    const bool isQuestion = content.state == State::Question;
    const bool isUnderWay = content.state == State::UnderWay;
    m_agree->setVisible(isQuestion && !content.agreeButton.isEmpty());
    m_offer->setVisible(!content.offerButton.isEmpty());
    m_cancel->setVisible(isQuestion);
    m_choices->setVisible(isQuestion && content.hasChoices);
    m_progress->setVisible(isUnderWay && content.share.has_value());
    m_force->setVisible(isUnderWay && content.canForce);
    m_leave->setVisible(isUnderWay);
    m_again->setVisible(!content.againButton.isEmpty());
    m_log->setVisible(content.hasLog);
    m_close->setVisible(!isQuestion && !isUnderWay);
}

} // namespace Quay
