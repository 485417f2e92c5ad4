// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"
#include "core/kernel/pidfd.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/freeport.h"

#include <QByteArray>
#include <QFile>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLibraryInfo>
#include <QObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <iterator>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using Quay::Test::finish;
using Quay::Test::Finished;

namespace {

constexpr int LongEnoughMs = 20'000;

const QString Program = QStringLiteral(QUAY_BIN_DIR "/quay");

/// Of unshare(1), which cannot make them private where / is no mount, as in a chroot.
const QStringList OwnMounts{QStringLiteral("--mount"), QStringLiteral("--propagation"), QStringLiteral("unchanged")};
const QString WithoutProc = QStringLiteral("mount --make-rprivate /proc && mount -t tmpfs none /proc && ");

/// A socket of this very process on a free port of 127.0.0.1.
class LoopbackSocket
{
public:
    LoopbackSocket()
        : m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof(address);
        auto *const raw = reinterpret_cast<sockaddr *>(&address);
        if (::bind(m_fd.get(), raw, length) == 0 && ::getsockname(m_fd.get(), raw, &length) == 0) {
            m_port = ntohs(address.sin_port);
        }
    }

    [[nodiscard]] QString portText() const { return QString::number(m_port); }
    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] bool listen() const { return ::listen(m_fd.get(), 8) == 0; }
    void close() { m_fd.reset(); }

private:
    Quay::UniqueFd m_fd;
    std::uint16_t m_port = 0;
};

QStringList wordsOf(const char *line)
{
    return QString::fromLatin1(line).split(u' ');
}

Finished run(const QStringList &words)
{
    QProcess process;
    process.start(Program, words);
    return finish(process);
}

/// Answers each connection with one status line, and headers, after another, the last one for good.
class WebServer
{
public:
    explicit WebServer(std::vector<std::string> statuses)
        : m_isListening(m_socket.listen())
        , m_thread([this, statuses = std::move(statuses)] { serve(statuses); })
    {
    }
    WebServer(const WebServer &) = delete;
    WebServer &operator=(const WebServer &) = delete;
    ~WebServer()
    {
        ::shutdown(m_socket.fd(), SHUT_RDWR); // ends accept()
        m_thread.join();
    }

    [[nodiscard]] QString url() const
    {
        return m_isListening ? QString(QStringLiteral("http://127.0.0.1:") + m_socket.portText() + u'/') : QString();
    }

private:
    void serve(const std::vector<std::string> &statuses)
    {
        for (std::size_t i = 0;; ++i) {
            const Quay::UniqueFd connection(::accept4(m_socket.fd(), nullptr, nullptr, SOCK_CLOEXEC));
            if (!connection) {
                return;
            }
            std::array<char, 4096> request{};
            (void)::read(connection.get(), request.data(), request.size());
            const std::string answer = "HTTP/1.1 " + statuses.at(std::min(i, statuses.size() - 1))
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            (void)::write(connection.get(), answer.data(), answer.size());
        }
    }

    LoopbackSocket m_socket;
    bool m_isListening;
    std::thread m_thread;
};

QString tlsFile(const QString &name)
{
    return QStringLiteral(QUAY_TEST_DATA "/tls/") + name;
}

/// Answers in this thread's event loop, with a certificate that no machine trusts.
class TlsServer
{
public:
    TlsServer()
    {
        const auto read = [](const QString &name) {
            QFile file(tlsFile(name));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QSslConfiguration configuration;
        configuration.setLocalCertificate(QSslCertificate(read(QStringLiteral("certificate.pem"))));
        configuration.setPrivateKey(QSslKey(read(QStringLiteral("key.pem")), QSsl::Ec));
        m_server.setSslConfiguration(configuration);
        QObject::connect(&m_server, &QTcpServer::pendingConnectionAvailable, &m_server, [this] {
            auto *const connection = m_server.nextPendingConnection();
            connection->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            connection->disconnectFromHost();
        });
        m_isListening = QSslSocket::supportsSsl() && m_server.listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] bool isListening() const { return m_isListening; }
    [[nodiscard]] QString url() const { return QStringLiteral("https://127.0.0.1:%1/").arg(m_server.serverPort()); }

private:
    QSslServer m_server;
    bool m_isListening = false;
};

} // namespace

