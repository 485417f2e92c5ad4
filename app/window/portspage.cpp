// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/portspage.h"

#include "app/models/backgroundusernames.h"
#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "app/shared/listenertext.h"
#include "app/widgets/detailssplitter.h"
#include "app/widgets/holdguard.h"
#include "app/widgets/icons.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/rowbuttons.h"
#include "app/window/columnlayout.h"
#include "app/window/desktop.h"
#include "app/window/endingactions.h"
#include "app/window/endings.h"
#include "app/window/endingstrip.h"
#include "app/window/hiddenownersnote.h"
#include "app/window/noports.h"
#include "app/window/ownerinspection.h"
#include "app/window/portactions.h"
#include "app/window/portdetails.h"
#include "app/window/portfilterbar.h"
#include "app/window/portview.h"
#include "app/window/processmenu.h"
#include "app/window/selectedport.h"

#include <QAction>
#include <QMenu>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <optional>
#include <utility>

#include <unistd.h>

namespace Quay {

namespace {

QAction *makeCopyMenu(const QList<QAction *> &copyActions, QWidget *parent)
{
    auto *menu = new QMenu(PortsPage::tr("&Copy"), parent);
    menu->addActions(copyActions);
    menu->menuAction()->setIcon(themedIcon(QStringLiteral("edit-copy")));
    return menu->menuAction();
}

/// Why the kernel does not answer by netlink. Gone is what it says where it has no such module.
QString netlinkReason(const Error &reason, const QString &module)
{
    return reason.code == ErrorCode::Gone ? PortsPage::tr("its module %1 is not there").arg(module)
                                          : reasonText(reason);
}

QString netlinkNote(const Error &reason)
{
    const QString text =
        PortsPage::tr("The kernel cannot be asked for ports the fast way (netlink: %1), so they are read from "
                      "/proc/net. That is slower, and some columns stay empty.")
            .arg(netlinkReason(reason, QStringLiteral("tcp_diag")));
    return reason.code == ErrorCode::Gone
        ? text
        : QString(text + u' '
                  + PortsPage::tr("Mostly a sandbox forbids it: start Quaymaster outside of it, or allow netlink "
                                  "sockets (AF_NETLINK) in it."));
}

QString udpNote(const Error &reason)
{
    return PortsPage::tr("The kernel cannot be asked for UDP ports the fast way (netlink: %1), so these are read from "
                         "/proc/net, and some columns stay empty.")
        .arg(netlinkReason(reason, QStringLiteral("udp_diag")));
}

} // namespace

PortsPage::PortsPage(Desktop *desktop, PrivilegedClient *client, QWidget *parent)
    : QWidget(parent)
    , m_users(std::make_shared<BackgroundUserNames>())
    , m_model(new PortModel(this, systemClock(), m_users))
    , m_view(new PortView(this))
    , m_filterBar(new PortFilterBar(this))
    , m_actions(new PortActions(desktop, this))
    , m_endings(new Endings(m_users, client, this))
    , m_endingActions(new EndingActions(m_endings, this))
    , m_endingStrip(new EndingStrip(m_endings, this))
    , m_inspection(new OwnerInspection(client, this))
    , m_messages(new MessageBar(this))
    , m_empty(new NoPorts(this))
    , m_note(new HiddenOwnersNote(m_inspection->action(), this))
    , m_stack(new QStackedWidget(this))
{
    setupView();
    setupEndings(desktop);
    setupInspection();
    setupDetails();
    setupEmptyState();
    setupLayout();
    connect(m_filterBar, &PortFilterBar::filterChanged, this, &PortsPage::applyFilter);
    connect(m_users.get(), &BackgroundUserNames::learned, this, [this] {
        m_model->updateUserNames();
        m_selected->refresh();
    });
    connect(m_filterBar, &PortFilterBar::groupingChanged, this, [this](PortGrouping grouping) {
        m_model->setGrouping(grouping);
        m_view->setGrouped(grouping != PortGrouping::None);
        m_selected->restore();
        Q_EMIT stateEdited();
    });
    connect(m_filterBar, &PortFilterBar::listRequested, this, &PortsPage::goToList);
    connect(m_actions, &PortActions::failed, this, [this](const QString &message) {
        m_messages->showAnswer(QStringLiteral("actionFailed"), KMessageWidget::Warning, message);
    });
    applyFilter();
    showWhatFits();
}

PortsPage::~PortsPage() = default;

void PortsPage::setupView()
{
    m_view->setModel(m_model);
    connect(m_view->holdGuard(), &HoldGuard::heldChanged, m_model, &PortModel::hold);
    connect(m_view, &PortView::detailsRequested, this, &PortsPage::openDetails);
    connect(m_view, &PortView::textTyped, m_filterBar, &PortFilterBar::typeIntoSearch);
    connect(m_view, &PortView::escapePressed, this, [this] {
        if (!m_endings->withdrawLastQuestion()) {
            m_filterBar->clearSearch();
        }
    });
    connect(m_view, &PortView::rowMenuRequested, this, &PortsPage::showRowMenu);
    connect(m_view, &PortView::layoutEdited, this, &PortsPage::noteLayoutEdit);
    connect(m_model, &PortModel::countsChanged, this, [this](int shown, int total) {
        showWhatFits();
        Q_EMIT countsChanged(shown, total);
    });
}

void PortsPage::setupEndings(Desktop *desktop)
{
    const auto hasOwner = [](const QModelIndex &row) {
        const auto listener = row.data(PortModelRole::Listener).value<ListenerPtr>();
        const bool isGone = row.data(PortModelRole::Freshness).toInt() == static_cast<int>(RowFreshness::Vanished);
        return listener && !listener->owners.empty() && !isGone;
    };
    m_view->columns()->setRowButtons(new RowButtons(m_view, m_endingActions->mainActions(), hasOwner));
    connect(m_endingStrip, &EndingStrip::focusLeft, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_endings, &Endings::changed, this, [this] { m_model->setNotes(m_endings->rowNotes()); });
    connect(m_endings, &Endings::lookWanted, this, &PortsPage::lookRequested);
    connect(m_endings, &Endings::ownersWanted, this, &PortsPage::ownersWanted);
    connect(m_endings, &Endings::logWanted, this, [this, desktop](const QString &path) {
        if (!desktop->openUrl(QUrl::fromLocalFile(path))) {
            m_messages->showAnswer(QStringLiteral("logNotOpened"), KMessageWidget::Warning,
                                   tr("There is no program here that opens %1.").arg(path));
        }
    });
    connect(m_endings, &Endings::refused, this, [this](const QString &message) {
        m_messages->showAnswer(QStringLiteral("endingRefused"), KMessageWidget::Warning, message);
    });
}

void PortsPage::setupInspection()
{
    const auto hasHiddenOwner = [this](const QModelIndex &row) {
        const auto listener = row.data(PortModelRole::Listener).value<ListenerPtr>();
        return listener && listener->knowledge == OwnerKnowledge::Hidden && m_inspection->action()->isVisible();
    };
    new RowButtons(m_view, {m_inspection->action()}, hasHiddenOwner);
    connect(m_inspection, &OwnerInspection::told, this, &PortsPage::ownersTold);
    connect(m_inspection, &OwnerInspection::failed, this, [this](const QString &message) {
        m_messages->showAnswer(QStringLiteral("inspectionFailed"), KMessageWidget::Warning, message);
    });
}

void PortsPage::setupDetails()
{
    auto buttons = m_endingActions->mainActions() + m_actions->openActions();
    buttons << makeCopyMenu(m_actions->copyActions(), this);
    m_details = new PortDetails(buttons, ::geteuid(), this, m_users);
    m_selected = std::make_unique<SelectedPort>(SelectedPortParts{.model = m_model,
                                                                  .view = m_view,
                                                                  .details = m_details,
                                                                  .actions = m_actions,
                                                                  .endingActions = m_endingActions});
    connect(m_selected.get(), &SelectedPort::ownersWanted, this, &PortsPage::ownersWanted);
    connect(m_details, &PortDetails::environmentWanted, this, &PortsPage::environmentWanted);
    connect(m_details, &PortDetails::processMenuRequested, this,
            [this](const ProcessInfoPtr &process, const QPoint &position) {
                makeProcessMenu(m_endings, process, this)->popup(position);
            });
    connect(m_details, &PortDetails::backRequested, m_view, qOverload<>(&QWidget::setFocus));
    for (QAction *action : endingActions() + rowActions()) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_view->addAction(action);
    }
}

