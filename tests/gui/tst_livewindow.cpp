// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoserver.h"
#include "app/demo/demoservers.h"
#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "app/widgets/messagebar.h"
#include "app/window/mainwindow.h"
#include "app/window/portspage.h"
#include "app/window/portview.h"
#include "core/control/leaveoutrules.h"
#include "tests/gui/livewindow.h"
#include "tests/support/testserver.h"

#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QTest>

#include <span>
#include <string_view>

using namespace Quay;
using Test::LookTimeoutMs;
using Test::TestServer;

/// The whole program on a real display, with real servers, driven by mouse and keyboard.
class tst_LiveWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void serverAppearsAndVanishes();
    void searchFindsOneServerAndEscapeAllAgain();
    void headerSortsByPid();
    void clickSelectsAndShowsDetails();
    void filterButtonHidesUdp();
    void selectionStaysWhileServersComeAndGo();
    void demonstrationServersAreRows();
    void stoppedDemonstrationServerHasNotFailed();
    void twoWindowsLookEachByItself();

private:
    [[nodiscard]] RowFreshness freshness(const TestServer &server) const;
    void click(const QModelIndex &index);
    [[nodiscard]] QLineEdit *search() const
    {
        return m_live.window()->findChild<QLineEdit *>(QStringLiteral("search"));
    }

    Test::LiveWindow m_live;
};

void tst_LiveWindow::initTestCase()
{
    if (!Test::LiveWindow::hasDisplay()) {
        QSKIP(Test::LiveWindow::NoDisplay);
    }
}

void tst_LiveWindow::init()
{
    QVERIFY2(m_live.open(), Test::LiveWindow::NotActive);
}

void tst_LiveWindow::cleanup()
{
    m_live.close();
}

RowFreshness tst_LiveWindow::freshness(const TestServer &server) const
{
    return static_cast<RowFreshness>(m_live.row(server).data(PortModelRole::Freshness).toInt());
}

void tst_LiveWindow::click(const QModelIndex &index)
{
    m_live.view()->scrollTo(index);
    QTest::mouseClick(m_live.view()->viewport(), Qt::LeftButton, {}, m_live.view()->visualRect(index).center());
}

void tst_LiveWindow::serverAppearsAndVanishes()
{
    QTRY_VERIFY_WITH_TIMEOUT(!m_live.window()->findChild<QLabel *>(QStringLiteral("costLine"))->text().isEmpty(),
                             LookTimeoutMs); // the first look is over: what comes now is new
    auto server = TestServer::start({});
    QVERIFY(server);

    QTRY_VERIFY_WITH_TIMEOUT(m_live.row(*server).isValid(), LookTimeoutMs);
    QCOMPARE(freshness(*server), RowFreshness::Appeared);
    QTRY_COMPARE_WITH_TIMEOUT(m_live.row(*server, PortModelColumn::Pid).data().toInt(), static_cast<int>(server->pid()),
                              LookTimeoutMs);

    server->end();

    QTRY_COMPARE_WITH_TIMEOUT(freshness(*server), RowFreshness::Vanished, LookTimeoutMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_live.row(*server).isValid(), LookTimeoutMs);
}

void tst_LiveWindow::searchFindsOneServerAndEscapeAllAgain()
{
    const auto server = TestServer::start({});
    const auto other = TestServer::start({});
    QVERIFY(server && other);
    QTRY_VERIFY_WITH_TIMEOUT(m_live.row(*server).isValid() && m_live.row(*other).isValid(), LookTimeoutMs);
    const int all = m_live.view()->model()->rowCount();
    m_live.view()->setFocus();

    QTest::keyClicks(m_live.view(), QStringLiteral(":"));
    QTest::keyClicks(search(), QString::number(server->port()));

    QTRY_COMPARE_WITH_TIMEOUT(m_live.view()->model()->rowCount(), 1, LookTimeoutMs);
    QVERIFY(m_live.row(*server).isValid());
    QTest::keyClick(search(), Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(m_live.view()->model()->rowCount() >= all, LookTimeoutMs);
}

void tst_LiveWindow::headerSortsByPid()
{
    const auto server = TestServer::start({});
    const auto other = TestServer::start({});
    QVERIFY(server && other);
    QTRY_VERIFY_WITH_TIMEOUT(m_live.row(*server, PortModelColumn::Pid).data().toInt() > 0
                                 && m_live.row(*other, PortModelColumn::Pid).data().toInt() > 0,
                             LookTimeoutMs);
    const auto press = [this] {
        auto *header = m_live.view()->header();
        const int x =
            header->sectionViewportPosition(PortModelColumn::Pid) + (header->sectionSize(PortModelColumn::Pid) / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, header->height() / 2));
    };
    const bool isServerFirst = server->pid() < other->pid();

    press();
    QTRY_COMPARE(m_live.row(*server).row() < m_live.row(*other).row(), isServerFirst);
    press();
    QTRY_COMPARE(m_live.row(*server).row() > m_live.row(*other).row(), isServerFirst);
}

