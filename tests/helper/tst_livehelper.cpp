// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/privilegedcontract.h"
#include "core/kernel/pidfd.h"
#include "tests/helper/livepolkit.h"
#include "tests/helper/polkitagent.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/testserver.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDataStream>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdint>
#include <memory>

#include <linux/sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using Quay::PidFd;
using namespace Quay::Test;

namespace {

QByteArray packed(const QVariantMap &arguments)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << arguments;
    return bytes;
}

/// The program that sends what no client of ours does, in somebody else's @p name unless it is empty.
QStringList callerOf(const QString &action, const QByteArray &bytes, const QString &name = {})
{
    QStringList command{QString::fromStdString(programPath("rawcaller")), action, QString::fromLatin1(bytes.toHex())};
    if (!name.isEmpty()) {
        command << name;
    }
    return command;
}

bool isAlive(const PidFd &process)
{
    return process.hasEnded() == false;
}

QString portOf(const TestServer &server)
{
    return QString::number(server.port());
}

/// A child of ours that waits, as process @p pid, which nobody may be. Its pid; -1 when it could not have that.
pid_t forkAt(pid_t pid)
{
    clone_args how{};
    how.exit_signal = SIGCHLD;
    how.set_tid = reinterpret_cast<std::uintptr_t>(&pid);
    how.set_tid_size = 1;
    const auto child = static_cast<pid_t>(::syscall(SYS_clone3, &how, sizeof how));
    if (child == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) {
            ::pause();
        }
    }
    return child;
}

} // namespace

/// `quay` of users without rights, the helper as root, the real polkit and bus, and servers of yet another user.
class tst_LiveHelper : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void allowedUserEndsAnothersServer();
    void hiddenOwnerIsNamed();
    void deafServerIsKilledAfterTheGrace();
    void refusedUserEndsNobody_data();
    void refusedUserEndsNobody();
    void refusedUserSeesNobody();
    void noPasswordIsAskedForWhenThatIsNotWanted();
    void rightPasswordEndsIt();
    void passwordIsNotGiven_data();
    void passwordIsNotGiven();
    void serverThatEndsWhileThePromptIsOpen();
    void pidThatIsRecycledWhileThePromptIsOpenIsNotSignalled();
    void interruptionAtThePromptDoesNothing();
    void killedHelperIsReported();
    void strangersNameDoesNotHelp();
    void badRequestIsRefused_data();
    void badRequestIsRefused();
    void actionWithoutASlotIsAnError();
    void openPromptKeepsTheHelperFromOthers();
    void callerThatIsKilledAtItsPromptFreesTheHelper();
    void strangersStopCostsNobodyTheirRequest();
    void halfInstalledHelperIsSaidToBe();

private:
    [[nodiscard]] QString homeOf(uid_t uid) const { return m_state->filePath(QString::number(uid)); }
    /// Starts a program as @p uid that waits until it is told to begin.
    void prepare(QProcess &process, uid_t uid, const QStringList &command) const;
    void prepareQuay(QProcess &process, uid_t uid, const QStringList &words) const;
    [[nodiscard]] Finished quay(uid_t uid, const QStringList &words) const;
    /// What the helper answers to somebody who made up a request, in somebody else's @p name unless it is empty.
    [[nodiscard]] QByteArray sendAs(uid_t uid, const QString &action, const QByteArray &bytes,
                                    const QString &name = {}) const;

    std::unique_ptr<QTemporaryDir> m_state;
};

void tst_LiveHelper::initTestCase()
{
    if (!hasOwnSystemBus()) {
        QSKIP("needs a system bus of its own, which packaging/test.sh has in its Debian root only");
    }
    QVERIFY(installHelper());
}

