// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portmodelroles.h"
#include "app/widgets/endingcard.h"
#include "app/widgets/endingchoices.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/rowbuttons.h"
#include "app/window/endings.h"
#include "app/window/mainwindow.h"
#include "app/window/portspage.h"
#include "app/window/portview.h"
#include "core/kernel/pidfd.h"
#include "tests/gui/livewindow.h"
#include "tests/gui/widgettext.h"
#include "tests/support/clientsocket.h"
#include "tests/support/testserver.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>

#include <chrono>

using namespace Quay;
using Test::LookTimeoutMs;
using Test::TestServer;

namespace {

bool isAlive(const PidFd &process)
{
    return process.hasEnded() == false;
}

} // namespace

/// Presses the real buttons in the real window, and sees real servers end and real ports become free.
class tst_LiveEndings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void stopButtonFreesThePort();
    void buttonOfTheRowStopsItAndNotTheSelectedOne();
    void deleteKeyStops();
    void shiftDeleteKills();
    void rowSaysWhatHappensAndForceNowEndsIt();
    void whatGoesWithItIsSaid();
    void leaveItLeavesItRunning();
    void rowsStayUnderThePointerWhenACardComes();
    void whoeverBroughtItBackIsOffered();
    void askedAgainItIsOneEndingAndKillingForcesIt();
    void moreThanOneProcessIsAskedAboutFirst();
    void scopeIsThatOfTheAction_data();
    void scopeIsThatOfTheAction();
    void stopOtherwiseAsksHow();
    void escapeInTheListAnswersNoFirst();
    void severalEndAtATime();
    void everybodyWhoHoldsThePortIsMeant();
    void closedWindowLeavesAndRecords();
    void unreadableListOfProtectedProgramsStopsNobody();
    void whatWentWellIsTakenAwayAfterAWhile();
    void cardUnderThePointerStays();
    void ofManyProcessesTheFirstTwentyAreNamed();

private:
    void select(const TestServer &server);
    [[nodiscard]] QWidget *detailsButton(const QString &action) const;
    [[nodiscard]] QList<EndingCard *> cards() const;
    /// A label of the only card.
    [[nodiscard]] QString cardText(const QString &label) const;
    void press(const QString &cardButton);
    [[nodiscard]] QByteArray auditLog() const;
    void trigger(const QString &action);
    /// Of the cards that went as they were to go.
    [[nodiscard]] QTimer *tidyTimer() const { return m_live.window()->findChild<QTimer *>(QStringLiteral("tidy")); }
    void pointAt(QWidget *widget);

    Test::LiveWindow m_live;
};

void tst_LiveEndings::initTestCase()
{
    if (!Test::LiveWindow::hasDisplay()) {
        QSKIP(Test::LiveWindow::NoDisplay);
    }
}

void tst_LiveEndings::init()
{
    QVERIFY2(m_live.open(), Test::LiveWindow::NotActive);
}

void tst_LiveEndings::cleanup()
{
    m_live.close();
}

void tst_LiveEndings::select(const TestServer &server)
{
    QTRY_VERIFY_WITH_TIMEOUT(m_live.row(server, PortModelColumn::Pid).data().toInt() > 0, LookTimeoutMs);
    m_live.view()->setFocus();
    m_live.view()->setCurrentIndex(m_live.row(server));
}

QWidget *tst_LiveEndings::detailsButton(const QString &action) const
{
    const auto *bar = m_live.window()->findChild<QWidget *>(QStringLiteral("portDetails"))->findChild<QToolBar *>();
    return bar->widgetForAction(m_live.window()->findChild<QAction *>(action));
}

QList<EndingCard *> tst_LiveEndings::cards() const
{
    QList<EndingCard *> shown;
    for (auto *card : m_live.window()->findChildren<EndingCard *>()) {
        if (card->isVisible()) {
            shown << card;
        }
    }
    return shown;
}

QString tst_LiveEndings::cardText(const QString &label) const
{
    return cards().size() == 1 ? Test::shownText(cards().front(), label) : QString();
}

void tst_LiveEndings::press(const QString &cardButton)
{
    QTRY_COMPARE(cards().size(), 1);
    auto *button = cards().front()->findChild<QAbstractButton *>(cardButton);
    QTRY_VERIFY(button->isVisible() && cards().front()->takesClicks());
    QTest::mouseClick(button, Qt::LeftButton);
}

