// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/portdetails.h"

#include "app/shared/format.h"
#include "app/shared/listenerfacts.h"
#include "app/shared/listenertext.h"
#include "app/shared/socketlist.h"
#include "app/widgets/ancestrytree.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/environmentview.h"
#include "app/widgets/icons.h"
#include "app/widgets/warningwidget.h"
#include "app/widgets/wrappedtext.h"
#include "app/window/portfacts.h"
#include "core/processes/wholename.h"

#include <QAction>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QResizeEvent>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStringList>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>
#include <cstddef>

namespace Quay {

namespace {

constexpr double TitleScale = 1.3;
/// Below this the two halves stand one above the other.
constexpr int TwoColumnsInCharacters = 110;

QLabel *makeHeading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

bool holds(const Listener &listener, ProcessId process)
{
    return std::ranges::any_of(listener.owners, [process](const Owner &owner) { return owner.process->id == process; });
}

QString ownerLine(const Owner &owner)
{
    return PortDetails::tr("%1 %2, descriptor %3, for %4")
        .arg(shownText(wholeName(*owner.process)), QString::number(owner.process->id.pid), QString::number(owner.fd),
             durationText(runningTime(owner.process->id.startTicks)));
}

} // namespace

PortDetails::PortDetails(const QList<QAction *> &actions, uid_t viewer, QWidget *parent,
                         std::shared_ptr<UserNames> users)
    : QWidget(parent)
    , m_viewer(viewer)
    , m_users(std::move(users))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("portDetails"));
    setAccessibleName(tr("Details"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    auto *nothing = new QLabel(tr("Select a port to see who holds it, and why."), this);
    nothing->setObjectName(QStringLiteral("nothingSelected"));
    nothing->setAlignment(Qt::AlignCenter);
    nothing->setWordWrap(true);
    nothing->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(nothing);

    auto *shown = new QWidget(this);
    auto *shownLayout = new QVBoxLayout(shown);
    shownLayout->setContentsMargins(0, 0, 0, 0);
    shownLayout->addWidget(setupHeader(actions));
    shownLayout->addWidget(setupContent(), 1);
    m_stack->addWidget(shown);
}

QWidget *PortDetails::setupHeader(const QList<QAction *> &actions)
{
    auto *header = new QWidget(this);
    m_title = new QLabel(header);
    m_title->setObjectName(QStringLiteral("detailsTitle"));
    m_subtitle = new QLabel(header);
    m_subtitle->setObjectName(QStringLiteral("detailsSubtitle"));
    m_subtitle->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel *label : {m_title, m_subtitle}) {
        label->setTextFormat(Qt::PlainText);
        label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    }
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * TitleScale);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);

    auto *bar = new QToolBar(header);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    markOverflow(bar);
    bar->addActions(actions);
    for (QAction *action : actions) {
        if (auto *button = qobject_cast<QToolButton *>(bar->widgetForAction(action))) {
            button->setFocusPolicy(Qt::TabFocus);
            button->setPopupMode(QToolButton::InstantPopup);
        }
    }
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(layout->contentsMargins().left(), 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle);
    layout->addStretch(1);
    layout->addWidget(bar);
    return header;
}

QWidget *PortDetails::setupContent()
{
    m_scroll = new QScrollArea(this);
    m_scroll->setObjectName(QStringLiteral("detailsScroll"));
    m_scroll->setAccessibleName(tr("Details"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::StrongFocus);
    setFocusProxy(m_scroll);
    auto *content = new QWidget(m_scroll);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(layout->contentsMargins().left(), 0, layout->contentsMargins().right(),
                               layout->contentsMargins().bottom());

    m_note = makeHeading({}, content);
    m_note->setObjectName(QStringLiteral("detailsNote"));
    m_note->setWordWrap(true);
    layout->addWidget(m_note);
    m_warningLayout = new QVBoxLayout;
    layout->addLayout(m_warningLayout);
    m_columns = new QBoxLayout(QBoxLayout::LeftToRight);
    m_columns->setSpacing(layout->contentsMargins().left() * 2);
    m_facts = new PortFacts(m_users, content);
    m_columns->addWidget(m_facts, 3, Qt::AlignTop);
    m_columns->addWidget(setupWhy(), 2, Qt::AlignTop);
    layout->addLayout(m_columns);
    layout->addStretch(1);
    m_scroll->setWidget(content);
    return m_scroll;
}

QWidget *PortDetails::setupWhy()
{
    auto *side = new QWidget(this);
    m_whyTitle = makeHeading(tr("Why it runs"), side);
    m_why = new AncestryTree(side);
    m_why->setObjectName(QStringLiteral("why"));
    connect(m_why, &AncestryTree::menuRequested, this, &PortDetails::processMenuRequested);
    connect(m_why, &AncestryTree::currentItemChanged, this, [this](const QTreeWidgetItem *current) {
        if (current != nullptr) {
            const QPoint place = m_why->mapTo(m_scroll->widget(), m_why->visualItemRect(current).center());
            m_scroll->ensureVisible(place.x(), place.y());
        }
    });
    m_whyNote = new QLabel(tr("The process that started it has ended."), side);
    m_whyNote->setObjectName(QStringLiteral("whyNote"));
    m_whyNote->setWordWrap(true);
    m_ownersTitle = makeHeading(tr("All processes that hold it"), side);
    m_owners = new WrappedText(side);
    m_owners->setObjectName(QStringLiteral("owners"));
    m_owners->setAccessibleName(m_ownersTitle->text());
    m_ownersNote = new QLabel(side);
    m_ownersNote->setObjectName(QStringLiteral("ownersNote"));
    m_ownersNote->setTextFormat(Qt::PlainText);
    m_ownersNote->setWordWrap(true);
    m_socketsTitle = makeHeading(tr("All ports of the process"), side);
    m_sockets = new WrappedText(side);
    m_sockets->setObjectName(QStringLiteral("sockets"));
    m_sockets->setAccessibleName(m_socketsTitle->text());
    m_environment = new EnvironmentView(side);
    connect(m_environment, &EnvironmentView::wanted, this, &PortDetails::environmentWanted);

    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_whyTitle, m_why, m_whyNote, m_ownersTitle, m_owners,
                                                            m_ownersNote, m_socketsTitle, m_sockets, m_environment}) {
        layout->addWidget(widget);
    }
    return side;
}

