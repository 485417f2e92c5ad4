// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/usernames.h"
#include "app/widgets/ancestrytree.h"
#include "app/window/portdetails.h"
#include "tests/support/snapshots.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeySequence>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace Quay;
using Test::listenerFrom;
using Test::ListenerSpec;
using Test::snapshotOf;

namespace {

constexpr uid_t Viewer = 1000;
constexpr ProcessId Shop{.pid = 4711, .startTicks = 1000};

ListenerSpec shopSpec()
{
    return {.port = 3000, .owners = {{.pid = Shop.pid, .startTicks = Shop.startTicks, .uid = Viewer}}};
}

} // namespace

class tst_PortDetails : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void factsAreShown();
    void hostileTextIsHarmless();
    void factsAreCopiedByKeyboard();
    void longCommandLineIsWholeAndBounded();
    void warningUnfoldsItsFacts();
    void allOwnersAreListed();
    void projectAndKindAreThoseOfTheList();
    void allPortsOfTheProcessAreListed();
    void portsInARowAreOneLine();
    void hiddenOwnerSaysWhy();
    void bothUsersAreNamedWhereTheyDiffer();
    void hiddenFilesSaySo();
    void silentDirectorySaysSo();
    void unknownQueueIsNotNone();
    void chainOfParentsIsATree();
    void keysReachTheEndOfALongChain();
    void secretsStayMaskedUntilShown();
    void hostileEnvironmentIsHarmlessInTheToolTip();
    void environmentOfAnotherProcessIsDropped();
    void foreignEnvironmentIsNotOffered();
    void narrowPanelPutsTheHalvesBelowEachOther();

private:
    template<typename T>
    [[nodiscard]] T *find(const char *name) const
    {
        return m_details->findChild<T *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString fact(const char *name) const { return find<QPlainTextEdit>(name)->toPlainText(); }
    void show(const ListenerPtr &listener) { m_details->setListener(listener, snapshotOf({listener})); }

    std::unique_ptr<PortDetails> m_details;
};

void tst_PortDetails::init()
{
    const auto users = std::make_shared<UserNames>(std::unordered_map<uid_t, QString>(), Viewer);
    m_details = std::make_unique<PortDetails>(QList<QAction *>(), Viewer, nullptr, users);
    m_details->resize(1100, 400);
    m_details->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_details.get()));
}

void tst_PortDetails::cleanup()
{
    m_details.reset();
}

void tst_PortDetails::factsAreShown()
{
    auto spec = shopSpec();
    spec.owners.front().project = Test::projectAt("/home/user/shop", "shop", "main");
    spec.owners.front().kind = ServerKind{.id = "vite", .name = "Vite"};
    spec.owners.front().cpuShare = 0.5;
    spec.connections = 2;

    show(listenerFrom(spec));

    QCOMPARE(find<QLabel>("detailsTitle")->text(), QStringLiteral("3000"));
    QCOMPARE(fact("factProcess"), QStringLiteral("node 4711"));
    QCOMPARE(fact("factCommand"), QStringLiteral("node server.js"));
    QCOMPARE(fact("factDirectory"), QStringLiteral("/home/user/work"));
    QCOMPARE(fact("factProject"), QStringLiteral("shop (main) in /home/user/shop"));
    QCOMPARE(fact("factKind"), QStringLiteral("Vite"));
    QCOMPARE(fact("factReach"), QStringLiteral("this machine only  ·  127.0.0.1"));
    QCOMPARE(fact("factConnections"), QStringLiteral("2 established  ·  0 waiting to be accepted (backlog 128)"));
    QVERIFY2(fact("factUsage").startsWith(QStringLiteral("CPU 50 %  ·  0 ms CPU time (")),
             qPrintable(fact("factUsage")));
    QVERIFY(fact("factUsage").endsWith(QStringLiteral("  ·  38 MB memory  ·  1 thread(s)")));
    QVERIFY(!find<QWidget>("factUnit")->isVisible());
}

void tst_PortDetails::hostileTextIsHarmless()
{
    auto spec = shopSpec();
    spec.owners.front().name = "<b>a\x1b[31m";
    spec.owners.front().arguments = {"run",
                                     "\xe2\x80\xae"
                                     "evil\nnext"};

    show(listenerFrom(spec));

    QVERIFY(find<QLabel>("detailsSubtitle")->text().contains(QLatin1String("<b>a\\e[31m")));
    QCOMPARE(find<QLabel>("detailsSubtitle")->textFormat(), Qt::PlainText);
    QVERIFY(!fact("factCommand").contains(QChar(0x202e)));
    QVERIFY(!fact("factCommand").contains(QLatin1Char('\n')));
}