QByteArray tst_LiveEndings::auditLog() const
{
    QFile file(m_live.path(QStringLiteral("quaymaster/audit.jsonl")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void tst_LiveEndings::trigger(const QString &action)
{
    m_live.window()->findChild<QAction *>(action)->trigger();
}

void tst_LiveEndings::stopButtonFreesThePort()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY(server);
    const auto handle = PidFd::open(server->pid());
    QVERIFY(handle);
    select(*server);

    auto *button = detailsButton(QStringLiteral("stop"));
    QTRY_VERIFY(button->isEnabled() && !button->visibleRegion().isEmpty()); // the details have been laid out
    QTest::mouseClick(button, Qt::LeftButton);

    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(*handle), LookTimeoutMs);
    const auto free = QStringLiteral("Port %1 is free.").arg(server->port());
    QTRY_VERIFY2(cardText(QStringLiteral("endingText")).endsWith(free),
                 qPrintable(cardText(QStringLiteral("endingText"))));
    QVERIFY(
        cardText(QStringLiteral("endingText")).startsWith(QStringLiteral("testserver %1 ended ").arg(server->pid())));
    QVERIFY(cardText(QStringLiteral("endingText")).contains(QStringLiteral(" after SIGTERM.\n")));
    QTRY_VERIFY_WITH_TIMEOUT(!m_live.row(*server).isValid(), LookTimeoutMs);
    QVERIFY2(auditLog().contains(QByteArray::number(server->pid())), auditLog().constData());

    press(QStringLiteral("close"));
    QTRY_VERIFY(cards().isEmpty());
}

void tst_LiveEndings::buttonOfTheRowStopsItAndNotTheSelectedOne()
{
    const auto server = TestServer::start({"listen"});
    const auto other = TestServer::start({"listen"});
    QVERIFY(server && other);
    const auto handle = PidFd::open(server->pid());
    const auto otherHandle = PidFd::open(other->pid());
    select(*server);
    select(*other);
    auto *viewport = m_live.view()->viewport();
    const auto *buttons = viewport->findChild<RowButtons *>();
    QTRY_COMPARE(buttons->row().row(), m_live.row(*other).row()); // nobody points: those of the current row

    int steps = 0;
    const auto pointAtServer = [&] { // again and again: rows come and go between a motion and its arrival
        QTest::mouseMove(viewport, m_live.view()->visualRect(m_live.row(*server)).center() + QPoint(++steps % 2, 0));
        return buttons->row().row() == m_live.row(*server).row();
    };
    QTRY_VERIFY_WITH_TIMEOUT(pointAtServer(), LookTimeoutMs);
    auto *stop = buttons->findChild<QToolButton *>(QStringLiteral("stop"));
    QVERIFY(viewport->rect().contains(QRect(stop->mapTo(viewport, QPoint()), stop->size())));
    QTest::mouseClick(stop, Qt::LeftButton);

    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(*handle), LookTimeoutMs);
    QTRY_VERIFY(cardText(QStringLiteral("endingText")).contains(QStringLiteral("is free.")));
    QVERIFY(isAlive(*otherHandle));
}

void tst_LiveEndings::deleteKeyStops()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY(server);
    const auto handle = PidFd::open(server->pid());
    select(*server);

    QTest::keyClick(m_live.view(), Qt::Key_Delete);

    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(*handle), LookTimeoutMs);
    QTRY_VERIFY(cardText(QStringLiteral("endingText")).contains(QStringLiteral("SIGTERM")));
}

void tst_LiveEndings::shiftDeleteKills()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY(server);
    const auto handle = PidFd::open(server->pid());
    select(*server);

    QTest::keyClick(m_live.view(), Qt::Key_Delete, Qt::ShiftModifier);

    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(*handle), LookTimeoutMs);
    QTRY_VERIFY(cardText(QStringLiteral("endingText")).contains(QStringLiteral("SIGKILL")));
    QVERIFY(!cardText(QStringLiteral("endingText")).contains(QStringLiteral("SIGTERM")));
}

