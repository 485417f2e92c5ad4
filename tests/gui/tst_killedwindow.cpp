// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/aboutdialog.h"
#include "app/window/mainwindow.h"
#include "app/window/portspage.h"
#include "app/window/portview.h"
#include "core/kernel/pidfd.h"
#include "core/ports/portscanner.h"
#include "tests/gui/fakedesktop.h"
#include "tests/support/clientsocket.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/testserver.h"

#include <QAction>
#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <KAboutData>

#include <cstdlib>

using Quay::Test::TestServer;

namespace {

constexpr int LongEnoughMs = 60'000;

QModelIndex rowOf(const Quay::PortView &view, const QString &port)
{
    const auto *const model = view.model();
    const auto first = model->index(0, Quay::PortModelColumn::Port);
    return model->match(first, Qt::DisplayRole, port, 1, Qt::MatchExactly).value(0);
}

/// The window in a process of its own, whose user stops what holds that port as soon as it is shown.
int actAsWindow(int argc, char **argv, const QString &port)
{
    const QApplication application(argc, argv);
    KAboutData::setApplicationData(Quay::aboutData());
    Quay::Test::FakeDesktop desktop;
    Quay::PortScanner scanner;
    Quay::MainWindow window(&scanner, &desktop,
                            qEnvironmentVariable("XDG_STATE_HOME") + QStringLiteral("/window.json"));
    window.show();
    auto *const view = window.portsPage()->view();
    const auto isOwnerShown = [&] {
        return rowOf(*view, port).siblingAtColumn(Quay::PortModelColumn::Pid).data().toInt() > 0;
    };
    if (!QTest::qWaitFor(isOwnerShown, LongEnoughMs)) { // until then nobody can be stopped
        return EXIT_FAILURE;
    }
    view->setCurrentIndex(rowOf(*view, port));
    window.findChild<QAction *>(QStringLiteral("stop"))->trigger();
    return QApplication::exec();
}

} // namespace

/// The window is killed (SIGKILL) while it ends somebody.
class tst_KilledWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatItBeganIsOnRecordAndCanBeEnded();

private:
    [[nodiscard]] Quay::Test::Finished quay(const QStringList &words) const;
    [[nodiscard]] QJsonArray attempts() const;

    QTemporaryDir m_directory;
};

Quay::Test::Finished tst_KilledWindow::quay(const QStringList &words) const
{
    QProcess process;
    process.setProcessEnvironment(Quay::Test::environmentIn(m_directory.path()));
    process.start(QString::fromStdString(Quay::Test::programPath("quay")), words);
    return Quay::Test::finish(process);
}

/// The last one first.
QJsonArray tst_KilledWindow::attempts() const
{
    const auto audit = quay({QStringLiteral("audit"), QStringLiteral("--json")});
    return QJsonDocument::fromJson(audit.out).object().value(QStringLiteral("attempts")).toArray();
}

void tst_KilledWindow::whatItBeganIsOnRecordAndCanBeEnded()
{
    const auto server = TestServer::start({"yielding"}); // it closes its socket when it is asked, and stays
    QVERIFY(server);
    const auto handle = Quay::PidFd::open(server->pid());
    QVERIFY(handle);
    QProcess window;
    window.setProcessEnvironment(Quay::Test::environmentIn(m_directory.path()));
    window.start(QCoreApplication::applicationFilePath(),
                 {QStringLiteral("--window"), QString::number(server->port())});
    QTRY_VERIFY_WITH_TIMEOUT(!Quay::Test::connectTo(server->port()), LongEnoughMs);

    window.kill();
    QVERIFY(window.waitForFinished(LongEnoughMs));

    QCOMPARE(handle->hasEnded().value(), false);
    QCOMPARE(attempts().size(), 1);
    const auto killed = attempts().at(0).toObject();
    QCOMPARE(killed.value(QStringLiteral("state")).toString(), QStringLiteral("interrupted"));
    QCOMPARE(killed.value(QStringLiteral("by")).toString(), QStringLiteral("window"));
    const auto target = killed.value(QStringLiteral("targets")).toArray().at(0).toObject();
    QCOMPARE(target.value(QStringLiteral("pid")).toInt(), server->pid());
    const auto stopped = quay({QStringLiteral("stop"), QString::number(server->pid()), QStringLiteral("--force")});
    QVERIFY2(stopped.exitCode == 0, stopped.err.constData());
    QCOMPARE(handle->hasEnded().value(), true);
}

int main(int argc, char **argv)
{
    if (argc == 3 && qstrcmp(argv[1], "--window") == 0) {
        return actAsWindow(argc, argv, QString::fromLocal8Bit(argv[2]));
    }
    QCoreApplication application(argc, argv);
    tst_KilledWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killedwindow.moc"