/// The built program, on the real kernel.
class tst_Quay : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void portsNamesThisProcess();
    void portsWithoutListenerIsNothingThere();
    void whyNamesThisProcess();
    void whyOfAPid();
    void whyOfAHiddenPidIsNotPermitted();
    void unusableProcIsSaid_data();
    void unusableProcIsSaid();
    void otherLocalesAreNotSpokenOf();
    void badInputIsRefused_data();
    void badInputIsRefused();
    void closedOutputIsSilent_data();
    void closedOutputIsSilent();
    void closedStreamsAreNoError_data();
    void closedStreamsAreNoError();
    void watchTellsAndEndsOnSignals_data();
    void watchTellsAndEndsOnSignals();
    void watchEndsWhenItsReaderGoes();
    void watchEndsOnASignalWhenItsReaderStandsStill();
    void waitReturnsOnceThePortListens();
    void waitReturnsOnceThePortIsFree();
    void waitSaysWhoHoldsThePort();
    void waitSaysWhatRemainsOfThePort();
    void waitForTcp();
    void waitForHttp();
    void waitForHttpNeedsNoProc();
    void waitSaysTheLastStatus();
    void waitFollowsRedirects_data();
    void waitFollowsRedirects();
    void waitForTlsSaysWhatFailed();
    void waitForTlsNamesTheBadCertificate();
    void qtsWordsAreGerman_data();
    void qtsWordsAreGerman();
    void waitForTlsTrustsWhomTheMachineTrusts();

private:
    Quay::Test::HeldPort m_unheard; ///< Refuses connections.
};

void tst_Quay::portsNamesThisProcess()
{
    const LoopbackSocket socket;
    QVERIFY(socket.listen());

    const auto quay = run({QStringLiteral("ports"), socket.portText(), QStringLiteral("--json")});

    QCOMPARE(quay.exitCode, 0);
    QCOMPARE(quay.err, QByteArray());
    const auto listeners = QJsonDocument::fromJson(quay.out).object().value(QStringLiteral("listeners")).toArray();
    QCOMPARE(listeners.size(), 1);
    const auto owner = listeners.first().toObject().value(QStringLiteral("owners")).toArray().first().toObject();
    QCOMPARE(owner.value(QStringLiteral("pid")).toInt(), ::getpid());
    QCOMPARE(owner.value(QStringLiteral("descriptor")).toInt(), socket.fd());
    QCOMPARE(owner.value(QStringLiteral("name")).toString(), QStringLiteral("tst_quay"));
}

void tst_Quay::portsWithoutListenerIsNothingThere()
{
    const LoopbackSocket socket; // bound only: nobody else takes it meanwhile

    const auto quay = run({QStringLiteral("ports"), socket.portText()});

    QCOMPARE(quay.exitCode, 4);
    QCOMPARE(quay.out, QByteArray());
    QVERIFY(quay.err.contains(socket.portText().toUtf8()));
}

void tst_Quay::whyNamesThisProcess()
{
    const LoopbackSocket socket;
    QVERIFY(socket.listen());

    const auto quay = run({QStringLiteral("why"), QString(u':' + socket.portText())});

    QCOMPARE(quay.exitCode, 0);
    QVERIFY2(quay.out.contains(QByteArray("tst_quay " + QByteArray::number(::getpid()))), quay.out.constData());
    QVERIFY(quay.out.contains("Why it runs"));
}

void tst_Quay::whyOfAPid()
{
    const auto quay = run({QStringLiteral("why"), QStringLiteral("pid:%1").arg(::getpid()), QStringLiteral("--json")});

    const QJsonObject answer = QJsonDocument::fromJson(quay.out).object();
    QCOMPARE(quay.exitCode, 0);
    QCOMPARE(answer.value(QStringLiteral("found")).toString(), QStringLiteral("process"));
    QCOMPARE(answer.value(QStringLiteral("process")).toObject().value(QStringLiteral("pid")).toInt(), ::getpid());
}