void tst_PortDetails::factsAreCopiedByKeyboard()
{
    show(listenerFrom(shopSpec()));
    const QSignalSpy back(m_details.get(), &PortDetails::backRequested);
    auto *program = find<QWidget>("factProgram");
    auto *directory = find<QWidget>("factDirectory");
    program->setFocus();

    QTest::keyClick(program, Qt::Key_Tab);
    QCOMPARE(m_details->focusWidget(), directory);
    QTest::keySequence(directory, QKeySequence::SelectAll);
    QTest::keySequence(directory, QKeySequence::Copy);
    QTest::keyClick(directory, Qt::Key_Escape);

    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("/home/user/work"));
    QCOMPARE(back.size(), 1);
}

void tst_PortDetails::longCommandLineIsWholeAndBounded()
{
    auto spec = shopSpec();
    const std::string longest(128 * 1024, 'x');
    spec.owners.front().arguments = {longest};

    show(listenerFrom(spec));

    QCOMPARE(fact("factCommand").size(), 128 * 1024);
    QVERIFY(find<QWidget>("factCommand")->height() < 400);
    QVERIFY(find<QWidget>("factCommand")->width() < m_details->width());
}

void tst_PortDetails::warningUnfoldsItsFacts()
{
    auto spec = shopSpec();
    spec.warnings = {{.kind = WarningKind::NobodyAccepts, .facts = {{.key = "waiting", .value = "9"}}}};

    show(listenerFrom(spec));

    QVERIFY(find<QLabel>("warningTitle")->isVisible());
    QVERIFY(!find<QLabel>("facts")->isVisible());
    QTest::mouseClick(find<QToolButton>("factsButton"), Qt::LeftButton);
    QVERIFY(find<QLabel>("facts")->isVisible());
    QVERIFY(find<QLabel>("facts")->text().contains(QLatin1Char('9')));

    show(listenerFrom(shopSpec()));
    QVERIFY(!find<QLabel>("warningTitle")->isVisible());
}

void tst_PortDetails::allOwnersAreListed()
{
    auto spec = shopSpec();
    for (const pid_t worker : {4712, 4713}) {
        spec.owners.push_back({.pid = worker, .name = "worker"});
    }

    show(listenerFrom(spec));

    QVERIFY(find<QWidget>("owners")->isVisible());
    QCOMPARE(fact("owners").count(QLatin1Char('\n')), 2);
    QVERIFY(fact("owners").contains(QLatin1String("worker 4713")));
}

void tst_PortDetails::projectAndKindAreThoseOfTheList()
{
    auto spec = shopSpec(); // a master without a project, as one that was started in /
    spec.owners.push_back({.pid = 4712,
                           .project = Test::projectAt("/home/user/shop", "shop", "main"),
                           .kind = ServerKind{.id = "vite", .name = "Vite"}});

    show(listenerFrom(spec));

    QCOMPARE(fact("factProject"), QStringLiteral("shop (main) in /home/user/shop"));
    QCOMPARE(fact("factKind"), QStringLiteral("Vite"));
    QVERIFY(find<QLabel>("detailsSubtitle")->text().endsWith(QLatin1String("Vite")));
}

void tst_PortDetails::allPortsOfTheProcessAreListed()
{
    const auto first = listenerFrom(shopSpec());
    auto spec = shopSpec();
    spec.port = 24678;
    spec.address = "::1";
    const auto second = listenerFrom(spec);
    const auto foreign = listenerFrom({.port = 80, .owners = {{.pid = 1}}});

    m_details->setListener(first, snapshotOf({first, second, foreign}));

    QCOMPARE(fact("sockets"), QStringLiteral("TCP 127.0.0.1:3000\nTCP [::1]:24678"));
}

void tst_PortDetails::portsInARowAreOneLine()
{
    std::vector<ListenerPtr> listeners;
    for (const std::uint16_t port : {3002, 3000, 3001}) {
        auto spec = shopSpec();
        spec.port = port;
        spec.cookie = port;
        listeners.push_back(listenerFrom(spec));
    }

    m_details->setListener(listeners.front(), snapshotOf(listeners));

    QCOMPARE(fact("sockets"), QStringLiteral("TCP 127.0.0.1:3000-3002"));
    QVERIFY(find<QWidget>("sockets")->isVisible());
}