void tst_LiveEndings::rowSaysWhatHappensAndForceNowEndsIt()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY(server);
    const auto handle = PidFd::open(server->pid());
    select(*server);

    trigger(QStringLiteral("stop"));

    QTRY_VERIFY(m_live.row(*server, PortModelColumn::Process).data().toString().contains(QStringLiteral("stopping, ")));
    QTRY_VERIFY(cards().size() == 1 && cards().front()->findChild<QProgressBar *>()->isVisible());
    const auto *bar = cards().front()->findChild<QProgressBar *>();
    const int before = bar->value();
    QTRY_VERIFY(bar->value() > before);
    QVERIFY(isAlive(*handle));

    press(QStringLiteral("forceNow"));

    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(*handle), LookTimeoutMs);
    QTRY_VERIFY(cardText(QStringLiteral("endingText")).contains(QStringLiteral("SIGKILL")));
    QTRY_VERIFY_WITH_TIMEOUT(!m_live.row(*server).isValid(), LookTimeoutMs);
}

void tst_LiveEndings::whatGoesWithItIsSaid()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY(server);
    const auto client = Test::connectTo(server->port());
    QVERIFY(client);
    select(*server);
    QTRY_COMPARE_WITH_TIMEOUT(m_live.row(*server, PortModelColumn::Connections).data().toInt(), 1, LookTimeoutMs);

    trigger(QStringLiteral("stop"));

    QTRY_VERIFY(
        cardText(QStringLiteral("endingText")).contains(QStringLiteral("1 established connection(s) will be cut.")));
    press(QStringLiteral("forceNow"));
    QTRY_VERIFY_WITH_TIMEOUT(cardText(QStringLiteral("endingText")).contains(QStringLiteral("SIGKILL")), LookTimeoutMs);
    QVERIFY(!cardText(QStringLiteral("endingText")).contains(QStringLiteral("will be cut"))); // they were
}

void tst_LiveEndings::leaveItLeavesItRunning()
{
    auto server = TestServer::start({"deaf"});
    QVERIFY(server);
    const auto handle = PidFd::open(server->pid());
    select(*server);
    trigger(QStringLiteral("stop"));

    press(QStringLiteral("leaveIt"));

    QTRY_VERIFY(cardText(QStringLiteral("endingText")).contains(QStringLiteral("was asked to stop and still runs.")));
    QTRY_VERIFY(!m_live.row(*server, PortModelColumn::Process).data().toString().contains(QStringLiteral("stopping")));
    QVERIFY(isAlive(*handle));
    const auto held = QStringLiteral("Port %1 is held by testserver %2.").arg(server->port()).arg(server->pid());
    QTRY_VERIFY_WITH_TIMEOUT(cardText(QStringLiteral("endingText")).endsWith(held), LookTimeoutMs);

    server->end();

    QTRY_VERIFY_WITH_TIMEOUT(!m_live.row(*server).isValid(), LookTimeoutMs);
    QVERIFY(cardText(QStringLiteral("endingText")).endsWith(held)); // it says how it was, not how it is
}

void tst_LiveEndings::rowsStayUnderThePointerWhenACardComes()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY(server);
    select(*server);
    const auto place = [&] {
        const auto *view = m_live.view();
        return view->viewport()->mapToGlobal(view->visualRect(m_live.row(server->port())).topLeft());
    };
    const auto before = place();

    trigger(QStringLiteral("stop"));
    QTRY_COMPARE(cards().size(), 1);
    QTRY_VERIFY(cards().front()->isVisible());
    auto *card = cards().front();
    const QSignalSpy left(card, &EndingCard::leaveRequested);
    QTest::mouseClick(card->findChild<QAbstractButton *>(QStringLiteral("leaveIt")), Qt::LeftButton);

    QVERIFY(card->takesClicks() || left.isEmpty()); // whoever clicked twice did not mean the card
    QCOMPARE(place(), before);
    press(QStringLiteral("leaveIt"));
    QTRY_VERIFY(cardText(QStringLiteral("endingText")).contains(QStringLiteral("still runs.")));
}