void tst_LiveHelper::init()
{
    m_state = std::make_unique<QTemporaryDir>();
    QVERIFY(m_state->isValid());
    QCOMPARE(::chmod(QFile::encodeName(m_state->path()).constData(), 0755), 0);
    // What an earlier one had sent to stop may still be on its way to the helper: each has its own.
    if (const auto helper = PidFd::open(helperPid())) {
        std::ignore = helper->signal(SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(helperPid(), 0, LongEnoughMs);
    }
}

void tst_LiveHelper::prepare(QProcess &process, uid_t uid, const QStringList &command) const
{
    QVERIFY2(prepareUser(process, uid, homeOf(uid), command), qPrintable(process.errorString()));
}

void tst_LiveHelper::prepareQuay(QProcess &process, uid_t uid, const QStringList &words) const
{
    prepare(process, uid, QStringList{QString::fromStdString(programPath("quay"))} + words);
}

Finished tst_LiveHelper::quay(uid_t uid, const QStringList &words) const
{
    QProcess process;
    prepareQuay(process, uid, words);
    beginUser(process);
    return finish(process);
}

void tst_LiveHelper::allowedUserEndsAnothersServer()
{
    const auto server = startOthersServer();
    const auto handle = PidFd::open(server.pid()).value();

    const auto done = quay(AllowedUid, {QStringLiteral("free"), portOf(server)});

    QVERIFY2(done.exitCode == 0, done.err.constData());
    QVERIFY2(done.out.contains("is free"), done.out.constData());
    QVERIFY(!isAlive(handle));
}

void tst_LiveHelper::hiddenOwnerIsNamed()
{
    const auto server = startOthersServer();

    const auto done = quay(AllowedUid, {QStringLiteral("free"), portOf(server), QStringLiteral("--dry-run")});

    QVERIFY2(done.exitCode == 0, done.err.constData());
    QVERIFY2(done.out.contains(QByteArray::number(server.pid())), done.out.constData());
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
}

void tst_LiveHelper::deafServerIsKilledAfterTheGrace()
{
    const auto server = startOthersServer("deaf");
    const auto handle = PidFd::open(server.pid()).value();

    const auto done =
        quay(AllowedUid, {QStringLiteral("free"), portOf(server), QStringLiteral("--grace"), QStringLiteral("100ms")});

    QVERIFY2(done.exitCode == 0, done.err.constData());
    QVERIFY(!isAlive(handle));
    QFile log(homeOf(AllowedUid) + QStringLiteral("/quaymaster/audit.jsonl"));
    QVERIFY(log.open(QIODevice::ReadOnly));
    const auto record = log.readAll();
    QVERIFY2(record.contains("\"signal\":15") && record.contains("\"signal\":9"), record.constData());
}

void tst_LiveHelper::refusedUserEndsNobody_data()
{
    QTest::addColumn<QString>("verb");
    QTest::newRow("free") << QStringLiteral("free");
    QTest::newRow("stop") << QStringLiteral("stop");
}

void tst_LiveHelper::refusedUserEndsNobody()
{
    QFETCH(const QString, verb);
    const auto server = startOthersServer();
    const QString word = verb == QLatin1String("free") ? portOf(server) : QString::number(server.pid());

    const auto done = quay(RefusedUid, {verb, word, QStringLiteral("--yes")});

    QCOMPARE(done.exitCode, 3);
    QVERIFY2(done.err.contains("You were not given the permission"), done.err.constData());
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
}

void tst_LiveHelper::refusedUserSeesNobody()
{
    const auto server = startOthersServer();

    const auto done = quay(RefusedUid, {QStringLiteral("free"), portOf(server), QStringLiteral("--dry-run")});

    QCOMPARE(done.exitCode, 3);
    QVERIFY2(!done.out.contains(QByteArray::number(server.pid())), done.out.constData());
}

void tst_LiveHelper::noPasswordIsAskedForWhenThatIsNotWanted()
{
    const auto server = startOthersServer();

    const auto done =
        quay(AllowedUid, {QStringLiteral("stop"), QString::number(server.pid()), QStringLiteral("--no-ask-password")});

    QCOMPARE(done.exitCode, 3);
    QVERIFY2(done.err.contains("belongs to another user"), done.err.constData());
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
}

void tst_LiveHelper::rightPasswordEndsIt()
{
    const auto server = startOthersServer();
    const auto handle = PidFd::open(server.pid()).value();
    PolkitAgent agent;
    QProcess process;
    prepareQuay(process, AskedUid, {QStringLiteral("free"), portOf(server)});
    QCOMPARE(agent.serve(processIdOf(static_cast<pid_t>(process.processId())), AskedUid), QString());

    beginUser(process);
    const auto done = finish(process);

    QVERIFY2(agent.failures.isEmpty(), qPrintable(agent.failures.join(u'\n')));
    QVERIFY2(done.exitCode == 0, done.err.constData());
    QCOMPARE(agent.asked, (QStringList{QString(Quay::InspectSocketsAction), QString(Quay::SignalProcessAction)}));
    QVERIFY(!isAlive(handle));
}

void tst_LiveHelper::passwordIsNotGiven_data()
{
    QTest::addColumn<PolkitAgent::Answer>("answer");
    QTest::newRow("cancelled") << PolkitAgent::Answer::Cancelled;
    QTest::newRow("wrong password") << PolkitAgent::Answer::WrongPassword;
}

void tst_LiveHelper::passwordIsNotGiven()
{
    QFETCH(const PolkitAgent::Answer, answer);
    const auto server = startOthersServer();
    PolkitAgent agent;
    agent.answer = answer;
    QProcess process;
    prepareQuay(process, AskedUid, {QStringLiteral("stop"), QString::number(server.pid())});
    QCOMPARE(agent.serve(processIdOf(static_cast<pid_t>(process.processId())), AskedUid), QString());

    beginUser(process);
    const auto done = finish(process);

    QCOMPARE(done.exitCode, 3);
    QVERIFY2(done.err.contains("refused or cancelled"), done.err.constData());
    QCOMPARE(agent.asked, QStringList{QString(Quay::SignalProcessAction)});
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
}

void tst_LiveHelper::serverThatEndsWhileThePromptIsOpen()
{
    auto server = startOthersServer();
    PolkitAgent agent;
    agent.beforeAnswer = [&server] { server.end(); };
    QProcess process;
    prepareQuay(process, AskedUid, {QStringLiteral("stop"), QString::number(server.pid())});
    QCOMPARE(agent.serve(processIdOf(static_cast<pid_t>(process.processId())), AskedUid), QString());

    beginUser(process);
    const auto done = finish(process);

    QVERIFY2(done.exitCode == 0, done.err.constData());
    QVERIFY2(done.out.contains("ended"), done.out.constData());
}

void tst_LiveHelper::pidThatIsRecycledWhileThePromptIsOpenIsNotSignalled()
{
    auto server = startOthersServer();
    const auto drawn = processIdOf(server.pid());
    const auto bytes = packed(
        Quay::toArguments(Quay::SignalRequest{.signal = SIGKILL, .targets = {{.process = drawn, .serial = {}}}}));
    PolkitAgent agent;
    pid_t stranger = 0;
    agent.beforeAnswer = [&] {
        server.end();
        stranger = forkAt(drawn.pid);
    };
    QProcess process; // not quay, which sees the server end and stops waiting
    prepare(process, AskedUid, callerOf(QString(Quay::SignalProcessAction), bytes, {}));
    QCOMPARE(agent.serve(processIdOf(static_cast<pid_t>(process.processId())), AskedUid), QString());

    beginUser(process);
    const auto done = finish(process);

    QCOMPARE(stranger, drawn.pid);
    const auto handle = PidFd::open(stranger).value();
    QVERIFY(isAlive(handle));
    QVERIFY(handle.signal(SIGKILL));
    QCOMPARE(::waitpid(stranger, nullptr, 0), stranger);
    QCOMPARE(done.out.trimmed(), "done"); // the answer says of each what became of it
    QCOMPARE(agent.failures, QStringList());
}

void tst_LiveHelper::interruptionAtThePromptDoesNothing()
{
    const auto server = startOthersServer();
    PolkitAgent agent;
    QProcess process;
    prepareQuay(process, AskedUid, {QStringLiteral("stop"), QString::number(server.pid())});
    QCOMPARE(agent.serve(processIdOf(static_cast<pid_t>(process.processId())), AskedUid), QString());
    agent.beforeAnswer = [&] { // somebody types the password when it is too late
        QVERIFY(PidFd::open(static_cast<pid_t>(process.processId()))->signal(SIGINT));
        QVERIFY(QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, LongEnoughMs));
    };

    beginUser(process);
    const auto done = finish(process);

    QCOMPARE(done.exitCode, 1);
    // The next one is served once that request is over.
    const auto next = quay(AllowedUid, {QStringLiteral("free"), portOf(server), QStringLiteral("--dry-run")});
    QVERIFY2(next.exitCode == 0, next.err.constData());
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
}

