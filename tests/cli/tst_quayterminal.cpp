// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/pidfd.h"
#include "tests/live/livelook.h"
#include "tests/support/childprocess.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/freeport.h"
#include "tests/support/testserver.h"

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QRegularExpression>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <expected>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sys/wait.h>

using Quay::PidFd;
using Quay::Test::ChildProcess;
using Quay::Test::TestServer;
using Quay::Test::why;

namespace {

const std::string Asked = "[y/N] ";
const QString Away = QStringLiteral("\r\x1b[K"); // how a line of progress is taken away

/// How a program ended, and all that it wrote meanwhile.
struct Ended
{
    int waitStatus = 0;
    QString screen;
};

Quay::Result<Ended> endOf(ChildProcess &child)
{
    auto screen = child.output().readAll();
    if (!screen) {
        return std::unexpected(screen.error());
    }
    return child.wait().transform([&screen](const Quay::Test::ChildUsage &usage) {
        return Ended{.waitStatus = usage.waitStatus, .screen = QString::fromStdString(*screen)};
    });
}

bool hasExited(const Ended &ended, int code)
{
    return WIFEXITED(ended.waitStatus) && WEXITSTATUS(ended.waitStatus) == code;
}

} // namespace

/// `quay` with somebody in front of it: what it asks, and what it shows while it waits.
class tst_QuayTerminal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void answerDecides_data();
    void answerDecides();
    void interruptionOfTheQuestionEndsNobody();
    void nobodyIsAskedWhereTheInputIsNoTerminal();
    void waitShowsWhatItWaitsForUntilItIsThere();
    void waitCutsItsProgressAndTakesItAway();
    void waitHasNoProgressOnAPipe();
    void freeShowsTheTimeLeft();

private:
    /// @p before: what comes before the words of `quay`, such as a shell that executes it.
    [[nodiscard]] Quay::Result<ChildProcess> start(const std::vector<std::string> &words, unsigned short columns = 0,
                                                   const std::vector<std::string> &before = {}) const;

    std::unique_ptr<QTemporaryDir> m_state;
};

void tst_QuayTerminal::init()
{
    m_state = std::make_unique<QTemporaryDir>();
    QVERIFY(m_state->isValid());
}

Quay::Result<ChildProcess> tst_QuayTerminal::start(const std::vector<std::string> &words, unsigned short columns,
                                                   const std::vector<std::string> &before) const
{
    const std::string state = m_state->path().toStdString();
    std::vector<std::string> arguments{"env",
                                       "LC_ALL=C.UTF-8",
                                       "TERM=xterm",
                                       "XDG_STATE_HOME=" + state,
                                       "XDG_CONFIG_HOME=" + state,
                                       "XDG_RUNTIME_DIR=" + state};
    arguments.insert(arguments.end(), before.begin(), before.end());
    arguments.push_back(Quay::Test::programPath("quay"));
    arguments.insert(arguments.end(), words.begin(), words.end());
    return ChildProcess::start(
        {.arguments = std::move(arguments), .workingDirectory = {}, .isOnTerminal = true, .columns = columns});
}

void tst_QuayTerminal::answerDecides_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<bool>("isConsent");
    QTest::newRow("y") << QByteArray("y\n") << true;
    QTest::newRow("Y") << QByteArray("Y\n") << true;
    QTest::newRow("yes") << QByteArray("yes\n") << true;
    QTest::newRow("n") << QByteArray("n\n") << false;
    QTest::newRow("empty line") << QByteArray("\n") << false;
    QTest::newRow("end of file") << QByteArray("\x04") << false;
}

void tst_QuayTerminal::answerDecides()
{
    QFETCH(const QByteArray, keys);
    QFETCH(const bool, isConsent);
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    const auto handle = PidFd::open(server->pid());
    QVERIFY2(handle, why(handle));
    auto quay = start({"free", std::to_string(server->port())});
    QVERIFY2(quay, why(quay));
    const auto question = quay->output().readUntil(Asked);
    QVERIFY2(question, why(question));
    QVERIFY(!handle->hasEnded().value());

    QVERIFY(quay->write(keys.toStdString()));
    const auto ended = endOf(*quay);

    QVERIFY2(ended, why(ended));
    QVERIFY2(hasExited(*ended, isConsent ? 0 : 1), qPrintable(ended->screen));
    QCOMPARE(handle->hasEnded().value(), isConsent);
    QCOMPARE(ended->screen.contains(QStringLiteral("\nPort %1 is free.").arg(server->port())), isConsent);
    QCOMPARE(ended->screen.contains(QStringLiteral("\nquay: Nothing was done.")), !isConsent);
}

void tst_QuayTerminal::interruptionOfTheQuestionEndsNobody()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    const auto handle = PidFd::open(server->pid());
    QVERIFY2(handle, why(handle));
    auto quay = start({"stop", std::to_string(server->pid())});
    QVERIFY2(quay, why(quay));
    const auto question = quay->output().readUntil(Asked);
    QVERIFY2(question, why(question));

    QVERIFY(quay->write("\x03"));
    const auto ended = endOf(*quay);

    QVERIFY2(ended, why(ended));
    QVERIFY(WIFSIGNALED(ended->waitStatus));
    QCOMPARE(WTERMSIG(ended->waitStatus), SIGINT);
    QVERIFY(!handle->hasEnded().value());
}