void tst_LiveWindow::clickSelectsAndShowsDetails()
{
    const auto server = TestServer::start({});
    QVERIFY(server);
    QTRY_VERIFY_WITH_TIMEOUT(m_live.row(*server, PortModelColumn::Pid).data().toInt() > 0, LookTimeoutMs);

    click(m_live.row(*server));

    QCOMPARE(m_live.window()->findChild<QLabel *>(QStringLiteral("detailsTitle"))->text(),
             QString::number(server->port()));
    const auto command = m_live.window()->findChild<QPlainTextEdit *>(QStringLiteral("factCommand"))->toPlainText();
    QVERIFY2(command.contains(QLatin1String("testserver")), qPrintable(command));
    const auto process = m_live.window()->findChild<QPlainTextEdit *>(QStringLiteral("factProcess"))->toPlainText();
    QVERIFY2(process.contains(QString::number(server->pid())), qPrintable(process));
}

void tst_LiveWindow::filterButtonHidesUdp()
{
    const auto server = TestServer::start({});
    const auto udp = TestServer::start({"--udp"});
    QVERIFY(server && udp);
    QTRY_VERIFY_WITH_TIMEOUT(m_live.row(*server).isValid() && m_live.row(*udp).isValid(), LookTimeoutMs);

    m_live.window()->findChild<QAction *>(QStringLiteral("filterUdp"))->trigger();

    QTRY_VERIFY(!m_live.row(*udp).isValid());
    QVERIFY(m_live.row(*server).isValid());
}

void tst_LiveWindow::selectionStaysWhileServersComeAndGo()
{
    const auto server = TestServer::start({});
    QVERIFY(server);
    QTRY_VERIFY_WITH_TIMEOUT(m_live.row(*server).isValid(), LookTimeoutMs);
    click(m_live.row(*server));

    for (int round = 0; round < 3; ++round) {
        auto passing = TestServer::start({});
        QVERIFY(passing);
        QTRY_VERIFY_WITH_TIMEOUT(m_live.row(*passing).isValid(), LookTimeoutMs);
        passing->end();
        QTRY_VERIFY_WITH_TIMEOUT(!m_live.row(*passing).isValid() || freshness(*passing) == RowFreshness::Vanished,
                                 LookTimeoutMs);
    }

    QCOMPARE(m_live.view()->currentIndex().siblingAtColumn(PortModelColumn::Port).data().toInt(), int{server->port()});
}

void tst_LiveWindow::demonstrationServersAreRows()
{
    const auto processes = [this] {
        QStringList names;
        const auto *model = m_live.view()->model();
        for (int i = 0; i < model->rowCount(); ++i) {
            const auto index = model->index(i, PortModelColumn::Process);
            if (index.data(PortModelRole::Freshness).toInt() != static_cast<int>(RowFreshness::Vanished)) {
                names << index.data().toString();
            }
        }
        return names;
    };
    QTRY_VERIFY_WITH_TIMEOUT(m_live.view()->model()->rowCount() > 0, LookTimeoutMs);
    const auto rowOf = [this](const QString &process) {
        const auto found = m_live.view()->model()->match(m_live.view()->model()->index(0, PortModelColumn::Process),
                                                         Qt::DisplayRole, process, 1, Qt::MatchExactly);
        return found.value(0);
    };

    m_live.window()->findChild<QAction *>(QStringLiteral("startDemo"))->trigger();

    QTRY_VERIFY2_WITH_TIMEOUT(processes().contains(QLatin1String("demo-shop")), "no row", LookTimeoutMs);
    for (const char *name :
         {"demo-api", "demo-stuck", "demo-metrics", "demo-pool +3", "demo-split-v4", "demo-split-v6"}) {
        QTRY_VERIFY2_WITH_TIMEOUT(processes().contains(QLatin1String(name)), name, LookTimeoutMs);
    }
    QCOMPARE(rowOf(QStringLiteral("demo-metrics")).siblingAtColumn(PortModelColumn::Protocol).data().toString(),
             QStringLiteral("UDP"));
    QVERIFY(rowOf(QStringLiteral("demo-shop")).siblingAtColumn(PortModelColumn::Port).data().toInt() >= 3000);
    for (const char *name : {"demo-stuck", "demo-split-v4", "demo-split-v6"}) {
        QTRY_VERIFY2_WITH_TIMEOUT(rowOf(QLatin1String(name)).data(PortModelRole::WarningCount).toInt() > 0, name,
                                  LookTimeoutMs);
    }
    click(rowOf(QStringLiteral("demo-shop")));
    QVERIFY(m_live.window()
                ->findChild<QPlainTextEdit *>(QStringLiteral("factProcess"))
                ->toPlainText()
                .contains(QLatin1String("demo-shop")));
}