void tst_LiveHelper::killedHelperIsReported()
{
    const auto server = startOthersServer();
    PolkitAgent agent;
    agent.answer = PolkitAgent::Answer::Nothing;
    agent.beforeAnswer = [] {
        QVERIFY(PidFd::open(helperPid()).and_then([](const PidFd &helper) { return helper.signal(SIGKILL); }));
    };
    QProcess process;
    prepareQuay(process, AskedUid, {QStringLiteral("stop"), QString::number(server.pid())});
    QCOMPARE(agent.serve(processIdOf(static_cast<pid_t>(process.processId())), AskedUid), QString());

    beginUser(process);
    const auto done = finish(process);

    QCOMPARE(done.exitCode, 1);
    QVERIFY2(done.err.contains("helper ended before it had answered"), done.err.constData());
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
    // And the next one is served by a new helper.
    const auto next = quay(AllowedUid, {QStringLiteral("stop"), QString::number(server.pid())});
    QVERIFY2(next.exitCode == 0, next.err.constData());
}

QByteArray tst_LiveHelper::sendAs(uid_t uid, const QString &action, const QByteArray &bytes, const QString &name) const
{
    QProcess process;
    prepare(process, uid, callerOf(action, bytes, name));
    beginUser(process);
    return finish(process).out.trimmed();
}