/// One process may be ended without a question then, as in a script.
void tst_QuayTerminal::nobodyIsAskedWhereTheInputIsNoTerminal()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    auto quay = start({"free", std::to_string(server->port())}, 0, {"sh", "-c", "exec \"$0\" \"$@\" </dev/null"});
    QVERIFY2(quay, why(quay));

    const auto ended = endOf(*quay);

    QVERIFY2(ended, why(ended));
    QVERIFY2(!ended->screen.contains(QString::fromStdString(Asked)), qPrintable(ended->screen));
    QVERIFY2(hasExited(*ended, 0), qPrintable(ended->screen));
}

void tst_QuayTerminal::waitShowsWhatItWaitsForUntilItIsThere()
{
    const std::string port = Quay::Test::freePort();
    auto quay = start({"wait", port, "--timeout", "1m"});
    QVERIFY2(quay, why(quay));
    const auto shown = quay->output().readUntil("Waiting for 1 of 1: " + port + " (nobody listens)");
    QVERIFY2(shown, why(shown));

    const auto server = TestServer::start({"listen", "--port", port});
    QVERIFY2(server, why(server));
    const auto ended = endOf(*quay);

    QVERIFY2(ended, why(ended));
    QVERIFY2(hasExited(*ended, 0), qPrintable(ended->screen));
    const QRegularExpression met(
        QRegularExpression::anchoredPattern(QStringLiteral("%1%2: listens at [^\r\n]*\r\n")
                                                .arg(QRegularExpression::escape(Away), QString::fromStdString(port))));
    QVERIFY2(met.match(ended->screen).hasMatch(), qPrintable(ended->screen));
}

void tst_QuayTerminal::waitCutsItsProgressAndTakesItAway()
{
    constexpr int Columns = 30;
    const std::string port = Quay::Test::freePort();
    auto quay = start({"wait", port, "--timeout", "100ms"}, Columns);
    QVERIFY2(quay, why(quay));

    const auto ended = endOf(*quay);

    QVERIFY2(ended, why(ended));
    QVERIFY2(hasExited(*ended, 1), qPrintable(ended->screen));
    const QString word = QString::fromStdString(port);
    const QString whole = QStringLiteral("Waiting for 1 of 1: %1 (nobody listens)").arg(word);
    const QString shown = Away + whole.first(Columns - 2) + u'…' + Away;
    QVERIFY2(ended->screen.startsWith(QString(shown + QStringLiteral("quay: %1: gave up after ").arg(word))),
             qPrintable(ended->screen));
    QCOMPARE(ended->screen.count(u'\n'), 1);
    QVERIFY(ended->screen.endsWith(QStringLiteral(": nobody listens\r\n")));
}

void tst_QuayTerminal::waitHasNoProgressOnAPipe()
{
    const QString port = QString::fromStdString(Quay::Test::freePort());
    QProcess quay;
    quay.setProcessEnvironment(Quay::Test::environmentIn(m_state->path()));
    quay.start(QString::fromStdString(Quay::Test::programPath("quay")),
               {QStringLiteral("wait"), port, QStringLiteral("--timeout"), QStringLiteral("100ms")});

    const auto finished = Quay::Test::finish(quay);

    QCOMPARE(finished.exitCode, 1);
    QVERIFY2(finished.err.startsWith(QByteArray("quay: " + port.toUtf8() + ": gave up after ")),
             finished.err.constData());
    QCOMPARE(finished.err.count('\n'), 1);
    QVERIFY(!finished.err.contains('\r') && !finished.err.contains('\x1b'));
}

void tst_QuayTerminal::freeShowsTheTimeLeft()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY2(server, why(server));
    const auto handle = PidFd::open(server->pid());
    QVERIFY2(handle, why(handle));
    auto quay = start({"free", std::to_string(server->port()), "--yes", "--grace", "1h"});
    QVERIFY2(quay, why(quay));

    const auto progress = Away.toStdString() + "testserver " + std::to_string(server->pid()) + ": asked to stop, ";
    const auto shown = quay->output().readUntil(progress);
    QVERIFY2(shown, why(shown));
    const auto left = quay->output().readUntil("left");
    QVERIFY2(left, why(left));
    QVERIFY(quay->write("\x03"));
    const auto ended = endOf(*quay);

    QCOMPARE(*left, std::string("59 min left"));
    QVERIFY2(ended, why(ended));
    QVERIFY2(hasExited(*ended, 1), qPrintable(ended->screen));
    const QString said = Away + QStringLiteral("quay: Interrupted: whoever was asked to end may still do so");
    QVERIFY2(ended->screen.contains(said), qPrintable(ended->screen));
    QVERIFY(!handle->hasEnded().value());
}

QTEST_GUILESS_MAIN(tst_QuayTerminal)
#include "tst_quayterminal.moc"