void tst_LiveWindow::stoppedDemonstrationServerHasNotFailed()
{
    const auto shop = [this] {
        const auto first = m_live.view()->model()->index(0, PortModelColumn::Process);
        const auto rows = m_live.view()->model()->match(first, Qt::DisplayRole, QStringLiteral("demo-shop"));
        const bool isThere = !rows.isEmpty()
            && rows.front().siblingAtColumn(0).data(PortModelRole::Freshness).toInt()
                != static_cast<int>(RowFreshness::Vanished);
        return isThere ? rows.front() : QModelIndex();
    };
    m_live.window()->startDemo();
    QTRY_VERIFY_WITH_TIMEOUT(shop().isValid(), LookTimeoutMs);
    m_live.view()->setCurrentIndex(shop());

    m_live.window()->findChild<QAction *>(QStringLiteral("stop"))->trigger();

    QTRY_VERIFY_WITH_TIMEOUT(!shop().isValid(), LookTimeoutMs);
    const auto *demo = m_live.window()->findChild<DemoServers *>();
    QTRY_COMPARE(demo->findChildren<QProcess *>().size(), static_cast<qsizetype>(DemoServerNames.size()) - 1);
    QCOMPARE(m_live.window()->portsPage()->messages()->messageText(QStringLiteral("demoFailed")), QString());
}

void tst_LiveWindow::twoWindowsLookEachByItself()
{
    PortScanner otherScanner;
    MainWindow other(&otherScanner, &m_live.desktop(), m_live.path(QStringLiteral("window.json")));
    other.show();
    QVERIFY(QTest::qWaitForWindowExposed(&other));
    const auto pidIn = [](const MainWindow &window, const TestServer &server) {
        const auto *model = window.portsPage()->view()->model();
        const auto found = model->match(model->index(0, PortModelColumn::Port), Qt::DisplayRole,
                                        QString::number(server.port()), 1, Qt::MatchExactly);
        return found.value(0).siblingAtColumn(PortModelColumn::Pid).data().toInt();
    };

    auto server = TestServer::start({});
    QVERIFY(server);

    QTRY_COMPARE_WITH_TIMEOUT(pidIn(*m_live.window(), *server), int{server->pid()}, LookTimeoutMs);
    QTRY_COMPARE_WITH_TIMEOUT(pidIn(other, *server), int{server->pid()}, LookTimeoutMs);
    other.findChild<QLineEdit *>(QStringLiteral("search"))->setText(QStringLiteral("no such server"));
    QTRY_COMPARE(other.portsPage()->view()->model()->rowCount(), 0);
    QCOMPARE(pidIn(*m_live.window(), *server), int{server->pid()});

    QVERIFY(other.close());
    const auto later = TestServer::start({}); // the first one goes on looking
    QVERIFY(later);
    QTRY_COMPARE_WITH_TIMEOUT(pidIn(*m_live.window(), *later), int{later->pid()}, LookTimeoutMs);
}

int main(int argc, char **argv)
{
    if (const std::span words(argv, static_cast<std::size_t>(argc));
        words.size() == 3 && std::string_view(words[1]) == DemoServerOption) {
        return runDemoServer(words[2]); // started by the window: as the program does
    }
    if (qEnvironmentVariableIsEmpty("DISPLAY")) {
        qputenv("QT_QPA_PLATFORM", "offscreen"); // so that the test can say why it is skipped
    }
    const QApplication application(argc, argv);
    tst_LiveWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_livewindow.moc"
