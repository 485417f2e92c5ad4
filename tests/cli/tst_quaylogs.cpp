// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procfs.h"
#include "core/supervise/lease.h"
#include "core/supervise/processmark.h"
#include "core/supervise/serverplaces.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/logtext.h"
#include "tests/support/pseudoterminal.h"
#include "tests/support/supervisedrun.h"
#include "tests/support/textreader.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include <sys/resource.h>
#include <unistd.h>

using namespace std::chrono_literals;

using Quay::OutputStream;
using Quay::Test::appendFile;
using Quay::Test::Finished;
using Quay::Test::logLine;
using Quay::Test::rotateLog;

namespace {

constexpr int PatienceMs = 30'000;
constexpr std::chrono::nanoseconds Start = 1'700'000'000s;
const QString QuayProgram = QStringLiteral(QUAY_BIN_DIR "/quay");

} // namespace

/// `quay logs` on files as supervisors write them, and on those of real servers.
class tst_QuayLogs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void memoryStaysFlat(); // first: it looks at the largest child
    void showsWhatAServerHasWritten();
    void severalAreMergedByTime();
    void lastLinesAndTime();
    void runIsCutOut();
    void patternChooses();
    void badPatternIsExplained();
    void jsonHasEveryLine();
    void hostileBytesAreHarmless();
    void markupIsText();
    void terminalHasColours();
    void patternIsHighlighted();
    void noColourMeansNone();
    void timesAreShown();
    void unknownServerIsNamedWithTheNearest();
    void serverWithoutALogIsSaid();
    void serverThatLeftTheFileIsStillRead();
    void optionsThatDoNotGoTogetherAreRefused_data();
    void optionsThatDoNotGoTogetherAreRefused();
    void followGoesThroughRotation();
    void followWaitsForTheFirstLog();
    void followSaysWhatIsMissing();
    void followGoesOnWithTheNextRun();
    void followEndsWithItsReader();
    void alertsAreCounted();
    void alertsSurviveEverybody();

private:
    void write(const std::string &yaml);
    [[nodiscard]] std::string logOf(const std::string &name) const;
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList &words) const;
    [[nodiscard]] Finished run(const QStringList &words) const;
    [[nodiscard]] QByteArray runOnTerminal(const QStringList &words, const char *noColour = "");
    void follow(const QStringList &words);
    [[nodiscard]] bool hasSaid(const char *text);
    [[nodiscard]] int interrupt();

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QProcess> m_quay; ///< That follows.
    QByteArray m_said; ///< Both outputs, as they came.
};

void tst_QuayLogs::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_said.clear();
    write("  api: { command: run }\n  db: { command: run }\n");
}

void tst_QuayLogs::cleanup()
{
    if (m_quay && m_quay->state() != QProcess::NotRunning) {
        (void)interrupt();
    }
    m_quay.reset();
}

void tst_QuayLogs::write(const std::string &yaml)
{
    QFile file(m_directory->filePath(QStringLiteral("quaymaster.yaml")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString("version: 1\nservers:\n" + yaml));
}

/// Its directory is there from then on.
std::string tst_QuayLogs::logOf(const std::string &name) const
{
    const std::string directory = m_directory->path().toStdString();
    const auto places = Quay::ServersPlaces{.runtimeDirectory = directory + "/quaymaster/servers",
                                            .stateDirectory = directory + "/quaymaster/servers"}
                            .of({.project = directory, .name = name});
    std::filesystem::create_directories(places.stateDirectory);
    return places.log();
}

std::unique_ptr<QProcess> tst_QuayLogs::start(const QStringList &words) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(Quay::Test::environmentIn(m_directory->path()));
    process->setWorkingDirectory(m_directory->path());
    process->start(QuayProgram, words);
    return process;
}

Finished tst_QuayLogs::run(const QStringList &words) const
{
    return Quay::Test::finish(*start(words));
}

/// Its standard output is a terminal.
QByteArray tst_QuayLogs::runOnTerminal(const QStringList &words, const char *noColour)
{
    auto terminal = Quay::Test::openTerminal();
    if (!terminal) {
        return QByteArray::fromStdString(terminal.error().subject);
    }
    QProcess process;
    auto environment = Quay::Test::environmentIn(m_directory->path());
    environment.insert(QStringLiteral("TERM"), QStringLiteral("xterm"));
    environment.insert(QStringLiteral("NO_COLOR"), QString::fromLatin1(noColour));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_directory->path());
    process.setChildProcessModifier([&terminal] { ::dup2(terminal->its.get(), STDOUT_FILENO); });
    process.start(QuayProgram, words);
    (void)Quay::Test::finish(process);
    terminal->its.reset();
    const auto all = Quay::Test::TextReader(std::move(terminal->ours)).readAll();
    return QByteArray::fromStdString(all ? *all : all.error().subject).replace("\r\n", "\n");
}

