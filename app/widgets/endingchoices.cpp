// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/endingchoices.h"

#include "app/shared/endingtext.h"
#include "app/widgets/flowlayout.h"
#include "core/control/ending.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QSpinBox>

#include <array>
#include <csignal>
#include <initializer_list>
#include <utility>

namespace Quay {

namespace {

constexpr std::array Signals{SIGTERM, SIGINT, SIGQUIT, SIGHUP};
constexpr int MostSeconds = 3600;
constexpr int UsualDrainSeconds = 30;

QSpinBox *makeSeconds(const QString &name, int least, int value, QWidget *parent)
{
    auto *box = new QSpinBox(parent);
    box->setObjectName(name);
    box->setRange(least, MostSeconds);
    box->setValue(value);
    box->setSuffix(EndingChoices::tr(" s", "seconds"));
    return box;
}

} // namespace

EndingChoices::EndingChoices(QWidget *parent)
    : QWidget(parent)
    , m_signal(new QComboBox(this))
    , m_grace(makeSeconds(QStringLiteral("graceSeconds"), 0,
                          static_cast<int>(std::chrono::floor<std::chrono::seconds>(EndingOptions().grace).count()),
                          this))
    , m_drains(new QCheckBox(tr("First let its connections end, for at most"), this))
    , m_drain(makeSeconds(QStringLiteral("drainSeconds"), 1, UsualDrainSeconds, this))
{
    setObjectName(QStringLiteral("endingChoices"));
    m_signal->setObjectName(QStringLiteral("signalChoice"));
    m_signal->addItem(tr("the signal that its kind wants"));
    for (const int number : Signals) {
        m_signal->addItem(signalText(number), number);
    }
    m_drains->setObjectName(QStringLiteral("drains"));
    m_drain->setAccessibleName(m_drains->text());
    m_drain->setEnabled(false);
    connect(m_signal, &QComboBox::currentIndexChanged, this, &EndingChoices::signalChanged);
    connect(m_drains, &QCheckBox::toggled, m_drain, &QWidget::setEnabled);
    connect(m_drains, &QCheckBox::toggled, this, &EndingChoices::drainChanged);
    connect(m_drain, &QSpinBox::valueChanged, this, &EndingChoices::drainChanged);
    for (QWidget *turned : std::initializer_list<QWidget *>{m_signal, m_grace, m_drain}) {
        turned->setFocusPolicy(Qt::StrongFocus); // else the wheel brings the keyboard along
        turned->installEventFilter(this);
    }
    auto *askWith = new QLabel(tr("Ask with"), this);
    askWith->setBuddy(m_signal);
    auto *killAfter = new QLabel(tr("kill after"), this);
    killAfter->setBuddy(m_grace);

    auto *layout = new FlowLayout(this);
    for (const auto &[what, choice] :
         {std::pair<QWidget *, QWidget *>(askWith, m_signal), {killAfter, m_grace}, {m_drains, m_drain}}) {
        auto *together = new FlowLayout;
        together->addWidget(what);
        together->addWidget(choice);
        layout->addLayout(together);
    }
}

bool EndingChoices::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel && !static_cast<QWidget *>(watched)->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

std::optional<int> EndingChoices::signal() const
{
    const auto number = m_signal->currentData();
    return number.isValid() ? std::optional(number.toInt()) : std::nullopt;
}

std::chrono::seconds EndingChoices::grace() const
{
    return std::chrono::seconds(m_grace->value());
}

std::optional<std::chrono::seconds> EndingChoices::drain() const
{
    return m_drains->isChecked() ? std::optional(std::chrono::seconds(m_drain->value())) : std::nullopt;
}

} // namespace Quay
