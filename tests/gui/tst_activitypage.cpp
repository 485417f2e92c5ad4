// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/activitymodel.h"
#include "app/window/activitypage.h"
#include "core/again/againstore.h"
#include "core/control/killplan.h"
#include "core/control/portproof.h"
#include "core/history/auditlog.h"
#include "tests/support/fakemanagers.h"
#include "tests/support/testserver.h"

#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <csignal>
#include <cstddef>
#include <memory>
#include <string>
#include <tuple>

using namespace Quay;
using Quay::Test::TestServer;

/// Whether the page shows what is in the real log, and what is written to it while it is looked at.
class tst_ActivityPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void emptyPageSaysWhatItIsFor();
    void firstAttemptAppearsByItself();
    void searchLeavesWhatFits();
    void unreadableLinesAreCounted();
    void unreadableLogIsSaid();
    void selectionStaysWhenAnAttemptComes();
    void whatIsKeptCanBeStartedAgain();
    void whileItIsBeingStartedNobodyAsksForItAgain();
    void takenPortIsSaidBeforeItIsStartedAllTheSame();

private:
    /// Shows the page with one attempt on record. Its managers are the page's.
    [[nodiscard]] const Test::FakeManagers *showOneAttempt();
    [[nodiscard]] std::string onlyAttempt() const;
    void write(const std::string &name, bool isDone);
    [[nodiscard]] QString emptyTitle() const;
    [[nodiscard]] QString details() const { return m_page->findChild<QPlainTextEdit *>()->toPlainText(); }

    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<ActivityPage> m_page;
    QTreeView *m_view = nullptr;
};

void tst_ActivityPage::init()
{
    m_page.reset();
    m_state = std::make_unique<QTemporaryDir>();
    qputenv("XDG_STATE_HOME", QFile::encodeName(m_state->filePath(QStringLiteral("not there yet"))));
    m_page = std::make_unique<ActivityPage>();
    m_view = m_page->findChild<QTreeView *>(QStringLiteral("activityView"));
    m_page->resize(900, 600);
}

void tst_ActivityPage::write(const std::string &name, bool isDone)
{
    const auto path = auditLogPath();
    const auto author = auditAuthor(AuditAsker::CommandLine);
    QVERIFY(path && author);
    AuditLog log(*path, *author);
    auto process = std::make_shared<ProcessInfo>();
    process->id = {.pid = 4711, .startTicks = 5};
    process->name = name;
    process->arguments = {name, "--port", "3000"};
    const KillPlan plan{.targets = {{.process = process, .signal = SIGTERM}}};
    const auto attempt = log.newAttempt();
    QVERIFY(log.begun(attempt, plan));
    if (isDone) {
        EndingReport report;
        report.stage = EndingStage::Finished;
        report.targets.push_back({.process = process, .stage = TargetStage::Ended});
        QVERIFY(log.ended(attempt, report));
    }
}

QString tst_ActivityPage::emptyTitle() const
{
    for (const auto *label : m_page->findChildren<QLabel *>()) {
        if (label->isVisible() && label->font().weight() > QFont::Normal) {
            return label->text();
        }
    }
    return {};
}

void tst_ActivityPage::emptyPageSaysWhatItIsFor()
{
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));

    QTRY_VERIFY(!m_view->isVisible());
    QTRY_COMPARE(emptyTitle(), QStringLiteral("Nothing is on record yet"));
}

void tst_ActivityPage::firstAttemptAppearsByItself()
{
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));

    write("node", true);

    QTRY_COMPARE(m_view->model()->rowCount(), 1);
    QTRY_VERIFY(m_view->isVisible());
    QTRY_VERIFY2(details().contains(QStringLiteral("node --port 3000")), qPrintable(details()));

    write("vite", false);

    QTRY_COMPARE(m_view->model()->rowCount(), 2);
    QVERIFY(m_view->model()->index(0, ActivityColumn::What).data().toString().startsWith(QStringLiteral("vite")));
}

void tst_ActivityPage::searchLeavesWhatFits()
{
    write("node", true);
    write("vite", true);
    m_page->show();
    QTRY_COMPARE(m_view->model()->rowCount(), 2);
    auto *search = m_page->findChild<QLineEdit *>(QStringLiteral("activitySearch"));

    QTest::keyClicks(search, QStringLiteral("vite"));
    QTRY_COMPARE(m_view->model()->rowCount(), 1);
    QTRY_VERIFY(details().contains(QStringLiteral("vite --port 3000")));

    m_page->findChild<QToolButton *>(QStringLiteral("onlyAttention"))->click();
    QTRY_COMPARE(emptyTitle(), QStringLiteral("Nothing in the record fits"));
    m_page->findChild<QPushButton *>()->click(); // clear the filter
    QTRY_COMPARE(m_view->model()->rowCount(), 2);
    QVERIFY(search->text().isEmpty());
}

void tst_ActivityPage::unreadableLinesAreCounted()
{
    write("node", true);
    QFile file(QString::fromStdString(*auditLogPath()));
    QVERIFY(file.open(QIODevice::Append));
    file.write("garbage\n");
    file.close();
    m_page->show();

    const auto *note = m_page->findChild<QLabel *>(QStringLiteral("activityNote"));
    QTRY_VERIFY(note->isVisible());
    QVERIFY(note->text().endsWith(QStringLiteral(": 1")));
    QCOMPARE(m_view->model()->rowCount(), 1);
}