void tst_QuayLogs::follow(const QStringList &words)
{
    m_quay = std::make_unique<QProcess>();
    m_quay->setProcessEnvironment(Quay::Test::environmentIn(m_directory->path()));
    m_quay->setWorkingDirectory(m_directory->path());
    m_quay->setProcessChannelMode(QProcess::MergedChannels);
    m_quay->start(QuayProgram, QStringList{QStringLiteral("logs"), QStringLiteral("-f")} + words);
    QVERIFY(m_quay->waitForStarted(PatienceMs));
}

bool tst_QuayLogs::hasSaid(const char *text)
{
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        m_said += m_quay->readAll();
        if (m_said.contains(text)) {
            return true;
        }
        if (waited.elapsed() > PatienceMs || !m_quay->waitForReadyRead(PatienceMs)) {
            m_said += m_quay->readAll();
            return m_said.contains(text);
        }
    }
}

/// The exit code; -1 when it did not end.
int tst_QuayLogs::interrupt()
{
    ::kill(static_cast<pid_t>(m_quay->processId()), SIGINT);
    const bool hasEnded = m_quay->state() == QProcess::NotRunning || m_quay->waitForFinished(PatienceMs);
    m_said += m_quay->readAll();
    return hasEnded && m_quay->exitStatus() == QProcess::NormalExit ? m_quay->exitCode() : -1;
}

void tst_QuayLogs::memoryStaysFlat()
{
    const auto log = logOf("api");
    int number = 0;
    for (int piece = 0; piece < 80; ++piece) { // one by one: until quay is executed, our memory counts as its own
        std::string text;
        while (text.size() < std::size_t{1} << 20U) {
            text += logLine(Start + std::chrono::milliseconds(number),
                            "a line of a server that talks a lot, number " + std::to_string(number));
            ++number;
        }
        appendFile(log, text);
    }

    QProcess process;
    process.setProcessEnvironment(Quay::Test::environmentIn(m_directory->path()));
    process.setWorkingDirectory(m_directory->path());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.start(QuayProgram,
                  {QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("--grep"), QStringLiteral("0$")});
    const auto finished = Quay::Test::finish(process);
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);

    QCOMPARE(finished.exitCode, 0);
#ifndef QT_ASAN_ENABLED
    QVERIFY2(usage.ru_maxrss < 64L << 10, qPrintable(QString::number(usage.ru_maxrss) + QStringLiteral(" KiB")));
#endif
}

void tst_QuayLogs::showsWhatAServerHasWritten()
{
    write("  job: { command: 'echo out; echo err >&2; head -c 3000000 /dev/zero | tr \"\\\\0\" x; printf \"no end\"' "
          "}\n");
    const auto up = run({QStringLiteral("up"), QStringLiteral("--foreground")});
    QCOMPARE(up.exitCode, 0);

    const auto logs = run({QStringLiteral("logs"), QStringLiteral("job")});

    QCOMPARE(logs.exitCode, 0);
    QVERIFY2(logs.out.contains("out\n") && logs.out.contains("err\n"), logs.err.constData());
    QVERIFY(logs.out.contains("xxxx [the rest of this line is left out]\n"));
    QVERIFY(logs.out.size() < 2'000'000);
    QVERIFY(!logs.out.contains("job"));
}

void tst_QuayLogs::severalAreMergedByTime()
{
    appendFile(logOf("api"), logLine(Start, "one") + logLine(Start + 2s, "three", OutputStream::Error));
    appendFile(logOf("db"), logLine(Start + 1s, "two") + logLine(Start + 3s, "four"));

    const auto logs = run({QStringLiteral("logs")});

    QCOMPARE(logs.out, QByteArray("api | one\ndb  | two\napi ! three\ndb  | four\n"));
    QCOMPARE(logs.exitCode, 0);
}