void tst_Quay::whyOfAHiddenPidIsNotPermitted()
{
    const QString asNobody = QStringLiteral("mount --make-rprivate /proc && mount -t proc -o hidepid=2 none /proc && "
                                            "exec setpriv --reuid 65534 --regid 65534 --clear-groups ");
    const auto enter = [&asNobody](const QString &command) {
        return OwnMounts + QStringList{QStringLiteral("sh"), QStringLiteral("-c"), QString(asNobody + command)};
    };
    if (QProcess::execute(QStringLiteral("unshare"), enter(QStringLiteral("test -x '%1'").arg(Program))) != 0) {
        QSKIP("only root can have a /proc with hidepid, and not in every container");
    }
    QProcess process;
    process.start(QStringLiteral("unshare"), enter(QStringLiteral("'%1' why pid:1").arg(Program)));

    const auto quay = finish(process);

    QVERIFY2(quay.err.contains("Process 1 is there, but the system hides it from you."), quay.err.constData());
    QCOMPARE(quay.exitCode, 3);
    QCOMPARE(quay.out, QByteArray());
}

void tst_Quay::unusableProcIsSaid_data()
{
    QTest::addColumn<QStringList>("verb");
    QTest::addColumn<bool>("isOfOthers"); // shows the processes of another pid namespace; else nothing is there

    for (const auto &verb : {QStringList{QStringLiteral("ports")}, QStringList{QStringLiteral("why")},
                             QStringList{QStringLiteral("free"), QStringLiteral("--yes")}}) {
        QTest::addRow("%s, empty", qPrintable(verb.first())) << verb << false;
        QTest::addRow("%s, of others", qPrintable(verb.first())) << verb << true;
    }
}

void tst_Quay::unusableProcIsSaid()
{
    QFETCH(const QStringList, verb);
    QFETCH(const bool, isOfOthers);
    const QStringList place = isOfOthers ? QStringList{QStringLiteral("--pid"), QStringLiteral("--fork")} : OwnMounts;
    if (QProcess::execute(QStringLiteral("unshare"), place + QStringList{QStringLiteral("true")}) != 0) {
        QSKIP("only root can have another /proc, and not in every container");
    }
    const LoopbackSocket socket;
    QVERIFY(socket.listen());
    QProcess process;
    process.start(QStringLiteral("unshare"),
                  place
                      + QStringList{QStringLiteral("sh"), QStringLiteral("-c"),
                                    QString((isOfOthers ? QString() : WithoutProc) + QStringLiteral("exec \"$@\"")),
                                    QStringLiteral("sh"), Program}
                      + verb + QStringList{socket.portText()});

    const auto quay = finish(process);

    QCOMPARE(quay.exitCode, 1);
    QCOMPARE(quay.out, QByteArray());
    QVERIFY2(quay.err.contains("There is no usable /proc here"), quay.err.constData());
}

void tst_Quay::otherLocalesAreNotSpokenOf()
{
    const LoopbackSocket socket;
    QVERIFY(socket.listen());
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    environment.insert(QStringLiteral("LANGUAGE"), QStringLiteral("de")); // which does not count then
    process.setProcessEnvironment(environment);
    const QString unheard = QString::number(m_unheard.port);
    process.start(Program, {QStringLiteral("ports"), socket.portText(), unheard});

    const auto quay = finish(process);

    QVERIFY2(quay.out.contains(socket.portText().toLatin1()), quay.out.constData());
    QCOMPARE(quay.err, QByteArray("quay: Nothing listens on " + unheard.toLatin1() + ".\n"));
}

void tst_Quay::badInputIsRefused_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addRow("no verb") << QStringList();
    QTest::addRow("unknown verb") << wordsOf("kill");
    QTest::addRow("empty word") << wordsOf("");
    QTest::addRow("port 0") << wordsOf("ports 0");
    QTest::addRow("negative port") << wordsOf("ports -5");
    QTest::addRow("reversed range") << wordsOf("ports 80-70");
    QTest::addRow("why nothing") << wordsOf("why");
    QTest::addRow("wait for nonsense") << wordsOf("wait nonsense");
    QTest::addRow("control characters") << wordsOf("ports \x1b]0;x\x07");
}

void tst_Quay::badInputIsRefused()
{
    QFETCH(const QStringList, words);

    const auto quay = run(words);

    QCOMPARE(quay.exitCode, 2);
    QCOMPARE(quay.out, QByteArray());
    QVERIFY(!quay.err.isEmpty());
    QVERIFY(!quay.err.contains('\x1b'));
}

