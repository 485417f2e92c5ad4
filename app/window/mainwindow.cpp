// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/mainwindow.h"

#include "app/demo/demoservers.h"
#include "app/shared/listenertext.h"
#include "app/widgets/icons.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/sidebar.h"
#include "app/window/aboutdialog.h"
#include "app/window/activitypage.h"
#include "app/window/columnlayout.h"
#include "app/window/costline.h"
#include "app/window/headermenus.h"
#include "app/window/pacekeeper.h"
#include "app/window/portfilterbar.h"
#include "app/window/portspage.h"
#include "app/window/portview.h"
#include "app/window/selfwatch.h"
#include "app/window/windowstate.h"
#include "core/kernel/procfs.h"
#include "core/processes/environment.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QFuture>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QStyle>
#include <QtConcurrentRun>

#include <chrono>

namespace Quay {

namespace {

/// The buttons of a row have room for their words in it.
constexpr QSize FirstSize{1440, 810};
/// A column being dragged is one change, not one a pixel.
constexpr std::chrono::milliseconds SaveDelay{1000};

/// What its screen has for a window, less the frame that the desktop puts around it.
QSize roomOnScreen(const QWidget *window)
{
    const int side = window->style()->pixelMetric(QStyle::PM_MdiSubWindowFrameWidth, nullptr, window);
    const int title = window->style()->pixelMetric(QStyle::PM_TitleBarHeight, nullptr, window);
    const auto *screen = QGuiApplication::screenAt(window->pos()); // before it is shown it knows of none
    return (screen != nullptr ? screen : window->screen())->availableSize() - QSize(2 * side, title + side);
}

} // namespace

MainWindow::MainWindow(PortScanner *scanner, Desktop *desktop, const QString &stateFile, PrivilegedClient *client)
    : m_scanner(scanner)
    , m_stateFile(stateFile)
    , m_sidebar(new Sidebar(this))
    , m_pages(new QStackedWidget(this))
    , m_portsPage(new PortsPage(desktop, client, this))
    , m_activityPage(new ActivityPage(this))
    , m_costLine(new CostLine(this))
    , m_selfWatch(new SelfWatch(this))
    , m_paceKeeper(new PaceKeeper(this))
    , m_demo(new DemoServers(this))
{
    setWindowTitle(QStringLiteral("Quaymaster"));
    setWindowIcon(programIcon());
    resize(FirstSize);
    setupPages();
    setupFileMenu();
    setupPortMenu();
    setupViewMenu();
    setupHelpMenu();
    statusBar()->addWidget(m_costLine, 1);
    setupState();
    m_portsPage->focusSearch();
    if (m_scanner != nullptr) {
        setupScanner();
    }
}

MainWindow::~MainWindow() = default;

void MainWindow::setupPages()
{
    auto *center = new QWidget(this);
    auto *layout = new QHBoxLayout(center);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_sidebar);
    layout->addWidget(m_pages, 1);
    setCentralWidget(center);
    connect(m_sidebar, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    addPage(m_portsPage, programIcon(), tr("Ports"));
    addPage(m_activityPage, themedIcon(QStringLiteral("view-history")), tr("Activity"));
    m_sidebar->setCurrentRow(0);
    connect(m_portsPage, &PortsPage::countsChanged, this,
            [this](int, int total) { m_sidebar->setPageCount(0, total); });
    connect(m_portsPage, &PortsPage::demoRequested, this, &MainWindow::startDemo);
    connect(m_portsPage, &PortsPage::environmentWanted, this, &MainWindow::readEnvironment);
    connect(m_demo, &DemoServers::failed, this, [this](const QString &message) {
        m_portsPage->messages()->showAnswer(QStringLiteral("demoFailed"), KMessageWidget::Warning, message);
    });
}

void MainWindow::addPage(QWidget *page, const QIcon &icon, const QString &title)
{
    m_pages->addWidget(page);
    m_sidebar->addPage(icon, title);
    const int number = m_pages->count();
    auto *action = new QAction(title, this);
    action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)));
    connect(action, &QAction::triggered, m_sidebar, [this, number] { m_sidebar->setCurrentRow(number - 1); });
    addAction(action);
}

