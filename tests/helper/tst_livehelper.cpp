// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/privilegedcontract.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/helper/polkitagent.h"
#include "tests/live/livelook.h"
#include "tests/support/otheruser.h"
#include "tests/support/testserver.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusReply>
#include <QDataStream>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

#include <sys/stat.h>
#include <unistd.h>

using Quay::PidFd;
using Quay::Test::PolkitAgent;
using Quay::Test::TestServer;
using Quay::Test::ThirdUid;
using Quay::Test::why;

namespace {

constexpr int LongEnoughMs = 30'000;

/// Users that every Debian system has and nobody works as. The bus does not talk to users without a name.
constexpr uid_t AllowedUid = 5; // games
constexpr uid_t RefusedUid = 9; // news
constexpr uid_t AskedUid = 7; // lp: when an administrator's password was given

const QByteArray Rule = R"(
polkit.addRule(function(action, subject) {
    if (action.id.indexOf("org.quaymaster.helper.") != 0)
        return polkit.Result.NOT_HANDLED;
    switch (subject.user) {
    case "games": return polkit.Result.YES;
    case "news": return polkit.Result.NO;
    case "lp": return polkit.Result.AUTH_ADMIN_KEEP;
    }
    return polkit.Result.NOT_HANDLED;
});
)";

bool install(const QString &name, const QString &directory)
{
    const QString source = QStringLiteral(QUAY_HELPER_FILES "/") + name;
    const QString target = QString(directory + u'/' + name);
    return QFile::exists(target) || QFile::copy(source, target);
}

bool installRule()
{
    QFile file(QStringLiteral("/run/polkit-1/rules.d/50-quaymaster-test.rules"));
    return file.exists() || (file.open(QIODevice::WriteOnly) && file.write(Rule) == Rule.size());
}

QDBusMessage callBus(const char *method, const QVariantList &arguments = {})
{
    QDBusMessage call =
        QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
                                       QStringLiteral("org.freedesktop.DBus"), QString::fromLatin1(method));
    call.setArguments(arguments);
    return QDBusConnection::systemBus().call(call);
}

bool isActivatable()
{
    return callBus("ListActivatableNames").arguments().value(0).toStringList().contains(QString(Quay::HelperId));
}

/// The process that runs as the helper, 0 when none does.
pid_t helperPid()
{
    const auto reply = callBus("GetConnectionUnixProcessID", {QString(Quay::HelperId)});
    return static_cast<pid_t>(reply.type() == QDBusMessage::ReplyMessage ? reply.arguments().value(0).toUInt() : 0);
}

Quay::ProcessId processId(pid_t pid)
{
    const auto proc = Quay::ProcFs::open().value();
    return {.pid = pid, .startTicks = Quay::readProcStat(proc, pid).value().startTicks};
}

QByteArray packed(const QVariantMap &arguments)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << arguments;
    return bytes;
}

