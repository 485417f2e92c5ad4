// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portmodelroles.h"
#include "app/widgets/icons.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/sidebar.h"
#include "app/window/aboutdialog.h"
#include "app/window/activitypage.h"
#include "app/window/mainwindow.h"
#include "app/window/portdetails.h"
#include "app/window/portspage.h"
#include "app/window/portview.h"
#include "core/ports/portscanner.h"
#include "tests/gui/fakedesktop.h"
#include "tests/support/snapshots.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <fstream>

#include <unistd.h>

using namespace Quay;
using Test::listenerFrom;
using Test::snapshotOf;

class tst_MainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void layoutComesBack();
    void unwritableStateIsSaidOnceAndBreaksNothing();
    void oneWindowDoesNotDisturbAnother();
    void sidebarLeadsToThePages();
    void shortcutsAreThere_data();
    void shortcutsAreThere();
    void everyControlHasANameAndIsReachable();
    void listIsSortedByKeyboard();
    void columnsAreMovedByKeyboard();
    void detailsCanStandBeside();
    void listHasMoreRoomThanTheDetails();
    void statusBarCountsAndNotesTheSource();
    void ownEnvironmentIsReadInTheBackground();
    void windowThatWasNeverSeenLooksSeldom();
    void aboutNamesVersionAndLicence();

private:
    [[nodiscard]] std::unique_ptr<MainWindow> openWindow();

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_stateFile;
    Test::FakeDesktop m_desktop;
};

void tst_MainWindow::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_stateFile = m_directory->filePath(QStringLiteral("window.json"));
}

std::unique_ptr<MainWindow> tst_MainWindow::openWindow()
{
    auto window = std::make_unique<MainWindow>(nullptr, &m_desktop, m_stateFile);
    window->show();
    if (!QTest::qWaitForWindowExposed(window.get())) {
        QTest::qFail("the window does not appear", __FILE__, __LINE__);
    }
    return window;
}

void tst_MainWindow::layoutComesBack()
{
    {
        auto window = openWindow();
        auto *view = window->portsPage()->view();
        window->resize(760, 560);
        view->header()->moveSection(PortModelColumn::Pid, 0);
        view->setColumnHidden(PortModelColumn::Kind, true);
        window->findChild<QAction *>(QStringLiteral("filterHideServices"))->trigger();
        window->portsPage()->setDetailsBeside(true);
        window->portsPage()->setDetailsShown(false);
        QVERIFY(window->close());
    }

    auto window = openWindow();

    auto *view = window->portsPage()->view();
    QCOMPARE(window->size(), QSize(760, 560));
    QCOMPARE(view->header()->visualIndex(PortModelColumn::Pid), 0);
    QVERIFY(view->isColumnHidden(PortModelColumn::Kind));
    QVERIFY(window->findChild<QAction *>(QStringLiteral("filterHideServices"))->isChecked());
    QCOMPARE(window->findChild<QSplitter *>(QStringLiteral("portSplitter"))->orientation(), Qt::Horizontal);
    QVERIFY(!window->findChild<QWidget *>(QStringLiteral("portDetails"))->isVisible());
    QVERIFY(!window->findChild<QAction *>(QStringLiteral("showDetails"))->isChecked());
}

void tst_MainWindow::unwritableStateIsSaidOnceAndBreaksNothing()
{
    QFile notADirectory(m_directory->filePath(QStringLiteral("file")));
    QVERIFY(notADirectory.open(QIODevice::WriteOnly));
    m_stateFile = notADirectory.fileName() % QLatin1String("/window.json");
    auto window = openWindow();
    auto *messages = window->portsPage()->messages();
    const auto id = QStringLiteral("stateNotSaved");

    window->portsPage()->setDetailsShown(false);

    QTRY_VERIFY(messages->messageText(id).contains(m_stateFile));
    messages->dismiss(id);
    window->portsPage()->setDetailsShown(true);
    QTest::qWait(1500); // longer than the delay of saving: nothing may appear
    QVERIFY(messages->messageText(id).isEmpty());
    QVERIFY(window->close());
}

void tst_MainWindow::oneWindowDoesNotDisturbAnother()
{
    auto first = openWindow();
    auto second = openWindow();
    second->portsPage()->setDetailsShown(false);
    QVERIFY(second->close());

    first->portsPage()->setDetailsBeside(true);
    QVERIFY(first->close());

    const auto state = loadWindowState(m_stateFile);
    QVERIFY(state);
    QCOMPARE(state->ports.detailsBeside, Qt::Horizontal);
    QVERIFY(state->ports.detailsShown); // the first window still had them: the last one wins as a whole
}

