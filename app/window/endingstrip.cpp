// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/endingstrip.h"

#include "app/shared/endingtext.h"
#include "app/shared/format.h"
#include "app/widgets/endingchoices.h"
#include "app/window/endings.h"

#include <QApplication>
#include <QEvent>
#include <QPointer>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using namespace std::chrono_literals;

/// The bar moves without jumping, at the price of four small paintings a second.
constexpr auto CountdownInterval = 250ms;
constexpr auto ShownAfterSuccess = 20s;
constexpr int ShareOfPlace = 2;

bool isSuccess(const WindowEnding &ending)
{
    return ending.phase == EndingPhase::Finished && !ending.recordFailure && isSuccess(*ending.report)
        && !ending.again.hasFailed;
}

/// Whether it has been shown for long enough once a while has passed.
bool isDone(const WindowEnding &ending)
{
    return isSuccess(ending) && ending.again.phase != AgainCourse::Phase::Starting;
}

/// Whether somebody is waited for who could be killed instead.
bool canForce(const WindowEnding &ending)
{
    return ending.phase == EndingPhase::UnderWay && ending.report
        && (ending.report->stage == EndingStage::Draining || ending.report->forcesAt);
}

EndingCard::State stateOf(const WindowEnding &ending)
{
    switch (ending.phase) {
    case EndingPhase::Question:
        return EndingCard::State::Question;
    case EndingPhase::DrainingServices:
    case EndingPhase::StoppingServices:
    case EndingPhase::UnderWay:
        return EndingCard::State::UnderWay;
    case EndingPhase::NotBegun:
    case EndingPhase::Finished:
        break;
    }
    return isSuccess(ending) ? EndingCard::State::Done : EndingCard::State::Failed;
}

/// Whom it is about, or which port when nobody who holds it can be signalled.
QString subjectText(const WindowEnding &ending)
{
    if (!ending.plan.targets.empty()) {
        return processText(*ending.plan.targets.front().process);
    }
    return ending.listener != nullptr ? EndingStrip::tr("what holds port %1").arg(ending.listener->socket.localPort)
                                      : processText(*ending.process);
}

QString againButton(const WindowEnding &ending)
{
    const bool isBack = ending.report && std::ranges::any_of(ending.report->ports, &PortOutcome::cameBack);
    if (!ending.canStartAgain() || isBack) { // somebody has started it again already
        return {};
    }
    return ending.again.taken.empty() ? EndingStrip::tr("Start &again") : EndingStrip::tr("Start it &all the same");
}

/// Whoever was forked meanwhile is counted once it has been met.
int countOf(const WindowEnding &ending)
{
    return static_cast<int>(ending.report ? ending.report->targets.size() : ending.plan.targets.size());
}

/// @p started: never empty.
QString startedTitle(const QStringList &started)
{
    const int others = static_cast<int>(started.size()) - 1;
    return others > 0 ? EndingStrip::tr("%1 and %n more were started again", nullptr, others).arg(started.constFirst())
                      : EndingStrip::tr("%1 was started again").arg(started.constFirst());
}

QString doneTitle(const WindowEnding &ending)
{
    const int count = countOf(ending);
    const QString who = subjectText(ending);
    if (ending.again.phase == AgainCourse::Phase::Starting) {
        return EndingStrip::tr("Starting it again");
    }
    if (ending.again.phase == AgainCourse::Phase::Done) {
        return startedTitle(ending.again.started);
    }
    if (count == 0 && ending.listener != nullptr) {
        return EndingStrip::tr("Port %1 is free").arg(ending.listener->socket.localPort);
    }
    return count > 1 ? EndingStrip::tr("%1 and %n more have ended", nullptr, count - 1).arg(who)
                     : EndingStrip::tr("%1 has ended").arg(who);
}

/// Of a question about somebody whom no signal helps.
QString questionWithoutTargets(const WindowEnding &ending)
{
    if (!ending.plan.zombies.empty()) {
        return EndingStrip::tr("%1 has ended already").arg(processText(*ending.plan.zombies.front().process));
    }
    return ending.listener != nullptr
        ? EndingStrip::tr("Stop what holds port %1?").arg(ending.listener->socket.localPort)
        : EndingStrip::tr("Stop what runs %1?").arg(processText(*ending.process));
}

} // namespace

EndingStrip::EndingStrip(Endings *endings, QWidget *parent)
    : QScrollArea(parent)
    , m_endings(endings)
    , m_tidy(this)
{
    setObjectName(QStringLiteral("endingStrip"));
    setAccessibleName(tr("What is being stopped"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *content = new QWidget(this);
    m_layout = new QVBoxLayout(content);
    m_layout->setSpacing(m_layout->contentsMargins().top() / 2);
    content->installEventFilter(this);
    setWidget(content);
    hide();

    m_countdown.setInterval(CountdownInterval);
    m_tidy.setObjectName(QStringLiteral("tidy"));
    m_tidy.setSingleShot(true);
    m_tidy.setInterval(ShownAfterSuccess);
    connect(&m_countdown, &QTimer::timeout, m_endings, &Endings::changed);
    connect(&m_tidy, &QTimer::timeout, this, &EndingStrip::tidyUp);
    connect(m_endings, &Endings::changed, this, &EndingStrip::showEndings);
}

QSize EndingStrip::sizeHint() const
{
    const int most = parentWidget() != nullptr ? parentWidget()->height() / ShareOfPlace : 0;
    const int wanted =
        widget()->hasHeightForWidth() ? widget()->heightForWidth(viewport()->width()) : widget()->sizeHint().height();
    const bool isTooWide = widget()->minimumSizeHint().width() > viewport()->width(); // a button names a unit
    const int bar = isTooWide ? horizontalScrollBar()->sizeHint().height() : 0;
    return {QScrollArea::sizeHint().width(), std::min(wanted + bar, most)};
}

bool EndingStrip::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize) {
        fitHeight();
    }
    return QScrollArea::eventFilter(watched, event);
}