void tst_Quay::closedOutputIsSilent_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addRow("ports") << "ports --all";
    QTest::addRow("json") << "ports --all --json";
    QTest::addRow("watch") << "ports --all --watch";
    QTest::addRow("help") << "--help";
}

void tst_Quay::closedOutputIsSilent()
{
    QFETCH(const QString, arguments);
    // The reader is gone before the first byte: `true` never reads, and `exec` waits for it.
    QProcess shell;
    shell.start(QStringLiteral("bash"),
                {QStringLiteral("-c"),
                 QString(QStringLiteral("'%1' %2 | true; exit ${PIPESTATUS[0]}").arg(Program, arguments))});

    const auto quay = finish(shell);

    QCOMPARE(quay.exitCode, 0);
    QCOMPARE(quay.err, QByteArray());
}

void tst_Quay::closedStreamsAreNoError_data()
{
    QTest::addColumn<QString>("closing");
    QTest::addRow("output") << QStringLiteral(">&-");
    QTest::addRow("all") << QStringLiteral("<&- >&- 2>&-");
}

void tst_Quay::closedStreamsAreNoError()
{
    QFETCH(const QString, closing);
    const LoopbackSocket socket;
    QVERIFY(socket.listen());
    QProcess process;

    process.start(
        QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"), QStringLiteral("exec \"$0\" ports \"$1\" ") + closing, Program, socket.portText()});

    const auto quay = finish(process);
    QCOMPARE(quay.err, QByteArray());
    QCOMPARE(quay.exitCode, 0);
}

void tst_Quay::watchTellsAndEndsOnSignals_data()
{
    QTest::addColumn<int>("signal");
    QTest::addRow("SIGINT") << SIGINT;
    QTest::addRow("SIGTERM") << SIGTERM;
}

void tst_Quay::watchTellsAndEndsOnSignals()
{
    QFETCH(const int, signal);
    LoopbackSocket present;
    QVERIFY(present.listen());
    QProcess watch;
    watch.start(Program, {QStringLiteral("ports"), QStringLiteral("--watch"), QStringLiteral("--json")});
    auto hasSeen = [&watch, seen = QByteArray()](const char *change, const QString &port) mutable {
        seen += watch.readAllStandardOutput();
        for (const auto &line : seen.split('\n')) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            const int changedPort =
                object.value(QStringLiteral("listener")).toObject().value(QStringLiteral("port")).toInt();
            if (object.value(QStringLiteral("change")).toString() == QLatin1StringView(change)
                && changedPort == port.toInt()) {
                return true;
            }
        }
        return false;
    };

    QTRY_VERIFY_WITH_TIMEOUT(hasSeen("present", present.portText()), LongEnoughMs);
    LoopbackSocket later;
    QVERIFY(later.listen());
    QTRY_VERIFY_WITH_TIMEOUT(hasSeen("appeared", later.portText()), LongEnoughMs);
    present.close();
    QTRY_VERIFY_WITH_TIMEOUT(hasSeen("vanished", present.portText()), LongEnoughMs);

    ::kill(static_cast<pid_t>(watch.processId()), signal); // our own child, not reaped yet
    const auto quay = finish(watch);
    QCOMPARE(quay.exitCode, 0);
    QCOMPARE(quay.err, QByteArray());
}