struct Finished
{
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

bool isAlive(const PidFd &process)
{
    return process.hasEnded() == false;
}

QString portOf(const TestServer &server)
{
    return QString::number(server.port());
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
    void interruptionAtThePromptDoesNothing();
    void killedHelperIsReported();
    void strangersNameDoesNotHelp();
    void badRequestIsRefused_data();
    void badRequestIsRefused();

private:
    /// A server of somebody else, who is neither us nor root.
    [[nodiscard]] static TestServer startServer(const char *mode = "listen");
    [[nodiscard]] QString homeOf(uid_t uid) const { return m_state->filePath(QString::number(uid)); }
    /// Starts a program as @p uid that waits until it is told to begin.
    void prepare(QProcess &process, uid_t uid, const QStringList &command) const;
    void prepareQuay(QProcess &process, uid_t uid, const QStringList &words) const;
    void begin(QProcess &process) const;
    [[nodiscard]] Finished finish(QProcess &process) const;
    [[nodiscard]] Finished quay(uid_t uid, const QStringList &words) const;
    /// What the helper answers to somebody who made up a request, in somebody else's @p name unless it is empty.
    [[nodiscard]] QByteArray sendAs(uid_t uid, const QString &action, const QByteArray &bytes,
                                    const QString &name = {}) const;

    std::unique_ptr<QTemporaryDir> m_state;
};

void tst_LiveHelper::initTestCase()
{
    if (::getuid() != 0 || qEnvironmentVariableIsEmpty("QUAY_IN_ROOT")) {
        QSKIP("needs a system bus of its own, which packaging/test.sh has in its Debian root only");
    }
    QVERIFY(install(QStringLiteral("org.quaymaster.helper.conf"), QStringLiteral("/etc/dbus-1/system.d")));
    QVERIFY(install(QStringLiteral("org.quaymaster.helper.service"),
                    QStringLiteral("/usr/local/share/dbus-1/system-services")));
    QVERIFY(install(QStringLiteral("org.quaymaster.helper.policy"), QStringLiteral("/run/polkit-1/actions")));
    QVERIFY(installRule());
    callBus("ReloadConfig");
    QTRY_VERIFY_WITH_TIMEOUT(isActivatable(), LongEnoughMs);
    QTRY_VERIFY_WITH_TIMEOUT(PolkitAgent::isKnownAction(QString(Quay::SignalProcessAction)), LongEnoughMs);
}

void tst_LiveHelper::init()
{
    m_state = std::make_unique<QTemporaryDir>();
    QVERIFY(m_state->isValid());
    QCOMPARE(::chmod(QFile::encodeName(m_state->path()).constData(), 0755), 0);
}

TestServer tst_LiveHelper::startServer(const char *mode)
{
    return TestServer::start({mode, "--uid", std::to_string(ThirdUid)}).value();
}

void tst_LiveHelper::prepare(QProcess &process, uid_t uid, const QStringList &command) const
{
    auto environment = QProcessEnvironment::systemEnvironment();
    const QString home = homeOf(uid);
    QVERIFY(QDir().mkpath(home));
    QCOMPARE(::chown(QFile::encodeName(home).constData(), uid, uid), 0);
    for (const char *const name : {"XDG_STATE_HOME", "XDG_CONFIG_HOME", "HOME"}) {
        environment.insert(QString::fromLatin1(name), home);
    }
    environment.remove(QStringLiteral("XDG_RUNTIME_DIR"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    process.setProcessEnvironment(environment);
    const QString id = QString::number(uid);
    QStringList words{QStringLiteral("--reuid"),
                      id,
                      QStringLiteral("--regid"),
                      id,
                      QStringLiteral("--clear-groups"),
                      QStringLiteral("--inh-caps=-all"),
                      QStringLiteral("sh"),
                      QStringLiteral("-c"),
                      QStringLiteral("echo ready; read go; exec \"$@\" </dev/null"),
                      QStringLiteral("sh")};
    process.start(QStringLiteral("setpriv"), words + command);
    // Before that it still belongs to us.
    QVERIFY2(process.waitForReadyRead(LongEnoughMs), qPrintable(process.errorString()));
    QCOMPARE(process.readLine(), QByteArray("ready\n"));
}

void tst_LiveHelper::prepareQuay(QProcess &process, uid_t uid, const QStringList &words) const
{
    prepare(process, uid, QStringList{QString::fromStdString(Quay::Test::programPath("quay"))} + words);
}

void tst_LiveHelper::begin(QProcess &process) const
{
    process.write("go\n");
    process.closeWriteChannel();
}

Finished tst_LiveHelper::finish(QProcess &process) const
{
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, LongEnoughMs)) {
        return {.exitCode = -1, .out = {}, .err = "it did not end"};
    }
    return {
        .exitCode = process.exitCode(), .out = process.readAllStandardOutput(), .err = process.readAllStandardError()};
}

Finished tst_LiveHelper::quay(uid_t uid, const QStringList &words) const
{
    QProcess process;
    prepareQuay(process, uid, words);
    begin(process);
    return finish(process);
}

void tst_LiveHelper::allowedUserEndsAnothersServer()
{
    const auto server = startServer();
    const auto handle = PidFd::open(server.pid()).value();

    const auto done = quay(AllowedUid, {QStringLiteral("free"), portOf(server)});

    QVERIFY2(done.exitCode == 0, done.err.constData());
    QVERIFY2(done.out.contains("is free"), done.out.constData());
    QVERIFY(!isAlive(handle));
}

void tst_LiveHelper::hiddenOwnerIsNamed()
{
    const auto server = startServer();

    const auto done = quay(AllowedUid, {QStringLiteral("free"), portOf(server), QStringLiteral("--dry-run")});

    QVERIFY2(done.exitCode == 0, done.err.constData());
    QVERIFY2(done.out.contains(QByteArray::number(server.pid())), done.out.constData());
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
}

void tst_LiveHelper::deafServerIsKilledAfterTheGrace()
{
    const auto server = startServer("deaf");
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
    const auto server = startServer();
    const QString word = verb == QLatin1String("free") ? portOf(server) : QString::number(server.pid());

    const auto done = quay(RefusedUid, {verb, word, QStringLiteral("--yes")});

    QCOMPARE(done.exitCode, 3);
    QVERIFY2(done.err.contains("You were not given the permission"), done.err.constData());
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
}

void tst_LiveHelper::refusedUserSeesNobody()
{
    const auto server = startServer();

    const auto done = quay(RefusedUid, {QStringLiteral("free"), portOf(server), QStringLiteral("--dry-run")});

    QCOMPARE(done.exitCode, 3);
    QVERIFY2(!done.out.contains(QByteArray::number(server.pid())), done.out.constData());
}

void tst_LiveHelper::noPasswordIsAskedForWhenThatIsNotWanted()
{
    const auto server = startServer();

    const auto done =
        quay(AllowedUid, {QStringLiteral("stop"), QString::number(server.pid()), QStringLiteral("--no-ask-password")});

    QCOMPARE(done.exitCode, 3);
    QVERIFY2(done.err.contains("belongs to another user"), done.err.constData());
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
}

void tst_LiveHelper::rightPasswordEndsIt()
{
    const auto server = startServer();
    const auto handle = PidFd::open(server.pid()).value();
    PolkitAgent agent;
    QProcess process;
    prepareQuay(process, AskedUid, {QStringLiteral("free"), portOf(server)});
    QCOMPARE(agent.serve(processId(static_cast<pid_t>(process.processId())), AskedUid), QString());

    begin(process);
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
    const auto server = startServer();
    PolkitAgent agent;
    agent.answer = answer;
    QProcess process;
    prepareQuay(process, AskedUid, {QStringLiteral("stop"), QString::number(server.pid())});
    QCOMPARE(agent.serve(processId(static_cast<pid_t>(process.processId())), AskedUid), QString());

    begin(process);
    const auto done = finish(process);

    QCOMPARE(done.exitCode, 3);
    QVERIFY2(done.err.contains("refused or cancelled"), done.err.constData());
    QCOMPARE(agent.asked, QStringList{QString(Quay::SignalProcessAction)});
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
}

void tst_LiveHelper::serverThatEndsWhileThePromptIsOpen()
{
    auto server = startServer();
    PolkitAgent agent;
    agent.beforeAnswer = [&server] { server.end(); };
    QProcess process;
    prepareQuay(process, AskedUid, {QStringLiteral("stop"), QString::number(server.pid())});
    QCOMPARE(agent.serve(processId(static_cast<pid_t>(process.processId())), AskedUid), QString());

    begin(process);
    const auto done = finish(process);

    QVERIFY2(done.exitCode == 0, done.err.constData());
    QVERIFY2(done.out.contains("ended"), done.out.constData());
}

void tst_LiveHelper::interruptionAtThePromptDoesNothing()
{
    const auto server = startServer();
    PolkitAgent agent;
    QProcess process;
    prepareQuay(process, AskedUid, {QStringLiteral("stop"), QString::number(server.pid())});
    QCOMPARE(agent.serve(processId(static_cast<pid_t>(process.processId())), AskedUid), QString());
    agent.beforeAnswer = [&] { // somebody types the password when it is too late
        QVERIFY(PidFd::open(static_cast<pid_t>(process.processId()))->signal(SIGINT));
        QVERIFY(QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, LongEnoughMs));
    };