void PortsPage::setupEmptyState()
{
    connect(m_empty, &NoPorts::lookRequested, this, &PortsPage::lookRequested);
    connect(m_empty, &NoPorts::clearRequested, m_filterBar, &PortFilterBar::clear);
    connect(m_empty, &NoPorts::demoRequested, this, &PortsPage::demoRequested);
}

void PortsPage::setupLayout()
{
    auto *list = new QWidget(this);
    auto *listLayout = new QVBoxLayout(list);
    listLayout->setContentsMargins(0, 0, 0, 0);
    listLayout->setSpacing(0);
    listLayout->addWidget(m_view, 1);
    listLayout->addWidget(m_note);
    m_stack->addWidget(list);
    m_stack->addWidget(m_empty);
    // Below the list: what comes and goes above it would move its rows away from under the pointer.
    auto *middle = new QWidget(this);
    auto *middleLayout = new QVBoxLayout(middle);
    middleLayout->setContentsMargins(0, 0, 0, 0);
    middleLayout->setSpacing(0);
    middleLayout->addWidget(m_stack, 1);
    middleLayout->addWidget(m_endingStrip);

    m_splitter = new DetailsSplitter(middle, m_details, this);
    m_splitter->setObjectName(QStringLiteral("portSplitter"));
    connect(m_splitter, &DetailsSplitter::divisionChosen, this, &PortsPage::stateEdited);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_messages);
    layout->addWidget(m_filterBar);
    layout->addWidget(m_splitter, 1);
}