void PortDetails::setListener(const ListenerPtr &listener, const PortSnapshotPtr &snapshot, DetailsNote note)
{
    const bool isOther = !listener || !m_listener || listener->key() != m_listener->key();
    m_listener = listener;
    m_stack->setCurrentIndex(listener ? 1 : 0);
    if (!listener) {
        return;
    }
    setNote(note);
    showTitle(*listener);
    showWarnings(listener->warnings);
    m_facts->setListener(*listener);
    showOwners(*listener);
    showSockets(*listener, *snapshot);
    offerEnvironment(*listener);
    if (isOther) {
        m_scroll->ensureVisible(0, 0);
    }
}

void PortDetails::setNote(DetailsNote note)
{
    if (note != DetailsNote::None) {
        m_note->setText(note == DetailsNote::Gone ? tr("No longer open. This is the last that was known.")
                                                  : tr("Not in the list: the search or a filter hides it."));
    }
    m_note->setVisible(note != DetailsNote::None && m_listener != nullptr);
}

void PortDetails::setEnvironment(ProcessId process, const Result<std::vector<EnvironmentVariable>> &environment)
{
    m_environment->setEnvironment(process, environment);
}

void PortDetails::showTitle(const Listener &listener)
{
    m_title->setText(QString::number(listener.socket.localPort));
    QStringList parts{protocolText(listener.socket.protocol)};
    if (!listener.owners.empty()) {
        parts << ownersText(listener);
    }
    if (const ServerKind *const kind = kindOf(listener)) {
        parts << shownText(kind->name);
    }
    m_subtitle->setText(parts.join(QStringLiteral("  ·  ")));
}

void PortDetails::showWarnings(const std::vector<Warning> &warnings)
{
    while (m_warnings.size() < warnings.size()) {
        auto *widget = new WarningWidget(m_scroll->widget());
        m_warningLayout->addWidget(widget);
        m_warnings.push_back(widget);
    }
    for (std::size_t i = 0; i < m_warnings.size(); ++i) {
        m_warnings[i]->setVisible(i < warnings.size());
        if (i < warnings.size()) {
            m_warnings[i]->setWarning(warnings[i]);
        }
    }
}

void PortDetails::showOwners(const Listener &listener)
{
    const bool hasOwner = !listener.owners.empty();
    m_whyTitle->setVisible(hasOwner);
    m_why->setVisible(hasOwner);
    m_why->setAncestry(hasOwner ? listener.owners.front().profile->ancestry : Ancestry());
    m_whyNote->setVisible(hasOwner && listener.owners.front().profile->ancestry.isReparented);
    QStringList lines;
    for (const auto &owner : listener.owners) {
        lines << ownerLine(owner);
    }
    const bool isListed = listener.owners.size() > 1;
    m_ownersTitle->setVisible(isListed);
    m_owners->setVisible(isListed);
    m_owners->setText(lines.join(QLatin1Char('\n')));
    const auto note = hasOwner ? ownerKnowledgeText(listener, *m_users) : QString();
    m_ownersNote->setText(note);
    m_ownersNote->setVisible(!note.isEmpty());
}

void PortDetails::showSockets(const Listener &listener, const PortSnapshot &snapshot)
{
    std::vector<ListenerPtr> held;
    if (!listener.owners.empty()) {
        const auto process = listener.owners.front().process->id;
        std::ranges::copy_if(snapshot.listeners, std::back_inserter(held),
                             [process](const ListenerPtr &other) { return holds(*other, process); });
    }
    m_socketsTitle->setVisible(held.size() > 1);
    m_sockets->setVisible(held.size() > 1);
    m_sockets->setText(socketTexts(held).join(QLatin1Char('\n')));
}

void PortDetails::offerEnvironment(const Listener &listener)
{
    m_environment->setVisible(!listener.owners.empty());
    if (listener.owners.empty()) {
        return;
    }
    const auto &process = *listener.owners.front().process;
    const bool isReadable = m_viewer == 0 || process.uid == m_viewer;
    m_environment->setProcess(isReadable ? std::optional(process.id) : std::nullopt,
                              isReadable ? QString() : tr("Only its own user can read the environment."));
}

void PortDetails::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isWide = event->size().width() > fontMetrics().averageCharWidth() * TwoColumnsInCharacters;
    m_columns->setDirection(isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void PortDetails::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT backRequested();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace Quay