void tst_LiveEndings::whoeverBroughtItBackIsOffered()
{
    const auto server = TestServer::start({"revive"});
    QVERIFY(server);
    const auto handle = PidFd::open(server->pid());
    select(*server);

    trigger(QStringLiteral("stop"));
    QTRY_VERIFY_WITH_TIMEOUT(cardText(QStringLiteral("endingText")).contains(QStringLiteral("came back")),
                             LookTimeoutMs);
    const QString bringer = QStringLiteral("testserver %1").arg(server->pid());
    QTRY_VERIFY_WITH_TIMEOUT(
        cards().front()->findChild<QPushButton *>(QStringLiteral("offer"))->text().contains(bringer), LookTimeoutMs);
    QVERIFY(!cardText(QStringLiteral("endingText")).contains(QStringLiteral("which it held")));
    QVERIFY(cards().front()->findChild<QPushButton *>(QStringLiteral("startAgain"))->isHidden());
    press(QStringLiteral("offer"));
    QTRY_VERIFY(cardText(QStringLiteral("endingText")).contains(QStringLiteral("SIGTERM to ") + bringer));
    press(QStringLiteral("agree"));

    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(*handle), LookTimeoutMs);
    QTRY_VERIFY(
        cardText(QStringLiteral("endingText")).endsWith(QStringLiteral("Port %1 is free.").arg(server->port())));
}

void tst_LiveEndings::askedAgainItIsOneEndingAndKillingForcesIt()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY(server);
    const auto handle = PidFd::open(server->pid());
    select(*server);
    trigger(QStringLiteral("stop"));
    QTRY_VERIFY(auditLog().contains("begun"));

    trigger(QStringLiteral("stop"));
    trigger(QStringLiteral("forceKill"));

    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(*handle), LookTimeoutMs);
    QTRY_VERIFY(cardText(QStringLiteral("endingText")).contains(QStringLiteral("SIGKILL")));
    QCOMPARE(cards().size(), 1);
}

void tst_LiveEndings::moreThanOneProcessIsAskedAboutFirst()
{
    const auto server = TestServer::start({"family"});
    QVERIFY(server);
    const auto handle = PidFd::open(server->pid());
    select(*server);

    trigger(QStringLiteral("stopTree"));
    QTRY_VERIFY(cardText(QStringLiteral("endingTitle")).startsWith(QStringLiteral("Stop ")));
    QVERIFY(
        cardText(QStringLiteral("endingText")).contains(QStringLiteral("SIGTERM to testserver %1").arg(server->pid())));
    auto *agree = cards().front()->findChild<QAbstractButton *>(QStringLiteral("agree"));
    QTRY_VERIFY(agree->y()
                < cards().front()->findChild<QWidget *>(QStringLiteral("endingText"))->y()); // always in sight
    press(QStringLiteral("cancel"));
    QTRY_VERIFY(cards().isEmpty());
    QVERIFY(m_live.view()->hasFocus()); // Del means the list again
    QVERIFY(isAlive(*handle));
    QVERIFY(auditLog().isEmpty());

    trigger(QStringLiteral("stopTree"));
    press(QStringLiteral("agree"));
    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(*handle), LookTimeoutMs);
    QTRY_VERIFY(
        cardText(QStringLiteral("endingText")).endsWith(QStringLiteral("Port %1 is free.").arg(server->port())));
}

void tst_LiveEndings::scopeIsThatOfTheAction_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<KillScope>("scope");
    QTest::addColumn<bool>("isForced");
    QTest::addRow("stop, tree") << QStringLiteral("stopTree") << KillScope::Tree << false;
    QTest::addRow("stop, session") << QStringLiteral("stopSession") << KillScope::Session << false;
    QTest::addRow("kill, tree") << QStringLiteral("killTree") << KillScope::Tree << true;
    QTest::addRow("kill, session") << QStringLiteral("killSession") << KillScope::Session << true;
}

void tst_LiveEndings::scopeIsThatOfTheAction()
{
    QFETCH(const QString, action);
    QFETCH(const KillScope, scope);
    QFETCH(const bool, isForced);
    const auto server = TestServer::start({"family"});
    QVERIFY(server);
    select(*server);

    trigger(action);

    QTRY_COMPARE(cards().size(), 1);
    const auto &plan = m_live.view()->window()->findChild<Endings *>()->all().front().plan;
    QCOMPARE(plan.scope, scope);
    QCOMPARE(plan.isForced, isForced);
    QCOMPARE_GT(plan.targets.size(), std::size_t{1});
    press(QStringLiteral("cancel"));
    QTRY_VERIFY(cards().isEmpty());
}