void MainWindow::setupScanner()
{
    connect(m_scanner, &PortScanner::snapshotChanged, this, &MainWindow::showSnapshot);
    connect(m_scanner, &PortScanner::failed, m_portsPage, &PortsPage::setFailure);
    connect(m_scanner, &PortScanner::looked, m_costLine, &CostLine::setLook);
    connect(m_scanner, &PortScanner::looked, m_portsPage, &PortsPage::noteLook);
    connect(m_scanner, &PortScanner::looked, this, [this] {
        if (m_paceKeeper->pace() != ScanPace::Hidden) {
            m_selfWatch->update();
        }
    });
    connect(m_selfWatch, &SelfWatch::measured, this, [this](const SelfReport &report) {
        m_paceKeeper->setOnBattery(report.isOnBattery);
        if (report.cost) {
            m_costLine->setSelf(*report.cost);
        }
    });
    m_scanner->setPace(m_paceKeeper->pace()); // a window that starts minimised is told of no change
    connect(m_paceKeeper, &PaceKeeper::paceChanged, m_scanner, &PortScanner::setPace);
    connect(m_paceKeeper, &PaceKeeper::becameVisible, m_scanner, &PortScanner::lookNow);
    connect(m_portsPage, &PortsPage::lookRequested, m_scanner, &PortScanner::lookNow);
    connect(m_portsPage, &PortsPage::ownersWanted, m_scanner, &PortScanner::verifyOwners);
    connect(m_portsPage, &PortsPage::ownersTold, m_scanner, &PortScanner::tell);
    connect(m_demo, &DemoServers::started, m_scanner, &PortScanner::lookNow);
}