void tst_PortDetails::hiddenOwnerSaysWhy()
{
    show(listenerFrom({.port = 22, .knowledge = OwnerKnowledge::Hidden, .uid = 0}));

    QVERIFY2(fact("factProcess").contains(QLatin1String("root")), qPrintable(fact("factProcess")));
    QVERIFY(!find<QWidget>("factCommand")->isVisible());
    QVERIFY(!find<QWidget>("why")->isVisible());
    QVERIFY(!find<QWidget>("environmentButton")->isVisible());
}

void tst_PortDetails::bothUsersAreNamedWhereTheyDiffer()
{
    auto spec = shopSpec();
    spec.owners.front().uid = 4242;
    spec.uid = 0;
    show(listenerFrom(spec));
    QVERIFY2(fact("factUser").startsWith(QLatin1String("4242; the socket was opened by root: ")),
             qPrintable(fact("factUser")));

    spec.uid = 4242;
    show(listenerFrom(spec));
    QCOMPARE(fact("factUser"), QStringLiteral("4242"));
}

void tst_PortDetails::hiddenFilesSaySo()
{
    auto spec = shopSpec();
    spec.owners.front().directory.reset();
    spec.owners.front().executable.reset();

    show(listenerFrom(spec));

    for (const char *const name : {"factProgram", "factDirectory"}) {
        QVERIFY(find<QWidget>(name)->isVisible());
        QCOMPARE(fact(name), QStringLiteral("hidden: may not be read"));
    }
}

void tst_PortDetails::silentDirectorySaysSo()
{
    auto spec = shopSpec();
    spec.owners.front().isDirectorySilent = true;

    show(listenerFrom(spec));

    QCOMPARE(fact("factDirectory"), QStringLiteral("/home/user/work (its file system does not answer)"));
}

void tst_PortDetails::unknownQueueIsNotNone()
{
    auto listener = *listenerFrom(shopSpec());
    show(std::make_shared<const Listener>(listener));
    QVERIFY(fact("factConnections").contains(QLatin1String("0 waiting to be accepted (backlog 128)")));

    listener.socket.cookie = 0; // read from /proc/net
    show(std::make_shared<const Listener>(listener));

    QCOMPARE(fact("factConnections"), QStringLiteral("0 established"));
}

void tst_PortDetails::chainOfParentsIsATree()
{
    const auto process = [](pid_t pid, const char *name) {
        auto info = std::make_shared<ProcessInfo>();
        info->id = {.pid = pid, .startTicks = 1};
        info->name = name;
        return info;
    };
    auto listener = *listenerFrom(shopSpec());
    auto profile = *listener.owners.front().profile;
    profile.ancestry = {
        .steps = {{.process = process(4711, "node")},
                  {.process = process(90, "zsh"), .launcher = LauncherKind::Shell},
                  {.process = process(80, "code"), .launcher = LauncherKind::Ide, .launcherName = "VS Code"}},
        .origin = 2};
    listener.owners.front().profile = std::make_shared<const OwnerProfile>(profile);

    show(std::make_shared<const Listener>(listener));

    auto *tree = find<AncestryTree>("why");
    QCOMPARE(tree->topLevelItemCount(), 1);
    auto *top = tree->topLevelItem(0);
    QCOMPARE(top->text(0), QStringLiteral("code"));
    QCOMPARE(top->text(2), QStringLiteral("VS Code"));
    QVERIFY(top->font(0).weight() > top->child(0)->font(0).weight());
    QCOMPARE(top->child(0)->child(0)->text(1), QStringLiteral("4711"));
    QVERIFY(top->child(0)->isExpanded());
    QVERIFY(!find<QLabel>("whyNote")->isVisible());

    profile.ancestry.isReparented = true;
    listener.owners.front().profile = std::make_shared<const OwnerProfile>(profile);
    show(std::make_shared<const Listener>(listener));

    QVERIFY(find<QLabel>("whyNote")->isVisible());
}