void tst_ActivityPage::unreadableLogIsSaid()
{
    QVERIFY(QDir().mkpath(QString::fromStdString(*auditLogPath()))); // a directory in its place
    m_page->show();

    QTRY_COMPARE(emptyTitle(), QStringLiteral("The record cannot be read"));
}

void tst_ActivityPage::selectionStaysWhenAnAttemptComes()
{
    write("node", true);
    write("vite", true);
    m_page->show();
    QTRY_COMPARE(m_view->model()->rowCount(), 2);
    m_view->setCurrentIndex(m_view->model()->index(1, 0));

    write("rails", true);

    QTRY_COMPARE(m_view->model()->rowCount(), 3);
    QCOMPARE(m_view->currentIndex().row(), 2);
    QVERIFY(details().contains(QStringLiteral("node --port 3000")));
}

const Test::FakeManagers *tst_ActivityPage::showOneAttempt()
{
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_state->path()));
    auto owned = std::make_unique<Test::FakeManagers>();
    const auto *const managers = owned.get();
    m_page->setManagers(std::move(owned));
    m_page->show();
    write("node", true);
    if (!QTest::qWaitForWindowExposed(m_page.get())
        || !QTest::qWaitFor([this] { return m_view->model()->rowCount() == 1; })) {
        QTest::qFail("the attempt does not appear", __FILE__, __LINE__);
    }
    return managers;
}

std::string tst_ActivityPage::onlyAttempt() const
{
    return m_view->model()->index(0, 0).data(ActivityRole::Id).toString().toStdString();
}

void tst_ActivityPage::whatIsKeptCanBeStartedAgain()
{
    std::ignore = showOneAttempt();
    auto *const again = m_page->findChild<QToolButton *>(QStringLiteral("activityAgain"));
    QVERIFY(!again->isEnabled());
    const auto attempt = onlyAttempt();
    QVERIFY(AgainStore(againDirectory().value())
                .keep({.attempt = attempt, .processes = {}, .services = {{.name = "app.service", .parts = {"a"}}}}));

    m_page->setKept({attempt});
    QVERIFY(again->isEnabled());
    again->click();

    const auto *const note = m_page->findChild<QLabel *>(QStringLiteral("activityNote"));
    QTRY_COMPARE(note->text(), QStringLiteral("app.service was started again."));
    QVERIFY(!note->isHidden());
}

void tst_ActivityPage::whileItIsBeingStartedNobodyAsksForItAgain()
{
    const auto *const managers = showOneAttempt();
    auto *const again = m_page->findChild<QToolButton *>(QStringLiteral("activityAgain"));
    const auto attempt = onlyAttempt();
    QVERIFY(AgainStore(againDirectory().value())
                .keep({.attempt = attempt, .processes = {}, .services = {{.name = "app.service", .parts = {"a"}}}}));
    m_page->setKept({attempt});

    again->click();
    QVERIFY(!again->isEnabled());
    m_page->setKept({attempt}); // as when the record is read once more
    QVERIFY(!again->isEnabled());
    again->click();

    const auto *const note = m_page->findChild<QLabel *>(QStringLiteral("activityNote"));
    QTRY_COMPARE(note->text(), QStringLiteral("app.service was started again."));
    QTRY_VERIFY(again->isEnabled());
    QCOMPARE(managers->started.size(), std::size_t{1});
}

void tst_ActivityPage::takenPortIsSaidBeforeItIsStartedAllTheSame()
{
    const auto *const managers = showOneAttempt();
    auto *const again = m_page->findChild<QToolButton *>(QStringLiteral("activityAgain"));
    const auto *const note = m_page->findChild<QLabel *>(QStringLiteral("activityNote"));
    const auto attempt = onlyAttempt();
    const auto taker = TestServer::start({"listen"});
    QVERIFY2(taker, taker ? "" : taker.error().subject.c_str());
    SocketRecord socket;
    socket.localAddress = *ipAddressFromText("127.0.0.1");
    socket.localPort = taker->port();
    QVERIFY(AgainStore(againDirectory().value())
                .keep({.attempt = attempt,
                       .processes = {},
                       .services = {{.name = "app.service", .parts = {"a"}}},
                       .ports = {claimOf(socket)}}));
    m_page->setKept({attempt});
    QCOMPARE(again->text(), QStringLiteral("Start &again"));

    again->setFocus();
    QTest::keyClick(again, Qt::Key_Space);

    QTRY_COMPARE(again->text(), QStringLiteral("Start it &all the same"));
    QVERIFY(again->hasFocus());
    QCOMPARE(
        note->text(),
        QStringLiteral("Port %1, which it held, is held by testserver %2 now.").arg(taker->port()).arg(taker->pid()));
    QVERIFY(managers->started.empty());

    again->click();

    QTRY_COMPARE(note->text(), QStringLiteral("app.service was started again."));
    QCOMPARE(managers->started.size(), std::size_t{1});
}

QTEST_MAIN(tst_ActivityPage)
#include "tst_activitypage.moc"
