// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/activitypage.h"

#include "app/models/activitymodel.h"
#include "app/models/backgroundusernames.h"
#include "app/shared/againtext.h"
#include "app/shared/listenertext.h"
#include "app/shared/managertext.h"
#include "app/widgets/activitydelegate.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/icons.h"
#include "app/widgets/tabularfigures.h"
#include "app/window/activityreader.h"
#include "core/service/managerservice.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QStringList>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto TypingPause = 150ms;
constexpr int SearchWidthInCharacters = 30;
constexpr int ListHeight = 460;
constexpr int DetailsHeight = 200;

} // namespace

ActivityPage::ActivityPage(QWidget *parent)
    : QWidget(parent)
    , m_users(std::make_shared<BackgroundUserNames>())
    , m_reader(new ActivityReader(this))
    , m_model(new ActivityModel(::geteuid(), this, m_users))
    , m_search(new QLineEdit(this))
    , m_onlyAttention(new QToolButton(this))
    , m_again(new QToolButton(this))
    , m_view(new QTreeView(this))
    , m_details(new QPlainTextEdit(this))
    , m_note(new QLabel(this))
    , m_empty(new EmptyState(this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("activityPage"));
    m_search->setObjectName(QStringLiteral("activitySearch"));
    m_search->setPlaceholderText(tr("Search: :3000, node, pid:4711 ..."));
    m_search->setAccessibleName(tr("Search in what was ended"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(themedIcon(QStringLiteral("edit-find")), QLineEdit::LeadingPosition);
    m_search->setMinimumWidth(fontMetrics().averageCharWidth() * SearchWidthInCharacters);
    m_onlyAttention->setObjectName(QStringLiteral("onlyAttention"));
    m_onlyAttention->setText(tr("&What went wrong"));
    m_onlyAttention->setToolTip(tr("Show only what did not end, or whose port is not free"));
    m_onlyAttention->setCheckable(true);
    m_onlyAttention->setAutoRaise(true);
    m_again->setObjectName(QStringLiteral("activityAgain"));
    m_again->setToolTip(tr("Starts the selected one as it was: with its command, directory and environment"));
    m_again->setAutoRaise(true);
    m_again->setEnabled(false);
    m_details->setObjectName(QStringLiteral("activityDetails"));
    m_details->setAccessibleName(tr("Details"));
    m_details->setReadOnly(true);
    m_details->setFrameShape(QFrame::NoFrame);
    m_note->setObjectName(QStringLiteral("activityNote"));
    m_note->setTextFormat(Qt::PlainText); // other people's processes are named in it
    m_note->setWordWrap(true);
    m_note->setMargin(style()->pixelMetric(QStyle::PM_LayoutTopMargin));
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->hide();
    setupList();
    setupLayout();
    m_typing.setSingleShot(true);
    m_typing.setInterval(TypingPause);
    connect(m_search, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, &ActivityPage::applyFilter);
    connect(m_onlyAttention, &QToolButton::toggled, this, &ActivityPage::applyFilter);
    connect(m_again, &QToolButton::clicked, this, &ActivityPage::startAgain);
    connect(m_empty, &EmptyState::buttonPressed, this, [this] {
        m_search->clear();
        m_onlyAttention->setChecked(false);
        applyFilter();
    });
    connect(m_users.get(), &BackgroundUserNames::learned, m_model, &ActivityModel::updateUserNames);
    connect(m_reader, &ActivityReader::found, this,
            [this](const Result<AuditHistory> &history, const std::vector<std::string> &kept) {
                setHistory(history);
                setKept(kept);
            });
    showWhatFits();
}

ActivityPage::~ActivityPage() = default;

void ActivityPage::setupList()
{
    m_view->setObjectName(QStringLiteral("activityView"));
    m_view->setAccessibleName(tr("What was ended"));
    useTabularFigures(m_view);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new ActivityDelegate(m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAlternatingRowColors(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->header()->setSectionResizeMode(ActivityColumn::What, QHeaderView::Stretch);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &ActivityPage::showSelection);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &ActivityPage::showSelection);
}

void ActivityPage::setupLayout()
{
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(
        style()->pixelMetric(QStyle::PM_LayoutLeftMargin), style()->pixelMetric(QStyle::PM_LayoutTopMargin),
        style()->pixelMetric(QStyle::PM_LayoutRightMargin), style()->pixelMetric(QStyle::PM_LayoutBottomMargin));
    bar->addWidget(m_search, 1);
    bar->addWidget(m_onlyAttention);
    bar->addWidget(m_again);
    bar->addStretch(1);
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_view);
    splitter->addWidget(m_details);
    splitter->setSizes({ListHeight, DetailsHeight});
    splitter->setStretchFactor(0, 1);
    m_stack->addWidget(splitter);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_note); // below: it comes and goes, and nothing is to move then
}

void ActivityPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ActivityPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_reader->start();
}

void ActivityPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_reader->stop();
}

void ActivityPage::setKept(std::vector<std::string> attempts)
{
    m_kept = std::move(attempts);
    showSelection();
}