void MainWindow::setupFileMenu()
{
    auto *menu = menuBar()->addMenu(tr("&File"));
    auto *demo = menu->addAction(themedIcon(QStringLiteral("media-playback-start")), tr("Start &demonstration servers"),
                                 this, &MainWindow::startDemo);
    demo->setObjectName(QStringLiteral("startDemo"));
    menu->addSeparator();
    auto *quit = menu->addAction(themedIcon(QStringLiteral("application-exit")), tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
}

void MainWindow::setupPortMenu()
{
    auto *menu = menuBar()->addMenu(tr("&Port"));
    menu->addActions(m_portsPage->endingActions());
    menu->addAction(m_portsPage->authenticateAction());
    menu->addSeparator();
    menu->addActions(m_portsPage->rowActions());
}

void MainWindow::setupViewMenu()
{
    auto *menu = menuBar()->addMenu(tr("&View"));
    auto *refresh = menu->addAction(themedIcon(QStringLiteral("view-refresh")), tr("&Look again"), m_portsPage,
                                    &PortsPage::lookRequested);
    refresh->setShortcut(QKeySequence(Qt::Key_F5));
    auto *search =
        menu->addAction(themedIcon(QStringLiteral("edit-find")), tr("&Search"), this, &MainWindow::focusSearch);
    search->setShortcut(QKeySequence::Find);
    setupFilterMenus(menu);
    menu->addSeparator();
    auto *details = menu->addAction(tr("&Details"));
    details->setObjectName(QStringLiteral("showDetails"));
    details->setCheckable(true);
    details->setChecked(true);
    details->setShortcut(QKeySequence(Qt::Key_F4));
    connect(details, &QAction::toggled, m_portsPage, &PortsPage::setDetailsShown);
    connect(m_portsPage, &PortsPage::detailsShownChanged, details, &QAction::setChecked);
    auto *beside = menu->addAction(tr("Details &beside the list"));
    beside->setObjectName(QStringLiteral("detailsBeside"));
    beside->setCheckable(true);
    connect(beside, &QAction::toggled, m_portsPage, &PortsPage::setDetailsBeside);
    connect(menu, &QMenu::aboutToShow, beside, [this, beside] {
        const QSignalBlocker onlyShow(beside);
        beside->setChecked(m_portsPage->state().detailsBeside == Qt::Horizontal);
    });
}

void MainWindow::setupFilterMenus(QMenu *view)
{
    view->addSeparator();
    auto *filters = view->addMenu(tr("&Filters"));
    filters->addActions(m_portsPage->filterBar()->filterActions());
    filters->addSeparator();
    filters->addAction(tr("Clear the &filter"), m_portsPage->filterBar(), &PortFilterBar::clear);
    view->addMenu(m_portsPage->filterBar()->groupingMenu());
    auto *columns = view->addMenu(tr("&Columns"));
    columns->setObjectName(QStringLiteral("columns"));
    connect(columns, &QMenu::aboutToShow, columns,
            [this, columns] { m_portsPage->view()->columns()->fillMenu(columns); });
    auto *move = view->addMenu(tr("&Move column"));
    move->setObjectName(QStringLiteral("moveColumn"));
    connect(move, &QMenu::aboutToShow, move, [this, move] { fillMoveMenu(move, m_portsPage->view()); });
    auto *sort = view->addMenu(tr("S&ort by"));
    sort->setObjectName(QStringLiteral("sortBy"));
    connect(sort, &QMenu::aboutToShow, sort, [this, sort] { fillSortMenu(sort, m_portsPage->view()); });
}

void MainWindow::setupHelpMenu()
{
    auto *menu = menuBar()->addMenu(tr("&Help"));
    menu->addAction(themedIcon(QStringLiteral("help-about")), tr("&About Quaymaster"), this, [this] {
        auto *dialog = new AboutDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    menu->addAction(tr("About &Qt"), qApp, &QApplication::aboutQt);
}

/// Of the page that is seen.
void MainWindow::focusSearch()
{
    if (m_pages->currentWidget() == m_activityPage) {
        m_activityPage->focusSearch();
    } else {
        m_portsPage->focusSearch();
    }
}

void MainWindow::setupState()
{
    if (const auto state = loadWindowState(m_stateFile)) { // without one it is as at the first start
        restoreGeometry(state->geometry);
        m_portsPage->restore(state->ports);
    }
    if (!isMaximized() && !isFullScreen()) {
        resize(size().boundedTo(roomOnScreen(this)));
    }
    m_saveLater.setSingleShot(true);
    m_saveLater.setInterval(SaveDelay);
    connect(&m_saveLater, &QTimer::timeout, this, &MainWindow::saveState);
    connect(m_portsPage, &PortsPage::stateEdited, &m_saveLater, qOverload<>(&QTimer::start));
}

void MainWindow::showSnapshot(const PortSnapshotPtr &snapshot)
{
    m_portsPage->setSnapshot(snapshot);
    m_costLine->setSnapshot(*snapshot);
}

void MainWindow::startDemo()
{
    m_demo->start();
    m_portsPage->messages()->showAnswer(
        QStringLiteral("demoRuns"), KMessageWidget::Information,
        tr("The demonstration servers run on this machine only, and end with this window."));
}

void MainWindow::readEnvironment(ProcessId process)
{
    const auto read = [process]() -> Result<std::vector<EnvironmentVariable>> {
        return ProcFs::open().and_then([process](const ProcFs &proc) { return environmentOf(proc, process); });
    };
    QtConcurrent::run(read).then(this, [this, process](const Result<std::vector<EnvironmentVariable>> &environment) {
        m_portsPage->setEnvironment(process, environment);
    });
}

void MainWindow::saveState()
{
    const WindowState state{.geometry = saveGeometry(), .ports = m_portsPage->state()};
    if (const auto saved = saveWindowState(m_stateFile, state); !saved) {
        m_portsPage->messages()->showState(
            QStringLiteral("stateNotSaved"), KMessageWidget::Warning,
            tr("The layout of this window cannot be saved, so the next one will look as before: %1")
                .arg(errorText(saved.error())));
    }
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        chooseIconTheme(); // light icons on dark, and the other way round
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_saveLater.stop();
    saveState();
    QMainWindow::closeEvent(event);
}

} // namespace Quay