void tst_QuayLogs::lastLinesAndTime()
{
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text += logLine(Start + std::chrono::minutes(i), std::to_string(i));
    }
    appendFile(logOf("api"), text);

    QCOMPARE(run({QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("-n"), QStringLiteral("2")}).out,
             QByteArray("98\n99\n"));
    QCOMPARE(run({QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("--since"),
                  QStringLiteral("2023-11-14T23:51:20Z")})
                 .out,
             QByteArray("98\n99\n"));
    QCOMPARE(run({QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("-n"), QStringLiteral("two")}).exitCode,
             2);
    QCOMPARE(
        run({QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("--since"), QStringLiteral("x")}).exitCode,
        2);
    const auto none =
        run({QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("--since"), QStringLiteral("1s")});
    QCOMPARE(none.exitCode, 4);
    QCOMPARE(none.err, QByteArray("quay: No line fits.\n"));
}

void tst_QuayLogs::runIsCutOut()
{
    for (const char *const text : {"first", "second", "third"}) {
        write(std::string("  job: { command: 'echo ") + text + "; exit 0' }\n");
        QCOMPARE(run({QStringLiteral("up"), QStringLiteral("--foreground")}).exitCode, 0);
    }

    const auto of = [this](const char *number) {
        return run(
            {QStringLiteral("logs"), QStringLiteral("job"), QStringLiteral("--run"), QString::fromLatin1(number)});
    };

    QCOMPARE(of("1").out, QByteArray("third\n"));
    QCOMPARE(of("2").out, QByteArray("second\n"));
    QCOMPARE(of("3").out, QByteArray("first\n"));
    QCOMPARE(of("4").exitCode, 4);
    QVERIFY2(of("4").err.contains("There is no run 4 of job. Runs that are recorded: 3"), of("4").err.constData());
    QCOMPARE(of("0").exitCode, 2);
}

void tst_QuayLogs::patternChooses()
{
    appendFile(logOf("api"),
               logLine(Start, "bound to \x1b[1ma\x1b[0m different event loop") + logLine(Start, "fine")
                   + logLine(Start, "Bound to nothing") + logLine(Start, "bound to a different event loop, again"));

    const auto logs = run({QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("--grep"),
                           QStringLiteral("bound to (a|b) different")});
    const auto last = run({QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("--grep"),
                           QStringLiteral("bound"), QStringLiteral("-n"), QStringLiteral("1")});
    const auto none =
        run({QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("--grep"), QStringLiteral("unheard of")});

    QCOMPARE(logs.out, QByteArray("bound to a different event loop\nbound to a different event loop, again\n"));
    QCOMPARE(last.out, QByteArray("bound to a different event loop, again\n"));
    QCOMPARE(none.exitCode, 4);
}

void tst_QuayLogs::badPatternIsExplained()
{
    appendFile(logOf("api"), logLine(Start, "one"));

    const auto logs = run({QStringLiteral("logs"), QStringLiteral("--grep"), QStringLiteral("a(b")});

    QCOMPARE(logs.exitCode, 2);
    QVERIFY2(logs.err.contains("'a(b' is not a regular expression: character 4: "), logs.err.constData());
    QVERIFY(logs.out.isEmpty());
}

void tst_QuayLogs::jsonHasEveryLine()
{
    appendFile(logOf("api"),
               logLine(Start + 123456789ns, "one\t\x1b[31mred\x1b[0m")
                   + logLine(Start + 1s, "\xff\x01", OutputStream::Error));

    const auto logs = run({QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("--json")});
    const auto lines = logs.out.trimmed().split('\n');

    QCOMPARE(lines.size(), 2);
    const auto first = QJsonDocument::fromJson(lines[0]).object();
    QCOMPARE(first[u"schema"].toInt(), 1);
    QCOMPARE(first[u"time"].toString(), QStringLiteral("2023-11-14T22:13:20.123456789Z"));
    QCOMPARE(first[u"server"].toString(), QStringLiteral("api"));
    QCOMPARE(first[u"stream"].toString(), QStringLiteral("stdout"));
    QCOMPARE(first[u"text"].toString(), QStringLiteral("one\tred"));
    QCOMPARE(first[u"isCut"].toBool(true), false);
    const auto second = QJsonDocument::fromJson(lines[1]).object();
    QCOMPARE(second[u"stream"].toString(), QStringLiteral("stderr"));
    QCOMPARE(second[u"text"].toString(), QString(QChar(0xfffd) + QStringLiteral("\\x01")));
}