void tst_MainWindow::sidebarLeadsToThePages()
{
    auto window = openWindow();
    auto *sidebar = window->findChild<Sidebar *>();
    QVERIFY(sidebar->isVisible());
    QVERIFY(window->portsPage()->isVisible());

    auto *page = new QLabel(QStringLiteral("second"), window.get());
    window->addPage(page, programIcon(), QStringLiteral("Second"));
    window->showSnapshot(snapshotOf({listenerFrom({.port = 3000, .owners = {{.pid = 1}}})}));

    QVERIFY(sidebar->isVisible());
    QVERIFY(sidebar->item(0)->text().endsWith(QLatin1Char('1')));
    QTest::keyClick(window.get(), Qt::Key_2, Qt::ControlModifier);
    QTRY_VERIFY(window->findChild<ActivityPage *>()->isVisible());
    QTest::keyClick(window.get(), Qt::Key_3, Qt::ControlModifier);
    QTRY_VERIFY(page->isVisible());
    QTest::keyClick(window.get(), Qt::Key_1, Qt::ControlModifier);
    QTRY_VERIFY(window->portsPage()->isVisible());
}

void tst_MainWindow::shortcutsAreThere_data()
{
    QTest::addColumn<QKeySequence>("keys");
    QTest::addRow("quit") << QKeySequence(Qt::CTRL | Qt::Key_Q);
    QTest::addRow("find") << QKeySequence(QKeySequence::Find);
    QTest::addRow("refresh") << QKeySequence(Qt::Key_F5);
    QTest::addRow("copy") << QKeySequence(QKeySequence::Copy);
    QTest::addRow("first page") << QKeySequence(Qt::CTRL | Qt::Key_1);
}

void tst_MainWindow::shortcutsAreThere()
{
    QFETCH(const QKeySequence, keys);
    auto window = openWindow();

    QStringList holders;
    for (const QAction *action : window->findChildren<QAction *>()) {
        if (action->shortcut() == keys) {
            holders << action->text();
        }
    }

    QCOMPARE(holders.size(), 1); // two would be ambiguous, and neither would work
}

void tst_MainWindow::everyControlHasANameAndIsReachable()
{
    auto window = openWindow();
    window->showSnapshot(snapshotOf({listenerFrom({.port = 3000,
                                                   .owners = {{.pid = 1}, {.pid = 2}},
                                                   .unit = {.kind = UnitKind::SystemService, .name = "shop.service"}}),
                                     listenerFrom({.port = 3001, .owners = {{.pid = 1}}})}));
    window->portsPage()->view()->setCurrentIndex(window->portsPage()->view()->model()->index(0, 0));
    window->portsPage()->focusSearch();

    QSet<QWidget *> reached;
    QWidget *focused = QApplication::focusWidget();
    while (focused != nullptr && !reached.contains(focused)) {
        reached.insert(focused);
        QTest::keyClick(focused, Qt::Key_Tab);
        focused = QApplication::focusWidget();
    }

    QVERIFY(reached.contains(window->findChild<QWidget *>(QStringLiteral("search"))));
    QVERIFY(reached.contains(window->portsPage()->view()));
    QVERIFY(reached.contains(window->findChild<QWidget *>(QStringLiteral("detailsScroll"))));
    QVERIFY(reached.contains(window->findChild<QWidget *>(QStringLiteral("environmentButton"))));
    for (const char *const name : {"factProgram", "factDirectory", "factUnit", "owners", "sockets"}) {
        QVERIFY2(reached.contains(window->findChild<QWidget *>(QString::fromLatin1(name))), name);
    }
    for (QWidget *widget : std::as_const(reached)) {
        const auto *accessible = QAccessible::queryAccessibleInterface(widget);
        QVERIFY(accessible != nullptr);
        QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
    }
}

void tst_MainWindow::listIsSortedByKeyboard()
{
    auto window = openWindow();
    window->showSnapshot(snapshotOf({listenerFrom({.port = 3000, .owners = {{.pid = 9, .name = "alpha"}}}),
                                     listenerFrom({.port = 3001, .owners = {{.pid = 1, .name = "omega"}}})}));
    const auto *view = window->portsPage()->view();
    const auto firstPort = [view] { return view->model()->index(0, PortModelColumn::Port).data().toInt(); };
    auto *menu = window->findChild<QMenu *>(QStringLiteral("sortBy"));

    menu->popup(window->pos());
    QTest::keyClick(menu, Qt::Key_Down);
    QCOMPARE(menu->activeAction()->data().toInt(), int{PortModelColumn::Port});
    QVERIFY(menu->activeAction()->isChecked());
    while (menu->activeAction()->data().toInt() != PortModelColumn::Pid) {
        QTest::keyClick(menu, Qt::Key_Down);
    }
    QTest::keyClick(menu, Qt::Key_Return);

    QVERIFY(!menu->isVisible());
    QCOMPARE(firstPort(), 3001);
    QCOMPARE(view->header()->sortIndicatorSection(), int{PortModelColumn::Pid});
    menu->popup(window->pos());
    QTest::keyClick(menu, Qt::Key_Up); // the last entry
    QTest::keyClick(menu, Qt::Key_Return);
    QCOMPARE(firstPort(), 3000);
    QCOMPARE(view->header()->sortIndicatorSection(), int{PortModelColumn::Pid});
    QCOMPARE(view->header()->sortIndicatorOrder(), Qt::DescendingOrder);
}