    begin(process);
    const auto done = finish(process);

    QCOMPARE(done.exitCode, 1);
    // The next one is served once that request is over.
    const auto next = quay(AllowedUid, {QStringLiteral("free"), portOf(server), QStringLiteral("--dry-run")});
    QVERIFY2(next.exitCode == 0, next.err.constData());
    QVERIFY(isAlive(PidFd::open(server.pid()).value()));
}

void tst_LiveHelper::killedHelperIsReported()
{
    const auto server = startServer();
    PolkitAgent agent;
    agent.answer = PolkitAgent::Answer::Nothing;
    agent.beforeAnswer = [] {
        QVERIFY(PidFd::open(helperPid()).and_then([](const PidFd &helper) { return helper.signal(SIGKILL); }));
    };
    QProcess process;
    prepareQuay(process, AskedUid, {QStringLiteral("stop"), QString::number(server.pid())});
    QCOMPARE(agent.serve(processId(static_cast<pid_t>(process.processId())), AskedUid), QString());

    begin(process);
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
    QStringList command{QString::fromStdString(Quay::Test::programPath("rawcaller")), action,
                        QString::fromLatin1(bytes.toHex())};
    if (!name.isEmpty()) {
        command << name;
    }
    QProcess process;
    prepare(process, uid, command);
    begin(process);
    return finish(process).out.trimmed();
}

void tst_LiveHelper::strangersNameDoesNotHelp()
{
    const auto server = startServer();
    const auto bytes = packed(Quay::toArguments(
        Quay::SignalRequest{.signal = SIGKILL, .targets = {{.process = processId(server.pid()), .serial = {}}}}));
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

QTEST_GUILESS_MAIN(tst_LiveHelper)
#include "tst_livehelper.moc"