void tst_QuayLogs::hostileBytesAreHarmless()
{
    appendFile(logOf("api"),
               logLine(Start,
                       "\x1b]0;title\x07"
                       "a\x1b[2Jb\x1b[31mc\x9b"
                       "d\x7f\xe2\x80\xae"
                       "e")
                   + logLine(Start, "50 %\r100 %\r"));

    const auto logs = run({QStringLiteral("logs"), QStringLiteral("api")});

    QCOMPARE(logs.out,
             QByteArray("abc\xef\xbf\xbd"
                        "d\\x7f\\u{202e}e\n100 %\n"));
}

/// Of none of the languages in which programs write markup, and in which their texts are put together.
void tst_QuayLogs::markupIsText()
{
    const QByteArray said =
        "[red]one[/] <b>two</b> &amp; %1 %n %s {0} ${HOME} $(id) \\033[1m [white:-:b]three[-] \\n\n";
    QFile file(m_directory->filePath(QStringLiteral("said")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(said);
    file.close();
    write("  job: { command: cat said }\n");

    const auto up = run({QStringLiteral("up"), QStringLiteral("--foreground")});
    const auto logs = run({QStringLiteral("logs"), QStringLiteral("job")});
    const auto shown = runOnTerminal({QStringLiteral("logs"), QStringLiteral("job")});

    QVERIFY2(up.out.contains(QByteArray("job | " + said)), up.out.constData());
    QCOMPARE(logs.out, said);
    QVERIFY2(shown.contains(said), shown.constData());
}

void tst_QuayLogs::terminalHasColours()
{
    appendFile(logOf("api"),
               logLine(Start, "\x1b[32mgreen\x1b[2J\x1b[?25l") + logLine(Start, "bad", OutputStream::Error));

    const auto shown = runOnTerminal({QStringLiteral("logs"), QStringLiteral("api")});

    QVERIFY2(shown.contains("\x1b[36mapi \x1b[0m\x1b[36m| \x1b[0m\x1b[32mgreen\x1b[0m\n"),
             shown.toPercentEncoding().constData());
    QVERIFY(shown.contains("\x1b[31m! \x1b[0mbad\n"));
}

void tst_QuayLogs::patternIsHighlighted()
{
    appendFile(logOf("api"), logLine(Start, "a loop\tin a \x1b[32mloop"));

    const auto shown = runOnTerminal(
        {QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("--grep"), QStringLiteral("lo+p")});

    QVERIFY2(shown.contains("a \x1b[1;31mloop\x1b[0m\tin a \x1b[1;31mloop\x1b[0m\n"),
             shown.toPercentEncoding().constData());
}

void tst_QuayLogs::noColourMeansNone()
{
    appendFile(logOf("api"), logLine(Start, "\x1b[32mgreen") + logLine(Start, "bad", OutputStream::Error));

    const auto shown = runOnTerminal(
        {QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("--grep"), QStringLiteral("e|a")}, "1");

    QCOMPARE(shown, QByteArray("api | green\napi ! bad\n"));
}

void tst_QuayLogs::timesAreShown()
{
    qputenv("TZ", "UTC");
    appendFile(logOf("api"), logLine(Start + 123456789ns, "one"));

    const auto logs = run({QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("-t")});
    qunsetenv("TZ");

    QCOMPARE(logs.out, QByteArray("2023-11-14 22:13:20.123 one\n"));
}

void tst_QuayLogs::unknownServerIsNamedWithTheNearest()
{
    const auto logs = run({QStringLiteral("logs"), QStringLiteral("apo")});

    QCOMPARE(logs.exitCode, 2);
    QVERIFY2(logs.err.contains("There is no server 'apo'. Did you mean 'api'?"), logs.err.constData());
}

void tst_QuayLogs::serverWithoutALogIsSaid()
{
    appendFile(logOf("db"), logLine(Start, "one"));

    const auto one = run({QStringLiteral("logs"), QStringLiteral("api")});
    const auto both = run({QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("db")});
    const auto all = run({QStringLiteral("logs")});

    QCOMPARE(one.exitCode, 4);
    QCOMPARE(one.err,
             QByteArray("quay: api has no log: it was not started yet. 'quay up --foreground api' starts it.\n"));
    QCOMPARE(both.exitCode, 0);
    QVERIFY(both.err.contains("api has no log"));
    QCOMPARE(all.err, QByteArray());
    QCOMPARE(all.out, QByteArray("one\n"));
}

void tst_QuayLogs::serverThatLeftTheFileIsStillRead()
{
    write("  old: { command: 'echo I was here' }\n");
    QCOMPARE(run({QStringLiteral("up"), QStringLiteral("--foreground")}).exitCode, 0);
    write("  new: { commandd: 'a mistake' }\n");

    QCOMPARE(run({QStringLiteral("logs"), QStringLiteral("old")}).out, QByteArray("I was here\n"));
}

void tst_QuayLogs::optionsThatDoNotGoTogetherAreRefused_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("follow a run") << QStringList{QStringLiteral("-f"), QStringLiteral("--run"), QStringLiteral("1")};
    QTest::newRow("follow alerts") << QStringList{QStringLiteral("-f"), QStringLiteral("--alerts")};
    QTest::newRow("alerts of a time") << QStringList{QStringLiteral("--alerts"), QStringLiteral("--since"),
                                                     QStringLiteral("1h")};
}

void tst_QuayLogs::optionsThatDoNotGoTogetherAreRefused()
{
    QFETCH(const QStringList, words);

    QCOMPARE(run(QStringList{QStringLiteral("logs")} + words).exitCode, 2);
}

void tst_QuayLogs::followGoesThroughRotation()
{
    const auto log = logOf("api");
    for (int i = 0; i < 20; ++i) {
        appendFile(log, logLine(Start, "before " + std::to_string(i)));
    }
    follow({QStringLiteral("api")});
    QVERIFY2(hasSaid("before 19\n"), m_said.constData());

    int number = 0;
    for (int file = 0; file < 5; ++file) {
        for (int i = 0; i < 200; ++i) {
            appendFile(log, logLine(Start, "line " + std::to_string(number++)));
        }
        rotateLog(log, 10);
    }
    appendFile(log, logLine(Start, "the last"));
    QVERIFY2(hasSaid("the last\n"), m_said.constData());

    QCOMPARE(interrupt(), 0);
    QVERIFY(!m_said.contains("before 9\n") && m_said.contains("before 10\n"));
    QByteArray expected;
    for (int i = 0; i < number; ++i) {
        expected += "line " + QByteArray::number(i) + '\n';
    }
    QVERIFY(m_said.contains(QByteArray(expected + "the last\n")));
    QVERIFY(!m_said.contains("missing"));
}

/// Nothing of the server is there yet, not even a directory.
void tst_QuayLogs::followWaitsForTheFirstLog()
{
    follow({QStringLiteral("api"), QStringLiteral("--json")});
    const auto isWaiting = [this] {
        QFile file(QStringLiteral("/proc/%1/wchan").arg(m_quay->processId()));
        return file.open(QIODevice::ReadOnly) && file.readAll().contains("poll");
    };
    QTRY_VERIFY_WITH_TIMEOUT(isWaiting(), PatienceMs);

    appendFile(logOf("api"), logLine(Start, "at last"));

    QVERIFY2(hasSaid("at last"), m_said.constData());
    QCOMPARE(interrupt(), 0);
}

void tst_QuayLogs::followSaysWhatIsMissing()
{
    const auto log = logOf("api");
    appendFile(log, logLine(Start, "one"));
    follow({QStringLiteral("api")});
    QVERIFY2(hasSaid("one\n"), m_said.constData());

    ::kill(static_cast<pid_t>(m_quay->processId()), SIGSTOP);
    for (const char *const text : {"two", "three", "four", "five"}) {
        rotateLog(log, 1);
        appendFile(log, logLine(Start, text));
    }
    ::kill(static_cast<pid_t>(m_quay->processId()), SIGCONT);

    QVERIFY2(hasSaid("Lines of api are missing here"), m_said.constData());
    QVERIFY(hasSaid("five\n"));
    QVERIFY(!m_said.contains("three\n"));
    QCOMPARE(interrupt(), 0);
}

void tst_QuayLogs::followGoesOnWithTheNextRun()
{
    write("  job: { command: 'echo run $RUN' }\n");
    follow({QStringLiteral("job")});

    for (const char *const run : {"1", "2"}) {
        qputenv("RUN", run);
        QCOMPARE(this->run({QStringLiteral("up"), QStringLiteral("--foreground")}).exitCode, 0);
        QVERIFY2(hasSaid((std::string("run ") + run + '\n').c_str()), m_said.constData());
    }
    qunsetenv("RUN");

    QCOMPARE(interrupt(), 0);
}

/// And not only with the next line.
void tst_QuayLogs::followEndsWithItsReader()
{
    appendFile(logOf("api"), logLine(Start, "one") + logLine(Start, "two"));
    QProcess shell;
    shell.setProcessEnvironment(Quay::Test::environmentIn(m_directory->path()));
    shell.setWorkingDirectory(m_directory->path());

    shell.start(
        QStringLiteral("/bin/bash"),
        {QStringLiteral("-c"), QStringLiteral("'%1' logs -f api | head -n 1; echo ${PIPESTATUS[0]}").arg(QuayProgram)});
    const auto finished = Quay::Test::finish(shell);

    QCOMPARE(finished.out, QByteArray("one\n0\n"));
}

void tst_QuayLogs::alertsAreCounted()
{
    write("  api:\n    command: run\n    alerts:\n      - { pattern: bound to a different event loop, level: error }\n"
          "      - { name: slow, pattern: 'took \\d+ s' }\n  db: { command: run }\n");
    appendFile(logOf("api"),
               logLine(Start, "begins") + logLine(Start + 1s, "ERROR bound to a different event loop")
                   + logLine(Start + 2s, "ERROR bound to a different event loop, password=hunter2"));

    const auto text = run({QStringLiteral("logs"), QStringLiteral("--alerts")});
    const auto json = run({QStringLiteral("logs"), QStringLiteral("--alerts"), QStringLiteral("--json")});
    const auto none = run({QStringLiteral("logs"), QStringLiteral("db"), QStringLiteral("--alerts")});

    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.out.startsWith("api | bound to a different event loop: 2 times, first "), text.out.constData());
    QVERIFY(text.out.contains(" hours without\n    ERROR bound to a different event loop, password=***\n"));
    QVERIFY(text.out.contains("api | slow: never, "));
    const auto alerts = QJsonDocument::fromJson(json.out).object()[u"alerts"].toArray();
    QCOMPARE(alerts.size(), 2);
    QCOMPARE(alerts[0].toObject()[u"count"].toInt(), 2);
    QCOMPARE(alerts[0].toObject()[u"lastAt"].toString(), QStringLiteral("2023-11-14T22:13:22.000000000Z"));
    QVERIFY(alerts[0].toObject()[u"quietNs"].toDouble() > 1e15);
    QVERIFY(alerts[1].toObject()[u"lastAt"].isNull());
    QCOMPARE(none.exitCode, 4);
    QCOMPARE(run({QStringLiteral("logs"), QStringLiteral("api")}).out.count("event loop"), 2);
}