void PortsPage::setSnapshot(const PortSnapshotPtr &snapshot)
{
    m_snapshot = snapshot;
    m_failure.reset();
    m_selected->setSnapshot(snapshot);
    m_model->setSnapshot(snapshot);
    m_endings->setSnapshot(snapshot);
    m_inspection->setSnapshot(snapshot);
    m_note->setSnapshot(*snapshot);
    showWhatFits();
    showNotes();
    m_selected->refresh();
}

void PortsPage::noteLook()
{
    if (m_failure) { // a look that finds nothing new publishes nothing
        m_failure.reset();
        showWhatFits();
    }
    m_model->updateAges();
    m_selected->refresh();
}

void PortsPage::applyFilter()
{
    m_searchedColumns = m_view->columns()->shown();
    auto filter = m_filterBar->filter();
    filter.shownColumns = m_searchedColumns;
    m_model->setFilter(filter);
    m_selected->restore();
    if (std::exchange(m_hidesServices, filter.hideSystemServices) != filter.hideSystemServices) {
        Q_EMIT stateEdited(); // the one filter that is kept
    }
}

void PortsPage::noteLayoutEdit()
{
    if (m_view->columns()->shown() != m_searchedColumns) {
        applyFilter();
    }
    Q_EMIT stateEdited();
}

void PortsPage::setFailure(const Error &error)
{
    m_failure = error;
    showWhatFits();
}

void PortsPage::setEnvironment(ProcessId process, const Result<std::vector<EnvironmentVariable>> &environment)
{
    m_details->setEnvironment(process, environment);
}

void PortsPage::goToList()
{
    if (!m_view->currentIndex().isValid()) {
        m_view->setCurrentIndex(m_model->index(0, 0));
    }
    m_view->setFocus();
}

void PortsPage::openDetails()
{
    setDetailsShown(true);
    m_details->setFocus(Qt::ShortcutFocusReason);
}

void PortsPage::showRowMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("rowMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(endingActions());
    menu->addAction(m_inspection->action());
    menu->addSeparator();
    menu->addActions(m_actions->openActions());
    menu->addSeparator();
    menu->addActions(m_actions->copyActions());
    m_view->holdGuard()->setMenuOpen(true);
    connect(menu, &QMenu::aboutToHide, m_view->holdGuard(), [this] { m_view->holdGuard()->setMenuOpen(false); });
    menu->popup(position);
}

QList<QAction *> PortsPage::rowActions() const
{
    return m_actions->openActions() + m_actions->copyActions();
}

QList<QAction *> PortsPage::endingActions() const
{
    return m_endingActions->mainActions() + m_endingActions->scopeActions();
}

QAction *PortsPage::authenticateAction() const
{
    return m_inspection->action();
}

void PortsPage::showWhatFits()
{
    const int total = m_model->totalCount();
    const bool isFiltered = total > 0 && m_model->shownCount() == 0 && m_model->rowCount() == 0;
    if (m_failure) {
        m_empty->sayFailed(*m_failure);
    } else if (isFiltered) {
        m_empty->sayFiltered(total);
    } else if (m_snapshot && m_model->rowCount() == 0) {
        m_empty->sayNoneIsOpen();
    } else {
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentWidget(m_empty);
}

void PortsPage::showNotes()
{
    const auto say = [this](const QString &id, const std::optional<Error> &reason, QString (*textFor)(const Error &)) {
        if (reason) {
            m_messages->showState(id, KMessageWidget::Information, textFor(*reason));
        } else {
            m_messages->dismiss(id);
        }
    };
    say(QStringLiteral("netlinkRefused"), m_snapshot->fallbackReason, netlinkNote);
    say(QStringLiteral("udpDiagMissing"), m_snapshot->udpFallbackReason, udpNote);
}

void PortsPage::focusSearch()
{
    m_filterBar->focusSearch();
}

void PortsPage::setDetailsShown(bool shown)
{
    if (m_details->isHidden() == shown) {
        m_details->setVisible(shown);
        Q_EMIT detailsShownChanged(shown);
        Q_EMIT stateEdited();
    }
    if (shown) {
        m_selected->refresh();
    }
}

void PortsPage::setDetailsBeside(bool beside)
{
    m_splitter->setBeside(beside);
    Q_EMIT stateEdited();
}

PortsPageState PortsPage::state() const
{
    return {.columns = m_view->columns()->state(),
            .splitter = m_splitter->division(),
            .detailsBeside = m_splitter->orientation(),
            .detailsShown = !m_details->isHidden(),
            .hideSystemServices = m_filterBar->filter().hideSystemServices,
            .grouping = m_filterBar->grouping()};
}

void PortsPage::restore(const PortsPageState &state)
{
    m_view->columns()->restore(state.columns);
    m_splitter->restoreDivision(state.splitter, state.detailsBeside);
    m_filterBar->setGrouping(state.grouping);
    m_filterBar->setHideSystemServices(state.hideSystemServices);
    setDetailsShown(state.detailsShown);
    applyFilter(); // other columns may be shown
}

} // namespace Quay
