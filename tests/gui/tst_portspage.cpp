// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portmodelroles.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/rowbuttons.h"
#include "app/window/columnlayout.h"
#include "app/window/portdetails.h"
#include "app/window/portfilterbar.h"
#include "app/window/portspage.h"
#include "app/window/portview.h"
#include "core/base/error.h"
#include "core/control/privilegedclient.h"
#include "core/control/privilegedcontract.h"
#include "tests/gui/fakedesktop.h"
#include "tests/support/scriptedhelper.h"
#include "tests/support/snapshots.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSplitter>
#include <QStackedWidget>
#include <QTest>
#include <QToolButton>

#include <cerrno>

#include <unistd.h>

using namespace Quay;
using Test::listenerFrom;
using Test::snapshotOf;

namespace {

constexpr std::uint64_t FirstCookie = 500;

/// Ports from 3000 on, each with a process of its own.
std::vector<ListenerPtr> manyListeners(int count)
{
    std::vector<ListenerPtr> listeners;
    for (int i = 0; i < count; ++i) {
        listeners.push_back(listenerFrom({.port = static_cast<std::uint16_t>(3000 + i),
                                          .cookie = FirstCookie + static_cast<std::uint64_t>(i),
                                          .owners = {{.pid = 10'000 + i, .name = "node", .uid = ::geteuid()}},
                                          .uid = ::geteuid()}));
    }
    return listeners;
}

ListenerPtr udpListener()
{
    return listenerFrom({.port = 5353, .protocol = Protocol::Udp, .address = "0.0.0.0", .owners = {{.name = "mdns"}}});
}

} // namespace

class tst_PortsPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void beforeTheFirstLookNothingIsClaimed();
    void withoutPortsItSuggestsADemonstration();
    void filteredToNothingOffersToClear();
    void countIsWrittenAsTheUserWritesIt();
    void failureOffersToLookAgain();
    void failureIsOverWithTheNextLook();
    void searchFollowsTheColumnsShown();
    void userNamesComeByThemselves();
    void buttonsFilter_data();
    void buttonsFilter();
    void reachButtonsExcludeEachOther();
    void hidingServicesIsKept();
    void typingInTheListSearches();
    void escapeClearsTheSearch();
    void downInTheSearchGoesToTheList();
    void detailsFollowTheSelection();
    void returnOpensTheDetails();
    void goneRowKeepsItsDetails();
    void nextRowIsNotSelectedWhenTheCurrentOneGoes();
    void selectionAndScrollSurviveTenThousandRows();
    void selectionComesBackAfterTheFilter();
    void keysMeanTheListAndNotWhatTheFilterHides();
    void ownersAreVerifiedOnce();
    void ownersInDoubtAreVerifiedAgain();
    void hiddenOwnersAreCounted();
    void hiddenOwnersAreNamedOnRequest();
    void hiddenRowOffersToAuthenticate();
    void refusedAuthenticationIsSaid();
    void withoutHelperNothingIsOffered();
    void refusedNetlinkIsSaid();
    void missingTcpDiagIsNoSandbox();
    void missingUdpDiagIsSaid();
    void copyTakesTheRow();
    void groupsSpanTheRow();
    void listHasTheLargerPart_data();
    void listHasTheLargerPart();
    void divisionThatWasChosenStays();

private:
    template<typename T>
    [[nodiscard]] T *find(const char *name) const
    {
        return m_page->findChild<T *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString title() const { return find<QLabel>("detailsTitle")->text(); }
    void select(std::uint16_t port);
    [[nodiscard]] QString currentPort() const;

    std::unique_ptr<Test::FakeDesktop> m_desktop;
    std::unique_ptr<PortsPage> m_page;
    PortView *m_view = nullptr;
};

void tst_PortsPage::init()
{
    m_desktop = std::make_unique<Test::FakeDesktop>();
    m_page = std::make_unique<PortsPage>(m_desktop.get());
    m_view = m_page->view();
    m_page->resize(1100, 700);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void tst_PortsPage::cleanup()
{
    m_page.reset();
}

void tst_PortsPage::select(std::uint16_t port)
{
    const auto found = m_view->model()->match(m_view->model()->index(0, PortModelColumn::Port), Qt::DisplayRole,
                                              QString::number(port), 1, Qt::MatchExactly);
    QCOMPARE(found.size(), 1);
    m_view->setCurrentIndex(found.constFirst());
}

QString tst_PortsPage::currentPort() const
{
    return m_view->currentIndex().siblingAtColumn(PortModelColumn::Port).data().toString();
}

void tst_PortsPage::beforeTheFirstLookNothingIsClaimed()
{
    QVERIFY(m_view->isVisible());
    QVERIFY(!find<QLabel>("emptyTitle")->isVisible());
}

void tst_PortsPage::withoutPortsItSuggestsADemonstration()
{
    const QSignalSpy demo(m_page.get(), &PortsPage::demoRequested);

    m_page->setSnapshot(snapshotOf({}));

    QVERIFY(find<QLabel>("emptyTitle")->isVisible());
    QVERIFY(find<QLabel>("emptyText")->text().contains(QLatin1String("--demo")));
    QTest::mouseClick(find<QPushButton>("emptyButton"), Qt::LeftButton);
    QCOMPARE(demo.size(), 1);
}

void tst_PortsPage::filteredToNothingOffersToClear()
{
    m_page->setSnapshot(snapshotOf(manyListeners(3)));

    find<QLineEdit>("search")->setText(QStringLiteral("no such thing"));

    QTRY_VERIFY(find<QLabel>("emptyTitle")->isVisible());
    QVERIFY(find<QLabel>("emptyText")->text().contains(QLatin1Char('3')));
    QTest::mouseClick(find<QPushButton>("emptyButton"), Qt::LeftButton);
    QVERIFY(find<QLineEdit>("search")->text().isEmpty());
    QVERIFY(m_view->isVisible());
    QCOMPARE(m_view->model()->rowCount(), 3);
}

void tst_PortsPage::countIsWrittenAsTheUserWritesIt()
{
    const auto ownLocale = qScopeGuard([before = QLocale()] { QLocale::setDefault(before); });
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_page->setSnapshot(snapshotOf(manyListeners(1016)));

    find<QLineEdit>("search")->setText(QStringLiteral("no such thing"));

    QTRY_VERIFY2(find<QLabel>("emptyText")->text().startsWith(QLatin1String("1,016 ")),
                 qPrintable(find<QLabel>("emptyText")->text()));
}

void tst_PortsPage::failureOffersToLookAgain()
{
    const QSignalSpy look(m_page.get(), &PortsPage::lookRequested);

    m_page->setFailure({.code = ErrorCode::Denied, .subject = "/proc", .sysErrno = 13});

    QVERIFY(find<QLabel>("emptyText")->text().contains(QLatin1String("/proc")));
    QTest::mouseClick(find<QPushButton>("emptyButton"), Qt::LeftButton);
    QCOMPARE(look.size(), 1);
    m_page->setSnapshot(snapshotOf(manyListeners(1)));
    QVERIFY(m_view->isVisible());
}

void tst_PortsPage::failureIsOverWithTheNextLook()
{
    m_page->setSnapshot(snapshotOf(manyListeners(1)));
    m_page->setFailure({.code = ErrorCode::Io, .subject = "netlink", .sysErrno = ENOBUFS});
    QVERIFY(!m_view->isVisible());

    m_page->noteLook(); // nothing had changed, so that there is no snapshot

    QVERIFY(m_view->isVisible());
}

void tst_PortsPage::searchFollowsTheColumnsShown()
{
    auto owner = Test::OwnerSpec{.pid = 6, .residentBytes = 38'000'000};
    m_page->setSnapshot(snapshotOf({listenerFrom({.port = 3000, .owners = {owner}})}));
    find<QLineEdit>("search")->setText(QStringLiteral("\"38 MB\""));
    QTRY_COMPARE(m_view->model()->rowCount(), 0);

    QMenu menu;
    m_view->columns()->fillMenu(&menu);
    for (QAction *action : menu.actions()) {
        if (action->data() == int{PortModelColumn::Memory}) {
            action->trigger();
        }
    }

    QCOMPARE(m_view->model()->rowCount(), 1);
}

void tst_PortsPage::userNamesComeByThemselves()
{
    m_page->setSnapshot(snapshotOf({listenerFrom({.port = 3000, .owners = {{.pid = 6, .uid = 0}}, .uid = 0})}));
    select(3000);
    const auto user = [this] {
        return m_view->currentIndex().siblingAtColumn(PortModelColumn::User).data().toString();
    };

    QCOMPARE(user(), QStringLiteral("0")); // nobody waits for a directory server
    QTRY_COMPARE(user(), QStringLiteral("root"));
    QCOMPARE(find<QPlainTextEdit>("factUser")->toPlainText(), QStringLiteral("root"));
}

void tst_PortsPage::buttonsFilter_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<QStringList>("ports");
    QTest::addRow("tcp off") << QStringLiteral("filterTcp") << QStringList{QStringLiteral("5353")};
    QTest::addRow("udp off") << QStringLiteral("filterUdp")
                             << QStringList{QStringLiteral("3000"), QStringLiteral("6000"), QStringLiteral("7000")};
    QTest::addRow("mine") << QStringLiteral("filterMine") << QStringList{QStringLiteral("3000")};
    QTest::addRow("this machine") << QStringLiteral("filterThisMachine")
                                  << QStringList{QStringLiteral("3000"), QStringLiteral("7000")};
    QTest::addRow("network") << QStringLiteral("filterNetwork")
                             << QStringList{QStringLiteral("5353"), QStringLiteral("6000")};
    QTest::addRow("no services") << QStringLiteral("filterHideServices")
                                 << QStringList{QStringLiteral("3000"), QStringLiteral("5353"), QStringLiteral("6000")};
}

void tst_PortsPage::buttonsFilter()
{
    QFETCH(const QString, button);
    QFETCH(const QStringList, ports);
    const uid_t other = ::geteuid() + 1;
    auto listeners = manyListeners(1);
    listeners.push_back(udpListener());
    listeners.push_back(
        listenerFrom({.port = 6000, .address = "0.0.0.0", .owners = {{.pid = 6, .uid = other}}, .uid = other}));
    listeners.push_back(listenerFrom({.port = 7000,
                                      .owners = {{.pid = 7, .name = "postgres", .uid = other}},
                                      .uid = other,
                                      .unit = {.kind = UnitKind::SystemService, .name = "postgresql.service"}}));
    m_page->setSnapshot(snapshotOf(listeners));

    m_page->findChild<QAction *>(button)->trigger();

    QStringList shown;
    for (int row = 0; row < m_view->model()->rowCount(); ++row) {
        shown << m_view->model()->index(row, PortModelColumn::Port).data().toString();
    }
    shown.sort();
    QCOMPARE(shown, ports);
}

void tst_PortsPage::reachButtonsExcludeEachOther()
{
    auto *thisMachine = find<QAction>("filterThisMachine");
    auto *network = find<QAction>("filterNetwork");
    const QSignalSpy changes(m_page->filterBar(), &PortFilterBar::filterChanged);

    thisMachine->trigger();
    network->trigger();

    QVERIFY(!thisMachine->isChecked());
    QVERIFY(network->isChecked());
    QCOMPARE(changes.size(), 2);
    QVERIFY(m_page->filterBar()->filter().onlyNetwork);
    QVERIFY(!m_page->filterBar()->filter().onlyThisMachine);
}

void tst_PortsPage::hidingServicesIsKept()
{
    const QSignalSpy edited(m_page.get(), &PortsPage::stateEdited);

    find<QAction>("filterHideServices")->trigger();

    QCOMPARE(edited.size(), 1);
    QVERIFY(m_page->state().hideSystemServices);
    find<QAction>("filterMine")->trigger();
    QCOMPARE(edited.size(), 1); // the others are for now
    m_page->filterBar()->clear();
    QCOMPARE(edited.size(), 2);
    QVERIFY(!m_page->state().hideSystemServices);
}

void tst_PortsPage::typingInTheListSearches()
{
    m_page->setSnapshot(snapshotOf(manyListeners(20)));
    m_view->setFocus();

    QTest::keyClicks(m_view, QStringLiteral(":3"));
    QTest::keyClicks(find<QLineEdit>("search"), QStringLiteral("007"));

    QCOMPARE(find<QLineEdit>("search")->text(), QStringLiteral(":3007"));
    QVERIFY(find<QLineEdit>("search")->hasFocus());
    QTRY_COMPARE(m_view->model()->rowCount(), 1);
}

void tst_PortsPage::escapeClearsTheSearch()
{
    auto *search = find<QLineEdit>("search");
    search->setText(QStringLiteral("node"));

    QTest::keyClick(search, Qt::Key_Escape);

    QVERIFY(search->text().isEmpty());
    search->setText(QStringLiteral("node"));
    QTest::keyClick(m_view, Qt::Key_Escape);
    QVERIFY(search->text().isEmpty());
}

void tst_PortsPage::downInTheSearchGoesToTheList()
{
    m_page->setSnapshot(snapshotOf(manyListeners(3)));
    m_page->focusSearch();

    QTest::keyClick(find<QLineEdit>("search"), Qt::Key_Down);

    QVERIFY(m_view->hasFocus());
    QCOMPARE(currentPort(), QStringLiteral("3000"));
}

void tst_PortsPage::detailsFollowTheSelection()
{
    m_page->setSnapshot(snapshotOf(manyListeners(3)));
    QVERIFY(find<QLabel>("nothingSelected")->isVisible());

    select(3001);

    QCOMPARE(title(), QStringLiteral("3001"));
    QTest::keyClick(m_view, Qt::Key_Down);
    QCOMPARE(title(), QStringLiteral("3002"));
}

void tst_PortsPage::returnOpensTheDetails()
{
    m_page->setSnapshot(snapshotOf(manyListeners(3)));
    m_page->setDetailsShown(false);
    select(3001);
    m_view->setFocus();

    QTest::keyClick(m_view, Qt::Key_Return);

    QVERIFY(find<PortDetails>("portDetails")->isVisible());
    QVERIFY(find<QWidget>("detailsScroll")->hasFocus());
    QTest::keyClick(find<QWidget>("detailsScroll"), Qt::Key_Escape);
    QVERIFY(m_view->hasFocus());
}

void tst_PortsPage::goneRowKeepsItsDetails()
{
    m_page->setSnapshot(snapshotOf(manyListeners(3)));
    select(3002);
    QVERIFY(!find<QLabel>("detailsNote")->isVisible());

    m_page->setSnapshot(snapshotOf(manyListeners(2)));

    QCOMPARE(title(), QStringLiteral("3002"));
    QVERIFY(find<QLabel>("detailsNote")->isVisible());
    QVERIFY(find<QLabel>("detailsNote")->text().startsWith(QStringLiteral("No longer open.")));
    QVERIFY(!find<QAction>("openInBrowser")->isEnabled());
}

void tst_PortsPage::nextRowIsNotSelectedWhenTheCurrentOneGoes()
{
    m_page->setSnapshot(snapshotOf(manyListeners(3)));
    select(3001);

    auto without = manyListeners(3);
    without.erase(without.begin() + 1);
    m_page->setSnapshot(snapshotOf(without));

    QTRY_COMPARE_WITH_TIMEOUT(m_view->model()->rowCount(), 2, 20'000); // it is shown as gone for a while
    QVERIFY(!m_view->currentIndex().isValid());
    QCOMPARE(title(), QStringLiteral("3001"));
}

void tst_PortsPage::selectionAndScrollSurviveTenThousandRows()
{
    m_page->setSnapshot(snapshotOf(manyListeners(10'000)));
    select(8000);
    m_view->scrollTo(m_view->currentIndex(), QAbstractItemView::PositionAtCenter);
    const int place = m_view->visualRect(m_view->currentIndex()).top();

    auto fewer = manyListeners(10'000);
    fewer.erase(fewer.begin() + 9000, fewer.end());
    m_page->setSnapshot(snapshotOf(fewer));
    m_page->setSnapshot(snapshotOf(manyListeners(10'000)));

    QCOMPARE(currentPort(), QStringLiteral("8000"));
    QCOMPARE(m_view->visualRect(m_view->currentIndex()).top(), place);
    QCOMPARE(title(), QStringLiteral("8000"));
}

void tst_PortsPage::selectionComesBackAfterTheFilter()
{
    m_page->setSnapshot(snapshotOf(manyListeners(3)));
    select(3001);
    find<QLineEdit>("search")->setText(QStringLiteral(":3002"));
    QTRY_COMPARE(m_view->model()->rowCount(), 1);
    QCOMPARE(title(), QStringLiteral("3001"));
    QVERIFY(find<QLabel>("detailsNote")->isVisible());
    QVERIFY(find<QLabel>("detailsNote")->text().startsWith(QStringLiteral("Not in the list:")));

    find<QLineEdit>("search")->clear();

    QTRY_COMPARE(m_view->model()->rowCount(), 3);
    QCOMPARE(currentPort(), QStringLiteral("3001"));
    QVERIFY(!find<QLabel>("detailsNote")->isVisible());
}

void tst_PortsPage::keysMeanTheListAndNotWhatTheFilterHides()
{
    m_page->setSnapshot(snapshotOf(manyListeners(3)));
    select(3001);
    auto *stop = find<QAction>("stop");
    QVERIFY(stop->isEnabled());
    auto *search = find<QLineEdit>("search");
    search->setText(QStringLiteral(":3002"));
    QTRY_COMPARE(m_view->model()->rowCount(), 1);

    QVERIFY(!stop->isEnabled());
    m_page->setSnapshot(snapshotOf(manyListeners(4)));
    QVERIFY(!stop->isEnabled());

    QTest::keyClick(search, Qt::Key_Return);

    QCOMPARE(currentPort(), QStringLiteral("3002"));
    QCOMPARE(title(), QStringLiteral("3002"));
    QVERIFY(stop->isEnabled());
}

void tst_PortsPage::ownersAreVerifiedOnce()
{
    const QSignalSpy wanted(m_page.get(), &PortsPage::ownersWanted);
    const auto unsure = [](std::uint32_t connections) {
        return snapshotOf({listenerFrom({.port = 3000,
                                         .owners = {{.pid = 1}},
                                         .knowledge = OwnerKnowledge::FirstFound,
                                         .connections = connections})});
    };
    m_page->setSnapshot(unsure(0));
    QCOMPARE(wanted.size(), 0);

    select(3000);
    m_page->setSnapshot(unsure(1));
    m_page->setSnapshot(unsure(2));

    QCOMPARE(wanted.size(), 1);
}

void tst_PortsPage::ownersInDoubtAreVerifiedAgain()
{
    const QSignalSpy wanted(m_page.get(), &PortsPage::ownersWanted);
    const auto known = [](OwnerKnowledge knowledge) {
        return snapshotOf({listenerFrom({.port = 3000, .owners = {{.pid = 1}}, .knowledge = knowledge})});
    };
    m_page->setSnapshot(known(OwnerKnowledge::Complete));
    select(3000);
    const auto text = find<QLabel>("ownersNote")->text();
    QCOMPARE(wanted.size(), 0);

    m_page->setSnapshot(known(OwnerKnowledge::FirstFound));

    QCOMPARE(wanted.size(), 1);
    QCOMPARE(find<QLabel>("ownersNote")->text(), text); // the answer comes before anybody could read it
    m_page->setSnapshot(known(OwnerKnowledge::FirstFound));
    QCOMPARE(wanted.size(), 1);
    QVERIFY(find<QLabel>("ownersNote")->text() != text); // it could not be verified
}

void tst_PortsPage::hiddenOwnersAreCounted()
{
    auto listeners = manyListeners(1);
    for (const std::uint16_t port : {80, 443}) {
        listeners.push_back(listenerFrom({.port = port, .knowledge = OwnerKnowledge::Hidden, .uid = 0}));
    }

    m_page->setSnapshot(snapshotOf(listeners));

    auto *note = find<QLabel>("hiddenOwnersNote");
    QVERIFY(note->isVisible());
    QVERIFY2(note->text().contains(QLatin1Char('2')), qPrintable(note->text()));
    m_page->setSnapshot(snapshotOf(manyListeners(1)));
    QVERIFY(!note->isVisible());
}

void tst_PortsPage::hiddenOwnersAreNamedOnRequest()
{
    Test::ScriptedHelper helper;
    PortsPage page(m_desktop.get(), &helper);
    QSignalSpy told(&page, &PortsPage::ownersTold);
    page.show();
    auto *button = page.findChild<QPushButton *>(QStringLiteral("authenticateButton"));
    const auto known = listenerFrom({.port = 3000, .owners = {{}}});
    const auto hidden = listenerFrom({.port = 80, .knowledge = OwnerKnowledge::Hidden, .uid = 0});
    page.setSnapshot(snapshotOf({known, hidden}));
    QVERIFY(button->isVisible() && button->isEnabled());
    const ToldHolder holder{.inode = hidden->socket.inode, .process = {.pid = 700, .startTicks = 5}, .fd = 6};
    helper.reply = [&](const auto &) { return toReply(InspectAnswer{holder}); };

    button->click();

    QVERIFY(!button->isEnabled()); // it is being asked
    QCOMPARE(inspectRequestFrom(helper.asked.front().arguments).value().inodes,
             std::vector<std::uint64_t>{hidden->socket.inode});
    helper.answerAll();
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.front().front().value<std::vector<ToldHolder>>(), std::vector{holder});
    page.setSnapshot(snapshotOf({known}));
    QVERIFY(!button->isVisible());
}

void tst_PortsPage::hiddenRowOffersToAuthenticate()
{
    Test::ScriptedHelper helper;
    PortsPage page(m_desktop.get(), &helper);
    page.resize(1100, 700);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    page.setSnapshot(snapshotOf({listenerFrom({.port = 80, .knowledge = OwnerKnowledge::Hidden, .uid = 0})}));
    page.view()->setCurrentIndex(page.view()->model()->index(0, 0));

    auto *button = [&page] {
        for (auto *const buttons : page.view()->viewport()->findChildren<RowButtons *>()) {
            if (auto *const found = buttons->findChild<QToolButton *>(QStringLiteral("authenticate"))) {
                return found;
            }
        }
        return static_cast<QToolButton *>(nullptr);
    }();
    QVERIFY(button != nullptr);
    QTRY_VERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);

    QCOMPARE(helper.asked.size(), std::size_t{1});
}

void tst_PortsPage::refusedAuthenticationIsSaid()
{
    Test::ScriptedHelper helper;
    PortsPage page(m_desktop.get(), &helper);
    page.show();
    page.setSnapshot(snapshotOf({listenerFrom({.port = 80, .knowledge = OwnerKnowledge::Hidden, .uid = 0})}));
    helper.reply = [](const auto &) -> Result<QVariantMap> {
        return fail(ErrorCode::Denied, std::string(AuthorizationSubject));
    };

    page.authenticateAction()->trigger();
    helper.answerAll();

    const auto id = QStringLiteral("inspectionFailed");
    const auto message = page.messages()->messageText(id);
    QVERIFY2(message.contains(QLatin1String("not given the permission")), qPrintable(message));
    QVERIFY(page.authenticateAction()->isEnabled()); // once more
    page.messages()->dismiss(id);
    page.authenticateAction()->trigger();
    helper.answerAll();
    QCOMPARE(page.messages()->messageText(id), message);
}

void tst_PortsPage::withoutHelperNothingIsOffered()
{
    m_page->setSnapshot(snapshotOf({listenerFrom({.port = 80, .knowledge = OwnerKnowledge::Hidden, .uid = 0})}));

    QVERIFY(find<QLabel>("hiddenOwnersNote")->isVisible());
    QVERIFY(!find<QPushButton>("authenticateButton")->isVisible());
    QVERIFY(!m_page->authenticateAction()->isVisible());
}

void tst_PortsPage::refusedNetlinkIsSaid()
{
    const auto refused = [] {
        auto snapshot = std::make_shared<PortSnapshot>(*snapshotOf(manyListeners(1)));
        snapshot->source = SocketSource::ProcNet;
        snapshot->fallbackReason = errorFromErrno(EPERM, "netlink dump");
        return snapshot;
    };

    m_page->setSnapshot(refused());

    const auto id = QStringLiteral("netlinkRefused");
    const auto text = m_page->messages()->messageText(id);
    QVERIFY2(text.contains(QLatin1String("(netlink: Operation not permitted)")), qPrintable(text));
    QVERIFY2(text.contains(QLatin1String("outside")), qPrintable(text));
    m_page->messages()->dismiss(id);
    m_page->setSnapshot(refused());
    QVERIFY(m_page->messages()->messageText(id).isEmpty()); // closed is closed
}

void tst_PortsPage::missingTcpDiagIsNoSandbox()
{
    auto snapshot = std::make_shared<PortSnapshot>(*snapshotOf(manyListeners(1)));
    snapshot->source = SocketSource::ProcNet;
    snapshot->fallbackReason = errorFromErrno(ENOENT, "netlink dump");

    m_page->setSnapshot(snapshot);

    const auto text = m_page->messages()->messageText(QStringLiteral("netlinkRefused"));
    QVERIFY2(text.contains(QLatin1String("(netlink: its module tcp_diag is not there)")), qPrintable(text));
    QVERIFY2(!text.contains(QLatin1String("sandbox")), qPrintable(text));
}

void tst_PortsPage::missingUdpDiagIsSaid()
{
    auto snapshot = std::make_shared<PortSnapshot>(*snapshotOf(manyListeners(1)));
    snapshot->udpFallbackReason = errorFromErrno(ENOENT, "netlink dump");
    const auto id = QStringLiteral("udpDiagMissing");

    m_page->setSnapshot(snapshot);

    const auto text = m_page->messages()->messageText(id);
    QVERIFY2(text.contains(QLatin1String("(netlink: its module udp_diag is not there)")), qPrintable(text));
    QVERIFY(m_page->messages()->messageText(QStringLiteral("netlinkRefused")).isEmpty());
    m_page->setSnapshot(snapshotOf(manyListeners(1)));
    QVERIFY(m_page->messages()->messageText(id).isEmpty());
}

void tst_PortsPage::copyTakesTheRow()
{
    m_page->setSnapshot(snapshotOf(manyListeners(3)));
    select(3001);
    m_view->setFocus();

    QTest::keySequence(m_view, QKeySequence::Copy);

    QCOMPARE(m_desktop->copied.size(), 1);
    QVERIFY(m_desktop->copied.constFirst().contains(QLatin1String("3001")));
    QVERIFY(m_desktop->copied.constFirst().contains(QLatin1String("10001")));
}

void tst_PortsPage::groupsSpanTheRow()
{
    m_page->setSnapshot(snapshotOf(manyListeners(3)));

    m_page->filterBar()->setGrouping(PortGrouping::Process);

    QVERIFY(m_view->model()->rowCount() > 0);
    QVERIFY(m_view->isFirstColumnSpanned(0, {}));
    QVERIFY(m_view->isExpanded(m_view->model()->index(0, 0)));
    m_page->filterBar()->setGrouping(PortGrouping::None);
    QVERIFY(!m_view->isFirstColumnSpanned(0, {}));
}

void tst_PortsPage::listHasTheLargerPart_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addRow("tiny") << QSize(600, 400);
    QTest::addRow("small") << QSize(700, 500);
    QTest::addRow("large") << QSize(1600, 1200);
}

void tst_PortsPage::listHasTheLargerPart()
{
    QFETCH(const QSize, size);
    const auto *splitter = find<QSplitter>("portSplitter");

    m_page->resize(size);

    QTRY_COMPARE(m_page->size(), size);
    QTRY_COMPARE_GT(splitter->sizes().first() * 2, splitter->sizes().last() * 3 - 10);
    QVERIFY(m_page->state().splitter.isEmpty()); // nobody has chosen it
}

void tst_PortsPage::divisionThatWasChosenStays()
{
    const auto *splitter = find<QSplitter>("portSplitter");
    auto *handle = splitter->handle(1);
    const QPoint from = handle->rect().center();
    const int before = splitter->sizes().last();

    QTest::mousePress(handle, Qt::LeftButton, {}, from);
    QTest::mouseMove(handle, from - QPoint(0, 100));
    QTest::mouseRelease(handle, Qt::LeftButton, {}, from - QPoint(0, 100));

    const int chosen = splitter->sizes().last();
    QCOMPARE_GT(chosen, before + 50);
    m_page->resize(1100, 900);
    QTRY_COMPARE(splitter->sizes().last(), chosen);
    PortsPage other(m_desktop.get());
    other.resize(1100, 900);
    other.restore(m_page->state());
    other.show();
    QVERIFY(QTest::qWaitForWindowExposed(&other));
    QCOMPARE(other.findChild<QSplitter *>(QStringLiteral("portSplitter"))->sizes().last(), chosen);
}

QTEST_MAIN(tst_PortsPage)
#include "tst_portspage.moc"