void ActivityPage::setManagers(std::unique_ptr<ServiceManagers> managers)
{
    m_managers = std::make_unique<ManagerService>(AuditAsker::Window, std::move(managers));
    connect(m_managers.get(), &ManagerService::startedAgain, this,
            [this](ManagerTicket /*ticket*/, const StartingAgain &started) { noteAnswer(startedAgainText(started)); });
    connect(m_managers.get(), &ManagerService::notStarted, this,
            [this](ManagerTicket /*ticket*/, const Error &error) { noteAnswer(managerErrorText(error)); });
    connect(m_managers.get(), &ManagerService::portsTaken, this,
            [this](ManagerTicket /*ticket*/, const std::vector<TakenPort> &taken) {
                QStringList lines;
                for (const auto &port : taken) {
                    lines << takenPortText(port);
                }
                m_taken = m_asked;
                noteAnswer(lines.join(u'\n'));
            });
}

void ActivityPage::startAgain()
{
    if (!m_managers) {
        setManagers(nullptr);
    }
    m_asked = selectedAttempt();
    m_startedText = tr("It is being started again ...");
    showNote();
    const bool hadFocus = m_again->hasFocus();
    showSelection(); // without the button: what it asked for once more would find that it is started already
    m_standIn = hadFocus ? window()->focusWidget() : nullptr;
    m_managers->startAgain(m_asked, m_asked == m_taken);
}

void ActivityPage::noteAnswer(const QString &text)
{
    m_asked.clear();
    m_startedText = text;
    showNote();
    showSelection();
    if (m_standIn != nullptr && window()->focusWidget() == m_standIn) { // nobody has moved on meanwhile
        m_again->setFocus();
    }
    m_standIn = nullptr;
}

std::string ActivityPage::selectedAttempt() const
{
    return m_view->currentIndex().data(ActivityRole::Id).toString().toStdString();
}

void ActivityPage::showNote()
{
    QStringList lines;
    if (!m_startedText.isEmpty()) {
        lines << m_startedText;
    }
    if (m_skippedLines > 0) {
        lines << tr("Lines of the record that could not be read: %1").arg(m_skippedLines);
    }
    m_note->setText(lines.join(u'\n'));
    m_note->setVisible(!lines.isEmpty());
}

void ActivityPage::setHistory(const Result<AuditHistory> &history)
{
    const auto selected = m_view->currentIndex().data(ActivityRole::Id).toString();
    m_failure = history ? std::nullopt : std::optional(history.error());
    if (history) {
        m_model->setHistory(*history);
        m_skippedLines = history->skippedLines;
        showNote();
    }
    showWhatFits();
    selectAgain(selected);
}

void ActivityPage::applyFilter()
{
    const auto selected = m_view->currentIndex().data(ActivityRole::Id).toString();
    std::vector<std::string> words;
    for (const QString &word : m_search->text().split(u' ', Qt::SkipEmptyParts)) {
        words.push_back(word.toStdString());
    }
    m_model->setFilter(std::move(words), m_onlyAttention->isChecked());
    showWhatFits();
    selectAgain(selected);
}

void ActivityPage::selectAgain(const QString &attempt)
{
    if (!m_view->currentIndex().isValid()) {
        const auto again = m_model->indexOf(attempt);
        m_view->setCurrentIndex(again.isValid() ? again : m_model->index(0, 0));
    }
}

void ActivityPage::showSelection()
{
    const auto attempt = selectedAttempt();
    const bool isKept = std::ranges::contains(m_kept, attempt);
    m_again->setEnabled(isKept && m_asked.empty());
    m_again->setText(isKept && attempt == m_taken ? tr("Start it &all the same") : tr("Start &again"));
    const QString text = m_view->currentIndex().data(ActivityRole::Details).toString();
    if (text != m_details->toPlainText()) { // else it stays scrolled to where it is being read
        m_details->setPlainText(text);
    }
}

void ActivityPage::showWhatFits()
{
    if (m_failure) {
        m_empty->setContent({.iconName = QStringLiteral("dialog-warning"),
                             .title = tr("The record cannot be read"),
                             .text = errorText(*m_failure),
                             .button = {}});
    } else if (m_model->totalCount() == 0) {
        m_empty->setContent({.iconName = QStringLiteral("view-history"),
                             .title = tr("Nothing is on record yet"),
                             .text = tr("Here stands what Quaymaster has ended or started again, in this window, by "
                                        "quay or by its agent: when, by whom, with which signals, and whether its port "
                                        "is free."),
                             .button = {}});
    } else if (m_model->rowCount() == 0) {
        m_empty->setContent(
            {.iconName = QStringLiteral("edit-find"),
             .title = tr("Nothing in the record fits"),
             .text = tr("The search and the filter leave nothing of %n ending(s).", nullptr, m_model->totalCount()),
             .button = tr("&Clear the filter")});
    } else {
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentWidget(m_empty);
}

} // namespace Quay