void EndingStrip::fitHeight()
{
    setFixedHeight(sizeHint().height());
}

void EndingStrip::showEndings()
{
    const QPointer<QWidget> focused = QApplication::focusWidget();
    const bool isFocusHere = focused != nullptr && isAncestorOf(focused);
    updateCards();
    if (isFocusHere && (focused.isNull() || !focused->isVisible())) {
        Q_EMIT focusLeft(); // else the next button has it, which nobody chose
    }
}

void EndingStrip::updateCards()
{
    const auto &all = m_endings->all();
    std::erase_if(m_cards, [&all](const auto &entry) {
        const bool isGone = !std::ranges::contains(all, entry.first, &WindowEnding::id);
        if (isGone) {
            entry.second->deleteLater();
            entry.second->hide();
        }
        return isGone;
    });
    bool isAnyUnderWay = false;
    std::ptrdiff_t done = 0;
    for (const auto &ending : all) {
        auto &card = m_cards[ending.id];
        if (card == nullptr) {
            card = makeCard(ending.id);
        }
        card->setContent(contentOf(ending));
        isAnyUnderWay = isAnyUnderWay || m_endings->graceShare(ending).has_value();
        done += isDone(ending) ? 1 : 0;
    }
    setVisible(!all.empty());
    fitHeight();
    if (isAnyUnderWay != m_countdown.isActive()) {
        isAnyUnderWay ? m_countdown.start() : m_countdown.stop();
    }
    if (std::exchange(m_done, done) < done) {
        m_tidy.start(); // again: the last one is to be read as well
    }
}

EndingCard *EndingStrip::makeCard(std::uint64_t id)
{
    auto *card = new EndingCard(widget());
    const auto chosen = [card] { return EndingOptions{.grace = card->choices().grace()}; };
    connect(card, &EndingCard::agreed, m_endings, [this, id, chosen] { m_endings->agree(id, chosen()); });
    connect(&card->choices(), &EndingChoices::signalChanged, m_endings,
            [this, id, card] { m_endings->setSignal(id, card->choices().signal()); });
    connect(&card->choices(), &EndingChoices::drainChanged, m_endings,
            [this, id, card] { m_endings->setDrain(id, card->choices().drain()); });
    connect(card, &EndingCard::offerTaken, m_endings, [this, id, chosen] { m_endings->takeOffer(id, chosen()); });
    connect(card, &EndingCard::startAgainRequested, m_endings, [this, id] { m_endings->startAgain(id); });
    connect(card, &EndingCard::logRequested, m_endings, [this, id] { m_endings->openLog(id); });
    connect(card, &EndingCard::forceRequested, m_endings, [this, id] { m_endings->forceNow(id); });
    connect(card, &EndingCard::leaveRequested, m_endings, [this, id] { m_endings->leave(id); });
    connect(card, &EndingCard::dismissed, m_endings, [this, id] { m_endings->dismiss(id); });
    m_layout->insertWidget(0, card); // in sight, however many there are
    return card;
}

EndingCard::Content EndingStrip::contentOf(const WindowEnding &ending) const
{
    const int count = countOf(ending);
    const QString who = subjectText(ending);
    EndingCard::Content content{.state = stateOf(ending),
                                .title = {},
                                .text = m_endings->text(ending),
                                .agreeButton = {},
                                .offerButton = Endings::offerText(ending),
                                .hasChoices = ending.hasChoices(),
                                .againButton = againButton(ending),
                                .hasLog = !ending.again.log.isEmpty(),
                                .canForce = canForce(ending),
                                .share = m_endings->graceShare(ending)};
    switch (content.state) {
    case EndingCard::State::Question:
        if (ending.plan.targets.empty()) {
            content.title = questionWithoutTargets(ending);
            break;
        }
        content.title = ending.plan.isForced ? tr("Kill %n process(es)?", nullptr, count)
                                             : tr("Stop %n process(es)?", nullptr, count);
        content.agreeButton = ending.plan.isForced ? tr("&Kill %n", nullptr, count) : tr("&Stop %n", nullptr, count);
        break;
    case EndingCard::State::UnderWay:
        content.title =
            count > 1 ? tr("Stopping %1 and %n more", nullptr, count - 1).arg(who) : tr("Stopping %1").arg(who);
        break;
    case EndingCard::State::Done:
        content.title = doneTitle(ending);
        break;
    case EndingCard::State::Failed:
        content.title = tr("Not all went as it should");
        break;
    }
    return content;
}

void EndingStrip::tidyUp()
{
    if (underMouse()) {
        m_tidy.start();
        return;
    }
    std::vector<std::uint64_t> done;
    for (const auto &ending : m_endings->all()) {
        if (isDone(ending)) {
            done.push_back(ending.id);
        }
    }
    for (const auto id : done) {
        m_endings->dismiss(id);
    }
}

} // namespace Quay