void tst_Quay::watchEndsOnASignalWhenItsReaderStandsStill()
{
    const LoopbackSocket socket;
    QVERIFY(socket.listen());
    std::array<int, 2> ends{};
    QCOMPARE(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
    const Quay::UniqueFd reader(ends[0]);
    const Quay::UniqueFd writer(ends[1]);
    const std::string page(4096, 'x');
    while (::write(writer.get(), page.data(), page.size()) > 0) { }
    QProcess watch;
    watch.setStandardOutputFile(QStringLiteral("/proc/self/fd/%1").arg(writer.get()), QIODevice::Append);
    watch.start(Program, {QStringLiteral("ports"), socket.portText(), QStringLiteral("--watch")});
    QVERIFY(watch.waitForStarted(LongEnoughMs)); // before that all signals are blocked, and end what is not quay yet
    const auto hasTakenOver = [&watch] {
        QFile status(QStringLiteral("/proc/%1/status").arg(watch.processId()));
        const QString text = status.open(QIODevice::ReadOnly) ? QString::fromLatin1(status.readAll()) : QString();
        const QString blocked = text.section(QStringLiteral("SigBlk:"), 1).section(u'\n', 0, 0).trimmed();
        return (blocked.toULongLong(nullptr, 16) & (1ULL << (SIGINT - 1))) != 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasTakenOver(), LongEnoughMs);

    QVERIFY(Quay::PidFd::open(static_cast<pid_t>(watch.processId()))->signal(SIGINT));
    const auto quay = finish(watch);

    QCOMPARE(quay.exitCode, 0);
    QCOMPARE(quay.err, QByteArray());
}

void tst_Quay::watchEndsWhenItsReaderGoes()
{
    LoopbackSocket socket;
    QVERIFY(socket.listen());
    QProcess shell;
    shell.start(QStringLiteral("bash"),
                {QStringLiteral("-c"),
                 QString(QStringLiteral("'%1' ports %2 --watch | head -1; exit ${PIPESTATUS[0]}")
                             .arg(Program, socket.portText()))});

    const auto quay = finish(shell); // nothing changes any more: it must notice that head has gone

    QCOMPARE(quay.exitCode, 0);
    QVERIFY(quay.out.contains("PORT"));
    QCOMPARE(quay.err, QByteArray());
}

void tst_Quay::waitReturnsOnceThePortListens()
{
    const LoopbackSocket socket;
    QProcess wait;
    wait.start(Program, {QStringLiteral("wait"), socket.portText(), QStringLiteral("--json")});
    QVERIFY(wait.waitForStarted(LongEnoughMs));
    QVERIFY(socket.listen());

    const auto quay = finish(wait);

    QCOMPARE(quay.exitCode, 0);
    QVERIFY(QJsonDocument::fromJson(quay.out).object().value(QStringLiteral("met")).toBool());
}

void tst_Quay::waitReturnsOnceThePortIsFree()
{
    LoopbackSocket socket;
    QVERIFY(socket.listen());
    QProcess wait;
    wait.start(Program, {QStringLiteral("wait"), QString(QStringLiteral("free:") + socket.portText())});
    QVERIFY(wait.waitForStarted(LongEnoughMs));
    socket.close();

    const auto quay = finish(wait);

    QCOMPARE(quay.exitCode, 0);
    QVERIFY2(quay.out.contains("can be bound, after "), quay.out.constData());
}

void tst_Quay::waitSaysWhoHoldsThePort()
{
    const LoopbackSocket socket;
    QVERIFY(socket.listen());

    const auto quay = run({QStringLiteral("wait"), QString(QStringLiteral("free:") + socket.portText()),
                           QStringLiteral("--timeout"), QStringLiteral("0")});

    QCOMPARE(quay.exitCode, 1);
    QVERIFY2(quay.err.contains(QByteArray("held by tst_quay " + QByteArray::number(::getpid()))), quay.err.constData());
    QCOMPARE(quay.out, QByteArray());
}

void tst_Quay::waitSaysWhatRemainsOfThePort()
{
    const LoopbackSocket bound; // and never listens

    const auto quay = run({QStringLiteral("wait"), QString(QStringLiteral("free:") + bound.portText()),
                           QStringLiteral("--timeout"), QStringLiteral("0s")});

    QCOMPARE(quay.exitCode, 1);
    const QByteArray said = "held by 1 socket that was bound and does not listen, of tst_quay ";
    QVERIFY2(quay.err.contains(QByteArray(said + QByteArray::number(::getpid()))), quay.err.constData());
}

void tst_Quay::waitForTcp()
{
    const LoopbackSocket socket;
    QVERIFY(socket.listen());
    const LoopbackSocket silent;

    const auto quay = run({QStringLiteral("wait"), QString(QStringLiteral("tcp:localhost:") + socket.portText()),
                           QString(QStringLiteral("tcp:127.0.0.1:") + silent.portText()), QStringLiteral("--timeout"),
                           QStringLiteral("300ms")});

    QCOMPARE(quay.exitCode, 1); // one of two
    QVERIFY2(quay.out.contains("accepts connections, after "), quay.out.constData());
    QVERIFY2(quay.err.contains("connection refused"), quay.err.constData());
}

void tst_Quay::waitForHttp()
{
    const WebServer server({"503 Service Unavailable", "404 Not Found", "200 OK"});

    const auto quay = run({QStringLiteral("wait"), server.url(), QStringLiteral("--json")});

    const QJsonObject target =
        QJsonDocument::fromJson(quay.out).object().value(QStringLiteral("targets")).toArray().first().toObject();
    QVERIFY2(quay.exitCode == 0, quay.err.constData());
    QCOMPARE(target.value(QStringLiteral("httpStatus")).toInt(), 200);
    QCOMPARE(target.value(QStringLiteral("attempts")).toInt(), 3);
}

/// What it takes for HTTP lies beside the program, which /proc tells about first.
void tst_Quay::waitForHttpNeedsNoProc()
{
#ifdef QT_ASAN_ENABLED
    QSKIP("the search for leaks needs /proc, and so does forgoing it");
#endif
    if (QProcess::execute(QStringLiteral("unshare"), OwnMounts + QStringList{QStringLiteral("true")}) != 0) {
        QSKIP("only root can have another /proc, and not in every container");
    }
    const WebServer server({"200 OK"});
    QProcess process;
    process.start(QStringLiteral("unshare"),
                  OwnMounts
                      + QStringList{QStringLiteral("sh"), QStringLiteral("-c"),
                                    WithoutProc + QStringLiteral("exec '%1' wait %2").arg(Program, server.url())});

    const auto quay = finish(process);

    QVERIFY2(quay.exitCode == 0, quay.err.constData());
}

void tst_Quay::waitSaysTheLastStatus()
{
    const WebServer server({"503 Service Unavailable"});

    const auto quay = run({QStringLiteral("wait"), server.url(), QStringLiteral("--timeout"), QStringLiteral("2s")});

    QCOMPARE(quay.exitCode, 1);
    QVERIFY2(quay.err.contains(": HTTP 503"), quay.err.constData());
}

void tst_Quay::waitFollowsRedirects_data()
{
    QTest::addColumn<QStringList>("answers");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("seen"); // last

    const QString here = QStringLiteral("302 Found\r\nLocation: /there");
    const QString outdated = QStringLiteral("301 Moved Permanently\r\nLocation: http://127.0.0.1:%1/");
    QTest::newRow("to a page") << QStringList{here, QStringLiteral("200 OK")} << 0 << QStringLiteral("HTTP 200");
    QTest::newRow("twice") << QStringList{here, here, QStringLiteral("204 No Content")} << 0
                           << QStringLiteral("HTTP 204");
    QTest::newRow("to no page") << QStringList{here, QStringLiteral("404 Not Found")} << 1
                                << QStringLiteral("HTTP 404");
    QTest::newRow("to itself") << QStringList{here} << 1 << QStringLiteral("HTTP failed: ");
    QTest::newRow("to where nobody listens")
        << QStringList{outdated.arg(m_unheard.port)} << 1
        << QStringLiteral("HTTP failed: Connection refused (http://127.0.0.1:%1/)").arg(m_unheard.port);
    QTest::newRow("to what is no web server")
        << QStringList{QStringLiteral("307 Go\r\nLocation: ftp://127.0.0.1/")} << 1 << QStringLiteral("HTTP failed: ");
    QTest::newRow("to nowhere") << QStringList{QStringLiteral("302 Found")} << 0 << QStringLiteral("HTTP 302");
    QTest::newRow("nothing new") << QStringList{QStringLiteral("304 Not Modified")} << 0 << QStringLiteral("HTTP 304");
}

void tst_Quay::waitFollowsRedirects()
{
    QFETCH(const QStringList, answers);
    QFETCH(const int, exitCode);
    QFETCH(const QString, seen);
    std::vector<std::string> lines;
    std::ranges::transform(answers, std::back_inserter(lines), &QString::toStdString);
    const WebServer server(std::move(lines));

    const QString timeout = exitCode == 0 ? QStringLiteral("60s") : QStringLiteral("2s");
    const auto quay = run({QStringLiteral("wait"), server.url(), QStringLiteral("--timeout"), timeout});

    QCOMPARE(quay.exitCode, exitCode);
    const QByteArray &said = exitCode == 0 ? quay.out : quay.err;
    QVERIFY2(said.contains(seen.toUtf8()), said.constData());
}

void tst_Quay::waitForTlsSaysWhatFailed()
{
    const WebServer server({"200 OK"}); // speaks no TLS

    const auto quay =
        run({QStringLiteral("wait"), server.url().replace(QStringLiteral("http:"), QStringLiteral("https:")),
             QStringLiteral("--timeout"), QStringLiteral("2s")});

    QCOMPARE(quay.exitCode, 1);
    QVERIFY2(quay.err.contains("TLS failed"), quay.err.constData());
}

void tst_Quay::waitForTlsNamesTheBadCertificate()
{
    const TlsServer server;
    QVERIFY(server.isListening());

    const auto quay = run({QStringLiteral("wait"), server.url(), QStringLiteral("--timeout"), QStringLiteral("2s")});

    QCOMPARE(quay.exitCode, 1);
    QVERIFY2(quay.err.contains("TLS failed: The certificate is self-signed"), quay.err.constData());
}

void tst_Quay::qtsWordsAreGerman_data()
{
    QTest::addColumn<QStringList>("verb");
    QTest::newRow("wait") << QStringList{QStringLiteral("wait"), QStringLiteral("%1"), QStringLiteral("--timeout"),
                                         QStringLiteral("2s")};
    QTest::newRow("check") << QStringList{QStringLiteral("check"), QStringLiteral("-f"), QStringLiteral("%2")};
}

void tst_Quay::qtsWordsAreGerman()
{
    QFETCH(const QStringList, verb);
    if (!QFile::exists(QLibraryInfo::path(QLibraryInfo::TranslationsPath) + QStringLiteral("/qtbase_de.qm"))) {
        QSKIP("Qt's translations are not installed");
    }
    const TlsServer server;
    QVERIFY(server.isListening());
    const QTemporaryDir project;
    QFile file(project.filePath(QStringLiteral("quaymaster.yaml")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("servers:\n  api:\n    command: 'true'\n    preflight: [{ http: '" + server.url().toUtf8() + "' }]\n");
    file.close();
    QStringList words;
    for (const auto &word : verb) {
        words << (word == QStringLiteral("%1") ? server.url() : word == QStringLiteral("%2") ? file.fileName() : word);
    }
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("LC_ALL"));
    environment.insert(QStringLiteral("LANG"), QStringLiteral("de_DE.UTF-8"));
    environment.insert(QStringLiteral("LANGUAGE"), QStringLiteral("de"));
    process.setProcessEnvironment(environment);
    process.start(Program, words);

    const auto quay = finish(process);

    QCOMPARE(quay.exitCode, 1);
    const QByteArray said = quay.out + quay.err;
    QVERIFY2(said.contains("Zertifikat"), said.constData());
    QVERIFY2(!said.contains("certificate"), said.constData());
}

/// In a mount namespace where the machine trusts nobody but the server.
void tst_Quay::waitForTlsTrustsWhomTheMachineTrusts()
{
    if (QProcess::execute(QStringLiteral("unshare"), OwnMounts + QStringList{QStringLiteral("true")}) != 0) {
        QSKIP("only root can have other certificates, and not in every container");
    }
    const TlsServer server;
    QVERIFY(server.isListening());
    const QTemporaryDir certificates;
    const QString found = certificates.filePath(QStringLiteral("77b91353.0")); // as `openssl x509 -hash` tells
    QVERIFY(QFile::copy(tlsFile(QStringLiteral("certificate.pem")), found));
    QProcess process;
    process.start(QStringLiteral("unshare"),
                  OwnMounts
                      + QStringList{QStringLiteral("sh"), QStringLiteral("-c"),
                                    QStringLiteral("mount --make-rprivate / 2>/dev/null; mount --bind %1 /etc/ssl/certs"
                                                   " && exec '%2' wait %3 --timeout 20s")
                                        .arg(certificates.path(), Program, server.url())});

    const auto quay = finish(process);

    QVERIFY2(quay.exitCode == 0, quay.err.constData());
}

QTEST_GUILESS_MAIN(tst_Quay)
#include "tst_quay.moc"