void tst_LiveHelper::strangersNameDoesNotHelp()
{
    const auto server = startOthersServer();
    const auto bytes = packed(Quay::toArguments(
        Quay::SignalRequest{.signal = SIGKILL, .targets = {{.process = processIdOf(server.pid()), .serial = {}}}}));
    const auto action = QString(Quay::SignalProcessAction);

    // Ours is root's, which may do anything.
    QCOMPARE(sendAs(RefusedUid, action, bytes, QDBusConnection::systemBus().baseService()), "denied");
    QCOMPARE(sendAs(RefusedUid, action, bytes), "denied");
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
    QCOMPARE(sendAs(AllowedUid, action, bytes), "done"); // it was the name alone
}

void tst_LiveHelper::badRequestIsRefused_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("answer");
    const QString signal(Quay::SignalProcessAction);
    const QString inspect(Quay::InspectSocketsAction);
    const auto requestFor = [](int number, pid_t pid) {
        return packed(Quay::toArguments(Quay::SignalRequest{
            .signal = number, .targets = {{.process = {.pid = pid, .startTicks = 1}, .serial = {}}}}));
    };
    QTest::newRow("signal that is not allowed") << signal << requestFor(SIGSTOP, 2) << QByteArray("refused: signal");
    QTest::newRow("init") << signal << requestFor(SIGTERM, 1) << QByteArray("refused: pid");
    QTest::newRow("everybody") << signal << requestFor(SIGTERM, -1) << QByteArray("refused: pid");
    QTest::newRow("nothing") << signal << QByteArray() << QByteArray("refused: signal");
    QTest::newRow("garbage") << signal << QByteArray("\xff\xff\xff\x00garbage", 11) << QByteArray("refused: signal");
    QTest::newRow("no sockets") << inspect << QByteArray() << QByteArray("refused: sockets");
}

/// Of somebody who is allowed to ask.
void tst_LiveHelper::badRequestIsRefused()
{
    QFETCH(const QString, action);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, answer);

    QCOMPARE(sendAs(AllowedUid, action, bytes), answer);
}

void tst_LiveHelper::actionWithoutASlotIsAnError()
{
    QCOMPARE(sendAs(AllowedUid, QStringLiteral("org.quaymaster.helper.noslot"), {}), "error 2"); // no such action
}