void tst_LiveEndings::stopOtherwiseAsksHow()
{
    const auto server = TestServer::start({"deaf"}); // which SIGINT ends
    QVERIFY(server);
    const auto handle = PidFd::open(server->pid());
    select(*server);

    trigger(QStringLiteral("stopOtherwise"));

    QTRY_COMPARE(cards().size(), 1);
    QVERIFY(isAlive(*handle));
    auto *choices = cards().front()->findChild<EndingChoices *>();
    QTRY_VERIFY(choices->isVisible());
    choices->findChild<QComboBox *>(QStringLiteral("signalChoice"))->setCurrentText(QStringLiteral("SIGINT"));
    choices->findChild<QSpinBox *>(QStringLiteral("graceSeconds"))->setValue(3600);
    press(QStringLiteral("agree"));
    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(*handle), LookTimeoutMs);
    QTRY_VERIFY2(cardText(QStringLiteral("endingText")).contains(QLatin1String("SIGINT")),
                 qPrintable(cardText(QStringLiteral("endingText"))));
}

void tst_LiveEndings::escapeInTheListAnswersNoFirst()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY(server);
    const auto handle = PidFd::open(server->pid());
    auto *const search = m_live.window()->findChild<QLineEdit *>(QStringLiteral("search"));
    search->setText(QStringLiteral(":%1").arg(server->port()));
    select(*server);
    trigger(QStringLiteral("stopOtherwise"));
    QTRY_COMPARE(cards().size(), 1);

    QTest::keyClick(m_live.view(), Qt::Key_Escape);

    QTRY_VERIFY(cards().isEmpty());
    QVERIFY(!search->text().isEmpty());
    QVERIFY(isAlive(*handle));
    QTest::keyClick(m_live.view(), Qt::Key_Escape);
    QVERIFY(search->text().isEmpty());
}

void tst_LiveEndings::severalEndAtATime()
{
    const auto first = TestServer::start({"deaf"});
    const auto second = TestServer::start({"deaf"});
    QVERIFY(first && second);
    const auto secondHandle = PidFd::open(second->pid());
    const auto firstHandle = PidFd::open(first->pid());
    select(*first);
    trigger(QStringLiteral("stop"));
    select(*second);
    trigger(QStringLiteral("forceKill"));

    QTRY_COMPARE(cards().size(), 2);
    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(*secondHandle), LookTimeoutMs);
    QVERIFY(isAlive(*firstHandle)); // it has five seconds, and was not meant
    QTRY_VERIFY(cards().front()->takesClicks());
    QTest::mouseClick(cards().front()->findChild<QAbstractButton *>(QStringLiteral("leaveIt")), Qt::LeftButton);
    QTRY_VERIFY(Test::shownText(cards().front(), QStringLiteral("endingText")).contains(QStringLiteral("still runs")));
}

void tst_LiveEndings::everybodyWhoHoldsThePortIsMeant()
{
    const auto server = TestServer::start({"family"});
    QVERIFY(server);
    select(*server);
    const auto handle = PidFd::open(m_live.row(*server, PortModelColumn::Pid).data().toInt());
    QVERIFY(handle);
    QTRY_COMPARE_WITH_TIMEOUT(
        m_live.view()->currentIndex().data(PortModelRole::Listener).value<ListenerPtr>()->knowledge,
        OwnerKnowledge::Complete, LookTimeoutMs);
    const auto owners = m_live.view()->currentIndex().data(PortModelRole::Listener).value<ListenerPtr>()->owners.size();
    QVERIFY(owners > 1);

    trigger(QStringLiteral("stop"));

    QTRY_COMPARE(cardText(QStringLiteral("endingTitle")), QStringLiteral("Stop %1 process(es)?").arg(owners));
    press(QStringLiteral("cancel"));
    QVERIFY(isAlive(*handle));
}

void tst_LiveEndings::closedWindowLeavesAndRecords()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY(server);
    const auto handle = PidFd::open(server->pid());
    select(*server);
    trigger(QStringLiteral("stop"));
    QTRY_VERIFY(auditLog().contains("begun"));

    m_live.close();

    QVERIFY(isAlive(*handle));
    QVERIFY2(auditLog().contains("\"left\""), auditLog().constData());
}