void tst_MainWindow::columnsAreMovedByKeyboard()
{
    auto window = openWindow();
    auto *header = window->portsPage()->view()->header();
    header->setSectionHidden(PortModelColumn::Protocol, true); // is not moved past, one by one
    auto *menu = window->findChild<QMenu *>(QStringLiteral("moveColumn"));

    const auto pressAt = [menu, &window](Qt::Key mnemonic) {
        menu->popup(window->pos());
        while (menu->activeAction() == nullptr || menu->activeAction()->data().toInt() != PortModelColumn::Port) {
            QTest::keyClick(menu, Qt::Key_Down);
        }
        QTest::keyClick(menu, Qt::Key_Right);
        QTest::keyClick(menu->activeAction()->menu(), mnemonic);
        menu->close();
    };
    const auto place = [header] { return header->visualIndex(PortModelColumn::Port); };

    pressAt(Qt::Key_R);
    QCOMPARE(place(), 2);
    pressAt(Qt::Key_R);
    QCOMPARE(place(), 3);
    pressAt(Qt::Key_L);
    QCOMPARE(place(), 2);
    pressAt(Qt::Key_E);
    QCOMPARE(place(), int{PortModelColumn::Since}); // what is behind it is not shown
    pressAt(Qt::Key_B);
    QCOMPARE(place(), 1);
    pressAt(Qt::Key_L);
    QCOMPARE(place(), 1);
}

void tst_MainWindow::detailsCanStandBeside()
{
    auto window = openWindow();
    auto *splitter = window->findChild<QSplitter *>(QStringLiteral("portSplitter"));
    QCOMPARE(splitter->orientation(), Qt::Vertical);

    window->findChild<QAction *>(QStringLiteral("detailsBeside"))->trigger();

    QCOMPARE(splitter->orientation(), Qt::Horizontal);
    QCOMPARE_GE(splitter->sizes().last() * 3, splitter->width()); // a third is enough to read in
}

void tst_MainWindow::listHasMoreRoomThanTheDetails()
{
    const auto window = openWindow();

    const auto sizes = window->findChild<QSplitter *>(QStringLiteral("portSplitter"))->sizes();

    QCOMPARE_GT(sizes.first(), sizes.last());
}

void tst_MainWindow::statusBarCountsAndNotesTheSource()
{
    auto window = openWindow();
    auto snapshot = std::make_shared<PortSnapshot>(*snapshotOf({listenerFrom({}), listenerFrom({.port = 3001})}));
    snapshot->processCount = 612;
    auto *line = window->findChild<QLabel *>(QStringLiteral("costLine"));

    window->showSnapshot(snapshot);

    QVERIFY(line->text().contains(QLatin1Char('2')));
    QVERIFY(line->text().contains(QLatin1String("612")));
    QVERIFY(!line->text().contains(QLatin1String("/proc/net")));
    snapshot = std::make_shared<PortSnapshot>(*snapshot);
    snapshot->source = SocketSource::ProcNet;
    window->showSnapshot(snapshot);
    QVERIFY(line->text().contains(QLatin1String("/proc/net")));
}

void tst_MainWindow::ownEnvironmentIsReadInTheBackground()
{
    auto window = openWindow();
    std::ifstream stat("/proc/self/stat");
    std::string field;
    for (int i = 0; i < 22 && stat >> field; ++i) { } // the name of a test has no blanks
    window->showSnapshot(snapshotOf({listenerFrom(
        {.port = 3000, .owners = {{.pid = ::getpid(), .startTicks = std::stoull(field), .uid = ::geteuid()}}})}));
    window->portsPage()->view()->setCurrentIndex(window->portsPage()->view()->model()->index(0, 0));

    QTest::mouseClick(window->findChild<QPushButton *>(QStringLiteral("environmentButton")), Qt::LeftButton);

    auto *list = window->findChild<QTreeWidget *>(QStringLiteral("environmentList"));
    QTRY_VERIFY(list->isVisible());
    QCOMPARE(list->findItems(QStringLiteral("QT_QPA_PLATFORM"), Qt::MatchExactly).size(), 1);
}

/// As one that is started minimised.
void tst_MainWindow::windowThatWasNeverSeenLooksSeldom()
{
    PortScanner scanner;
    const MainWindow window(&scanner, &m_desktop, m_stateFile);

    QCOMPARE(scanner.pace(), ScanPace::Hidden);
}

void tst_MainWindow::aboutNamesVersionAndLicence()
{
    KAboutData::setApplicationData(aboutData());
    AboutDialog dialog;
    QStringList texts;

    for (const auto *label : dialog.findChildren<QLabel *>()) {
        texts << label->text();
    }

    const auto all = texts.join(QLatin1Char('\n'));
    QVERIFY(all.contains(KAboutData::applicationData().version()));
    QVERIFY2(all.contains(QLatin1String("GNU General Public License")), qPrintable(all));
}

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"