/// An error that shows up while nobody looks, and whoever counted was killed in between.
void tst_QuayLogs::alertsSurviveEverybody()
{
    write(
        "  api:\n    command: 'for i in 1 2 3; do until test -e go$i; do sleep 0.05; done; echo ERROR $i; done; sleep "
        "600'\n    alerts: [{ pattern: ERROR }]\n");
    auto up = start({QStringLiteral("up"), QStringLiteral("--foreground")});
    const auto touch = [this](const char *name) {
        QFile file(m_directory->filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
    };
    const auto counted = [this] {
        const auto json = run({QStringLiteral("logs"), QStringLiteral("--alerts"), QStringLiteral("--json")});
        return QJsonDocument::fromJson(json.out).object()[u"alerts"].toArray().at(0).toObject()[u"count"].toInt();
    };
    touch("go1");
    QTRY_COMPARE_WITH_TIMEOUT(counted(), 1, PatienceMs);
    up->kill(); // the server goes on
    QVERIFY(up->waitForFinished(PatienceMs));
    touch("go2");
    QTRY_COMPARE_WITH_TIMEOUT(counted(), 2, PatienceMs);

    const auto places =
        Quay::ServersPlaces{.runtimeDirectory = m_directory->path().toStdString() + "/quaymaster/servers",
                            .stateDirectory = {}}
            .of({.project = m_directory->path().toStdString(), .name = "api"});
    const auto lease = Quay::readLease(places.lease());
    QVERIFY(lease);
    ::kill(lease->supervisor.id.pid, SIGTERM);
    const auto proc = Quay::ProcFs::open();
    QVERIFY(Quay::Test::waitUntil([&] { return !Quay::isRunning(*proc, lease->supervisor); }));
    auto again = start({QStringLiteral("up"), QStringLiteral("--foreground")}); // go1 and go2 are there
    touch("go3");
    QTRY_COMPARE_WITH_TIMEOUT(counted(), 5, PatienceMs);
    ::kill(static_cast<pid_t>(again->processId()), SIGINT);
    QVERIFY(again->waitForFinished(PatienceMs));

    QCOMPARE(counted(), 5);
}

QTEST_GUILESS_MAIN(tst_QuayLogs)
#include "tst_quaylogs.moc"