void tst_LiveEndings::unreadableListOfProtectedProgramsStopsNobody()
{
    QVERIFY(QDir().mkpath(m_live.path(QStringLiteral("quaymaster/protected")))); // a directory in its place
    const auto server = TestServer::start({"listen"});
    QVERIFY(server);
    const auto handle = PidFd::open(server->pid());
    select(*server);

    trigger(QStringLiteral("stop"));

    const auto message = [this] {
        return m_live.window()->portsPage()->messages()->messageText(QStringLiteral("endingRefused"));
    };
    QTRY_VERIFY2(message().startsWith(QStringLiteral("Nothing was stopped")), qPrintable(message()));
    QVERIFY(isAlive(*handle));
    QVERIFY(cards().isEmpty());
}

void tst_LiveEndings::pointAt(QWidget *widget)
{
    int steps = 0;
    const auto point = [&] { // again and again: what is below the pointer may have moved meanwhile
        QTest::mouseMove(widget, widget->rect().center() + QPoint(++steps % 2, 0));
        return widget->underMouse();
    };
    QTRY_VERIFY_WITH_TIMEOUT(point(), LookTimeoutMs);
}

void tst_LiveEndings::whatWentWellIsTakenAwayAfterAWhile()
{
    const auto stubborn = TestServer::start({"deaf"});
    const auto server = TestServer::start({"listen"});
    QVERIFY(stubborn && server);
    select(*stubborn);
    trigger(QStringLiteral("stop"));
    press(QStringLiteral("leaveIt"));
    QTRY_VERIFY(cardText(QStringLiteral("endingText")).contains(QStringLiteral("still runs.")));
    QVERIFY(!tidyTimer()->isActive());
    select(*server);
    trigger(QStringLiteral("stop"));
    QTRY_VERIFY_WITH_TIMEOUT(tidyTimer()->isActive(), LookTimeoutMs);
    QCOMPARE(tidyTimer()->intervalAsDuration(), std::chrono::seconds(20));
    QCOMPARE(cards().size(), 2);
    pointAt(m_live.view()->viewport());

    tidyTimer()->start(std::chrono::seconds(0)); // as if they had passed

    QTRY_COMPARE(cards().size(), 1);
    QVERIFY(cardText(QStringLiteral("endingText")).contains(QStringLiteral("still runs.")));
}

void tst_LiveEndings::cardUnderThePointerStays()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY(server);
    select(*server);
    trigger(QStringLiteral("stop"));
    QTRY_VERIFY_WITH_TIMEOUT(tidyTimer()->isActive(), LookTimeoutMs);
    pointAt(m_live.window()->findChild<QWidget *>(QStringLiteral("endingStrip")));
    const QSignalSpy due(tidyTimer(), &QTimer::timeout);

    tidyTimer()->start(std::chrono::seconds(0));
    QTRY_VERIFY(due.size() > 1);
    QCOMPARE(cards().size(), 1);
    pointAt(m_live.view()->viewport());

    QTRY_VERIFY(cards().isEmpty());
}

void tst_LiveEndings::ofManyProcessesTheFirstTwentyAreNamed()
{
    const auto server = TestServer::start({"prefork", "--workers", "24"});
    QVERIFY(server);
    select(*server);
    const auto owners = [this] {
        return m_live.view()->currentIndex().data(PortModelRole::Listener).value<ListenerPtr>()->owners.size();
    };
    QTRY_COMPARE_WITH_TIMEOUT(owners(), std::size_t{25}, LookTimeoutMs);

    trigger(QStringLiteral("stop"));
    press(QStringLiteral("agree"));

    const auto free = QStringLiteral("Port %1 is free.").arg(server->port());
    QTRY_VERIFY_WITH_TIMEOUT(cardText(QStringLiteral("endingText")).endsWith(free), LookTimeoutMs);
    const auto lines = cardText(QStringLiteral("endingText")).split(u'\n');
    QCOMPARE(lines.size(), 22);
    QCOMPARE(lines.filter(QStringLiteral("testserver ")).size(), 20);
    QCOMPARE(lines.at(20), QStringLiteral("... and 5 more process(es)"));
}

QTEST_MAIN(tst_LiveEndings)
#include "tst_liveendings.moc"