void tst_PortDetails::keysReachTheEndOfALongChain()
{
    auto listener = *listenerFrom(shopSpec());
    auto profile = *listener.owners.front().profile;
    for (int i = 0; i < 40; ++i) {
        auto process = std::make_shared<ProcessInfo>();
        process->id = {.pid = 4000 - i, .startTicks = 1};
        profile.ancestry.steps.push_back({.process = process});
    }
    listener.owners.front().profile = std::make_shared<const OwnerProfile>(profile);
    m_details->resize(900, 300);
    show(std::make_shared<const Listener>(listener));
    auto *tree = find<AncestryTree>("why");
    QTRY_COMPARE(tree->height(), tree->sizeHint().height()); // it was laid out
    tree->setFocus();

    QTest::keyClick(tree, Qt::Key_End);

    const QRect last = tree->visualItemRect(tree->currentItem());
    QVERIFY(tree->currentItem()->childCount() == 0);
    const QRect seen = tree->visibleRegion().boundingRect();
    QCOMPARE_GE(last.center().y(), seen.top());
    QCOMPARE_LE(last.center().y(), seen.bottom());
    QCOMPARE(tree->verticalScrollBar()->maximum(), 0);
}

void tst_PortDetails::secretsStayMaskedUntilShown()
{
    const QSignalSpy wanted(m_details.get(), &PortDetails::environmentWanted);
    show(listenerFrom(shopSpec()));
    QTest::mouseClick(find<QPushButton>("environmentButton"), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);

    m_details->setEnvironment(
        Shop,
        std::vector<EnvironmentVariable>{{.name = "API_TOKEN", .value = "hunter2", .isSecret = true},
                                         {.name = "PATH", .value = "/bin"}});

    auto *list = find<QTreeWidget>("environmentList");
    QVERIFY(list->isVisible());
    auto *token = list->topLevelItem(0);
    QCOMPARE(list->topLevelItem(1)->text(1), QStringLiteral("/bin"));
    QVERIFY(!token->text(1).contains(QLatin1String("hunter2")));
    QVERIFY(!token->toolTip(1).contains(QLatin1String("hunter2")));
    QTest::mouseClick(list->itemWidget(token, 1)->findChild<QToolButton *>(), Qt::LeftButton);
    QCOMPARE(token->text(1), QStringLiteral("hunter2"));
}

void tst_PortDetails::hostileEnvironmentIsHarmlessInTheToolTip()
{
    const std::string hostile = "<img src=x>" + std::string(128 * 1024, 'x');
    show(listenerFrom(shopSpec()));

    m_details->setEnvironment(
        Shop,
        std::vector<EnvironmentVariable>{{.name = "API_TOKEN", .value = hostile, .isSecret = true},
                                         {.name = "PAGE", .value = hostile}});
    auto *list = find<QTreeWidget>("environmentList");
    QTest::mouseClick(list->itemWidget(list->topLevelItem(0), 1)->findChild<QToolButton *>(), Qt::LeftButton);

    for (int row = 0; row < 2; ++row) {
        const QString toolTip = list->topLevelItem(row)->toolTip(1);
        QVERIFY2(toolTip.contains(QLatin1String("&lt;img src=x&gt;")), qPrintable(toolTip));
        QVERIFY(!toolTip.contains(QLatin1String("<img")));
        QCOMPARE_LT(toolTip.size(), 1000);
    }
}

void tst_PortDetails::environmentOfAnotherProcessIsDropped()
{
    show(listenerFrom(shopSpec()));

    m_details->setEnvironment({.pid = Shop.pid, .startTicks = Shop.startTicks + 1},
                              std::vector<EnvironmentVariable>{{.name = "A", .value = "B"}});

    QVERIFY(!find<QTreeWidget>("environmentList")->isVisible());
}

void tst_PortDetails::foreignEnvironmentIsNotOffered()
{
    auto spec = shopSpec();
    spec.owners.front().uid = Viewer + 1;

    show(listenerFrom(spec));

    QVERIFY(!find<QPushButton>("environmentButton")->isVisible());
    QVERIFY(find<QLabel>("environmentNote")->isVisible());
}

void tst_PortDetails::narrowPanelPutsTheHalvesBelowEachOther()
{
    show(listenerFrom(shopSpec()));
    const auto place = [this](const char *name) { return find<QWidget>(name)->mapTo(m_details.get(), QPoint(0, 0)); };
    QVERIFY(place("environmentButton").x() > place("factProcess").x());
    QVERIFY(place("environmentButton").y() < place("factUsage").y());

    m_details->resize(420, 900);

    QTRY_VERIFY(place("environmentButton").y() > place("factUsage").y());
}

QTEST_MAIN(tst_PortDetails)
#include "tst_portdetails.moc"