void tst_LiveHelper::openPromptKeepsTheHelperFromOthers()
{
    const auto server = startOthersServer();
    PolkitAgent agent;
    QByteArray other;
    agent.beforeAnswer = [&] { other = sendAs(AllowedUid, QString(Quay::InspectSocketsAction), {}); };
    QProcess process;
    prepareQuay(process, AskedUid, {QStringLiteral("stop"), QString::number(server.pid())});
    QCOMPARE(agent.serve(processIdOf(static_cast<pid_t>(process.processId())), AskedUid), QString());

    beginUser(process);
    const auto done = finish(process);

    QCOMPARE(other, "busy");
    QVERIFY2(done.exitCode == 0, done.err.constData()); // whoever asked first is served
}

void tst_LiveHelper::callerThatIsKilledAtItsPromptFreesTheHelper()
{
    const auto server = startOthersServer();
    PolkitAgent agent;
    QProcess process;
    bool isFree = false;
    agent.beforeAnswer = [&] {
        const pid_t helper = Quay::Test::helperPid();
        process.kill();
        isFree = helper != 0 && QTest::qWaitFor([helper] { return Quay::Test::helperPid() != helper; }, LongEnoughMs);
    };
    prepareQuay(process, AskedUid, {QStringLiteral("stop"), QString::number(server.pid())});
    QCOMPARE(agent.serve(processIdOf(static_cast<pid_t>(process.processId())), AskedUid), QString());

    beginUser(process);
    QCOMPARE(finish(process).exitCode, -1);

    QTRY_VERIFY_WITH_TIMEOUT(isFree, LongEnoughMs);
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
    QCOMPARE(quay(AllowedUid, {QStringLiteral("stop"), QString::number(server.pid())}).exitCode, 0);
}

void tst_LiveHelper::strangersStopCostsNobodyTheirRequest()
{
    const auto server = startOthersServer();
    PolkitAgent agent;
    int prompts = 0;
    bool hasEnded = false;
    agent.beforeAnswer = [&] {
        const pid_t helper = Quay::Test::helperPid();
        if (++prompts == 1) {
            QDBusMessage stop =
                QDBusMessage::createMethodCall(QString(Quay::HelperId), QStringLiteral("/"),
                                               QStringLiteral("org.kde.kf6auth"), QStringLiteral("stopAction"));
            stop << QString(Quay::InspectSocketsAction);
            QDBusConnection::systemBus().send(stop);
            hasEnded = QTest::qWaitFor([helper] { return Quay::Test::helperPid() != helper; }, LongEnoughMs);
        }
    };
    QProcess process;
    prepareQuay(process, AskedUid, {QStringLiteral("stop"), QString::number(server.pid())});
    QCOMPARE(agent.serve(processIdOf(static_cast<pid_t>(process.processId())), AskedUid), QString());

    beginUser(process);
    const auto done = finish(process);

    QVERIFY(hasEnded); // so another helper did what was asked for, whether or not polkit kept the password
    QVERIFY2(done.exitCode == 0, done.err.constData());
}

void tst_LiveHelper::halfInstalledHelperIsSaidToBe()
{
    const auto server = startOthersServer();
    const auto isKnown = [] { return PolkitAgent::isKnownAction(QString(Quay::SignalProcessAction)); };
    QVERIFY(QFile::remove(QStringLiteral("/run/polkit-1/actions/org.quaymaster.helper.policy")));
    QTRY_VERIFY_WITH_TIMEOUT(!isKnown(), LongEnoughMs);

    const auto refused = quay(AllowedUid, {QStringLiteral("stop"), QString::number(server.pid())});

    QVERIFY(installHelper());
    QTRY_VERIFY_WITH_TIMEOUT(isKnown(), LongEnoughMs); // polkit reads it when it gets round to it
    QCOMPARE(refused.exitCode, 3);
    QVERIFY2(refused.err.contains("helper is not installed"), refused.err.constData());
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
    QCOMPARE(quay(AllowedUid, {QStringLiteral("stop"), QString::number(server.pid())}).exitCode, 0);
}

QTEST_GUILESS_MAIN(tst_LiveHelper)
#include "tst_livehelper.moc"
