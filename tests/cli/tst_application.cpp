// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/exitcode.h"
#include "core/base/error.h"
#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"
#include "core/processes/kindrules.h"
#include "core/processes/unit.h"
#include "tests/cli/scriptedcli.h"
#include "tests/support/snapshots.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <unistd.h>

using Quay::ExitCode;
using Quay::Test::listenerFrom;
using Quay::Test::OwnerSpec;
using Quay::Test::ScriptedCli;
using Quay::Test::snapshotOf;

namespace {

using Words = std::vector<std::string>;

const std::uint64_t TicksAMinute = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK)) * 60;

/// A Vite server whose other half listens on IPv6, a prefork server, a hidden service.
Quay::PortSnapshotPtr busyMachine()
{
    Quay::UnitInfo service;
    service.kind = Quay::UnitKind::SystemService;
    service.name = "postgresql.service";
    service.path = "/system.slice/postgresql.service";
    const OwnerSpec vite{.startTicks = 57 * TicksAMinute,
                         .project = Quay::Test::projectAt("/home/user/shop", "shop", "main"),
                         .kind =
                             Quay::ServerKind{.id = "vite", .name = "Vite", .speaksHttp = true, .isDevelopment = true}};
    const Quay::Warning split{.kind = Quay::WarningKind::SplitBrain,
                              .facts = {{.key = "localhost", .value = "[::1]:3000"}}};
    return snapshotOf({
        listenerFrom({.port = 3000, .cookie = 1, .owners = {vite}, .connections = 2, .warnings = {split}}),
        listenerFrom({.port = 3000, .cookie = 2, .address = "::1", .owners = {{.pid = 4800, .name = "ruby"}}}),
        listenerFrom({.port = 8000,
                      .cookie = 3,
                      .address = "0.0.0.0",
                      .owners = {{.pid = 10, .name = "gun\x1bicorn"}, {.pid = 11}, {.pid = 12}, {.pid = 13}}}),
        listenerFrom({.port = 5432,
                      .cookie = 4,
                      .knowledge = Quay::OwnerKnowledge::Hidden,
                      .uid = 0,
                      .unit = service,
                      .connections = {}}),
    });
}

QStringList linesOf(const std::string &text)
{
    return QString::fromStdString(text).split(u'\n', Qt::SkipEmptyParts);
}

/// Compares with tests/data/cli/NAME; QUAY_UPDATE_GOLDEN=1 in the environment writes it anew.
void compareWithGolden(const QString &name, const std::string &json)
{
    QFile file(QStringLiteral(QUAY_TEST_DATA "/cli/") + name);
    if (qEnvironmentVariableIntValue("QUAY_UPDATE_GOLDEN") == 1) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(json.data(), static_cast<qint64>(json.size()));
        return;
    }
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
    QCOMPARE(QString::fromStdString(json), QString::fromUtf8(file.readAll()));
}

} // namespace

class tst_Application : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wrongUsageIsRefused_data();
    void wrongUsageIsRefused();
    void helpIsShown_data();
    void helpIsShown();
    void versionIsShown();
    void portsShowsATable();
    void portsNamesManyOwners();
    void portsFitsTheTerminal();
    void portsAsksTheKernelForOnePort();
    void portsWithoutListenerIsNothingThere();
    void whatIsNotThereIsNamed_data();
    void whatIsNotThereIsNamed();
    void watchSaysWhatItLeavesOut();
    void tablesOfTheKernelAreSpokenOf_data();
    void tablesOfTheKernelAreSpokenOf();
    void portsOfAnEmptyMachineSaysSo();
    void portsAsJson();
    void failuresAreSaid_data();
    void failuresAreSaid();
    void closedOutputIsNoFailure();
    void fullDiskIsAFailure();
    void watchTellsChanges();
    void watchTellsChangesAsJson();
    void watchGoesOnAfterAFailure();
    void watchEndsWithItsReader();
    void whyTellsAll();
    void whyLooksOnWhileConnectionsWait_data();
    void whyLooksOnWhileConnectionsWait();
    void whyTellsOfAProcess();
    void projectAndKindAreOfWhicheverOwnerHasThem();
    void whyHiddenIsNotPermitted();
    void whyHiddenProcessIsNotPermitted_data();
    void whyHiddenProcessIsNotPermitted();
    void whyNobodyIsNothingThere_data();
    void whyNobodyIsNothingThere();
    void whyAsJson();
};

void tst_Application::wrongUsageIsRefused_data()
{
    QTest::addColumn<Words>("words");
    QTest::addColumn<QString>("message");
    QTest::addRow("nothing") << Words() << "Usage";
    QTest::addRow("unknown verb") << Words{"prots"} << "'prots' is not a command. Did you mean 'ports'?";
    QTest::addRow("unlike any verb") << Words{"\x1b[2J"} << "'\\e[2J' is not a command.";
    QTest::addRow("help of unknown verb") << Words{"help", "wai"} << "Did you mean 'wait'?";
    QTest::addRow("unknown option") << Words{"ports", "--jsno"} << "'--jsno' is not an option here.";
    QTest::addRow("near option") << Words{"ports", "--wach"} << "Did you mean '--watch'?";
    QTest::addRow("unknown short option") << Words{"ports", "-x"} << "'-x' is not expected here.";
    QTest::addRow("option before verb") << Words{"--json", "ports"} << "'--json'";
    for (const char *const word : {"", "0", "65536", "80-70", "abc", "-5", "1-2-3"}) {
        QTest::addRow("port '%s'", word) << Words{"ports", word}
                                         << QString(
                                                u'\'' + QString::fromLatin1(word)
                                                + QStringLiteral("' is not a port. Allowed are 1 to 65535 and ranges"));
    }
    QTest::addRow("one bad port of two") << Words{"ports", "80", "x"} << "'x' is not a port.";
    QTest::addRow("why without target") << Words{"why"} << "An argument is missing: PORT|PID.";
    QTest::addRow("why two") << Words{"why", "1", "2"} << "'2' is not expected here.";
    QTest::addRow("why a name") << Words{"why", "node"} << "'node' is neither a port nor a process.";
    QTest::addRow("wait without target") << Words{"wait"} << "An argument is missing: TARGET.";
    QTest::addRow("wait for an address with a percent sign")
        << Words{"wait", "http://127.0.0.1:80/100%"}
        << "'http://127.0.0.1:80/100%' is not an address: a % that no two hexadecimal digits follow is written %25.";
    QTest::addRow("wait for an address with another mistake")
        << Words{"wait", "http://127.0.0.1:99999/100%"}
        << "'http://127.0.0.1:99999/100%' is not an address that can be asked:";
    QTest::addRow("wait for a host and a port")
        << Words{"wait", "localhost:3000"} << "Did you mean 'tcp:localhost:3000'?";
    QTest::addRow("wait for a name") << Words{"wait", "db"} << "'db' cannot be waited for.";
    QTest::addRow("bad timeout") << Words{"wait", "80", "--timeout", "1m30"}
                                 << "'1m30' is not a duration. Allowed are seconds (5, 0.5) and numbers with a unit";
    QTest::addRow("flag with a value") << Words{"ports", "--tcp=1"}
                                       << "'--tcp' needs a value, or was given one that it";
    QTest::addRow("no timeout") << Words{"wait", "80", "--timeout"} << "needs a value";
}

void tst_Application::wrongUsageIsRefused()
{
    QFETCH(const Words, words);
    QFETCH(const QString, message);
    ScriptedCli quay({busyMachine()});

    QCOMPARE(quay.run(words), ExitCode::Usage);

    QVERIFY2(QString::fromStdString(quay.err).contains(message), quay.err.c_str());
    QCOMPARE(quay.out, "");
}

void tst_Application::helpIsShown_data()
{
    QTest::addColumn<Words>("words");
    QTest::addColumn<QString>("text");
    QTest::addRow("all") << Words{"--help"} << "Usage: quay COMMAND";
    QTest::addRow("short") << Words{"-h"} << "Show who listens on which port";
    QTest::addRow("help verb") << Words{"help"} << "Usage: quay COMMAND";
    QTest::addRow("of a verb") << Words{"help", "ports"} << "Usage: quay ports [PORT|RANGE...] [OPTIONS]";
    QTest::addRow("of a verb, option") << Words{"wait", "--help"} << "Usage: quay wait TARGET... [OPTIONS]";
    QTest::addRow("options of a verb") << Words{"help", "free"} << "--grace";
    QTest::addRow("options of a verb, option") << Words{"free", "--help"} << "--grace";
    QTest::addRow("options of a verb, dotted") << Words{"help.free"} << "--grace";
    QTest::addRow("last of all verbs") << Words{"--help"} << "Show what servers have written";
    QTest::addRow("of help") << Words{"help", "help"} << "Usage: quay help [COMMAND]";
}

void tst_Application::helpIsShown()
{
    QFETCH(const Words, words);
    QFETCH(const QString, text);
    ScriptedCli quay;

    QCOMPARE(quay.run(words), ExitCode::Done);

    QVERIFY2(QString::fromStdString(quay.out).contains(text), quay.out.c_str());
    QCOMPARE(quay.err, "");
    QVERIFY(quay.machine.looks.empty());
}

void tst_Application::versionIsShown()
{
    ScriptedCli quay;

    QCOMPARE(quay.run({"--version"}), ExitCode::Done);
    QVERIFY(quay.out.starts_with("quay "));
}

void tst_Application::portsShowsATable()
{
    ScriptedCli quay({busyMachine()});

    QCOMPARE(quay.run({"ports"}), ExitCode::Done);

    const QStringList lines = linesOf(quay.out);
    QCOMPARE(lines.size(), 4); // the hidden service is left out
    QVERIFY(lines.at(1).startsWith(u'!'));
    for (const char *const cell :
         {" 3000 ", "TCP", "127.0.0.1 (this machine)", "node", "4711", "shop (main)", "Vite", " 2 ", "3 min"}) {
        QVERIFY2(lines.at(1).contains(QLatin1StringView(cell)), cell);
    }
    QVERIFY(lines.at(3).contains(QStringLiteral("0.0.0.0 (network)")));
    QVERIFY(quay.err.empty()); // no notes where nobody reads them
}

void tst_Application::portsNamesManyOwners()
{
    ScriptedCli quay({busyMachine()});

    QCOMPARE(quay.run({"ports", "8000"}), ExitCode::Done);
    QVERIFY(quay.out.contains("gun\\eicorn"));
    QVERIFY(quay.out.contains(" 10 +3 "));
}

void tst_Application::portsFitsTheTerminal()
{
    ScriptedCli quay({busyMachine()});
    quay.traits = {.isTerminal = true, .hasColours = false, .columns = 80};

    QCOMPARE(quay.run({"ports", "--all"}), ExitCode::Done);

    for (const auto &line : linesOf(quay.out)) {
        QVERIFY2(line.size() <= 80, qPrintable(line));
        QVERIFY2(!line.contains(u'\x1b'), qPrintable(line));
    }
    QVERIFY(quay.out.contains("(hidden)"));
    QVERIFY(quay.err.contains("! deserves a look: quay why PORT"));
}

void tst_Application::portsAsksTheKernelForOnePort()
{
    ScriptedCli quay({busyMachine()});

    (void)quay.run({"ports", "3000", "--tcp"});

    QCOMPARE(quay.machine.looks.size(), std::size_t{1});
    QCOMPARE(quay.machine.looks.front().onlyPort.value_or(0), std::uint16_t{3000});
    QVERIFY(!quay.machine.looks.front().udp);
    QVERIFY(!quay.machine.looks.front().processes);
}

void tst_Application::portsWithoutListenerIsNothingThere()
{
    ScriptedCli quay({busyMachine()});

    QCOMPARE(quay.run({"ports", "3000", "90-99"}), ExitCode::NothingThere);
    QVERIFY(quay.out.contains("3000"));
    QCOMPARE(quay.err, "quay: Nothing listens on 90-99.\n");
}

void tst_Application::whatIsNotThereIsNamed_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("said");

    QTest::addRow("no UDP there") << QStringList{QStringLiteral("3000"), QStringLiteral("--udp")}
                                  << QStringLiteral("quay: No UDP socket is bound to 3000.\n");
    QTest::addRow("no TCP there") << QStringList{QStringLiteral("5353"), QStringLiteral("--tcp")}
                                  << QStringLiteral("quay: Nothing listens on TCP port 5353.\n");
    QTest::addRow("no UDP at all") << QStringList{QStringLiteral("--udp")}
                                   << QStringLiteral("quay: No UDP socket is bound to any port.\n");
    QTest::addRow("watched") << QStringList{QStringLiteral("4000"), QStringLiteral("--watch")}
                             << QStringLiteral("quay: Nothing listens on 4000.\n");
}

void tst_Application::whatIsNotThereIsNamed()
{
    QFETCH(const QStringList, words);
    QFETCH(const QString, said);
    ScriptedCli quay({snapshotOf({listenerFrom({.port = 3000, .owners = {{}}})})});
    Words all{"ports"};
    std::ranges::transform(words, std::back_inserter(all), &QString::toStdString);

    (void)quay.run(all);

    QCOMPARE(quay.out, ""); // no header above nothing
    QCOMPARE(QString::fromStdString(quay.err), said);
}

void tst_Application::watchSaysWhatItLeavesOut()
{
    ScriptedCli quay({snapshotOf({listenerFrom({.port = 22, .knowledge = Quay::OwnerKnowledge::Hidden, .uid = 0})})});
    quay.uid = 1000;

    (void)quay.run({"ports", "--watch"});

    QCOMPARE(quay.out, "");
    QVERIFY2(quay.err.contains("quay ports --all"), quay.err.c_str());
}

void tst_Application::tablesOfTheKernelAreSpokenOf_data()
{
    QTest::addColumn<QStringList>("words");

    for (const auto &words :
         {QStringLiteral("ports"), QStringLiteral("ports --watch"), QStringLiteral("ports --json"),
          QStringLiteral("why 3000"), QStringLiteral("why 3000 --json"), QStringLiteral("why 99")}) {
        QTest::addRow("%s", qPrintable(words)) << words.split(u' ');
    }
}

void tst_Application::tablesOfTheKernelAreSpokenOf()
{
    QFETCH(const QStringList, words);
    auto seen = *snapshotOf({listenerFrom({.port = 3000, .owners = {{}}})});
    seen.source = Quay::SocketSource::ProcNet;
    ScriptedCli quay({std::make_shared<const Quay::PortSnapshot>(seen)});
    Words all;
    std::ranges::transform(words, std::back_inserter(all), &QString::toStdString);

    (void)quay.run(all);

    QVERIFY2(quay.err.contains("Reading /proc/net instead"), quay.err.c_str());
    if (words.contains(QStringLiteral("--json"))) {
        QVERIFY2(quay.out.contains("\"source\": \"procNet\""), quay.out.c_str());
    }
}

void tst_Application::portsOfAnEmptyMachineSaysSo()
{
    ScriptedCli quay;

    QCOMPARE(quay.run({"ports"}), ExitCode::Done);
    QCOMPARE(quay.out, "");
    QCOMPARE(quay.err, "quay: Nothing listens on any port.\n");
}

void tst_Application::portsAsJson()
{
    ScriptedCli quay({busyMachine()});

    QCOMPARE(quay.run({"ports", "--json", "--all"}), ExitCode::Done);
    compareWithGolden(QStringLiteral("quay-ports.json"), quay.out);
}

void tst_Application::failuresAreSaid_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("exitCode");
    QTest::addRow("denied") << static_cast<int>(Quay::ErrorCode::Denied) << static_cast<int>(ExitCode::NotPermitted);
    QTest::addRow("unsupported") << static_cast<int>(Quay::ErrorCode::Unsupported)
                                 << static_cast<int>(ExitCode::NotAchieved);
    QTest::addRow("no /proc") << static_cast<int>(Quay::ErrorCode::Gone) << static_cast<int>(ExitCode::NotAchieved);
}

void tst_Application::failuresAreSaid()
{
    QFETCH(const int, code);
    QFETCH(const int, exitCode);
    for (const auto &words : std::vector<Words>{{"ports"}, {"ports", "--watch"}, {"why", "80"}}) {
        ScriptedCli quay;
        quay.machine.snapshots.emplace_back(Quay::fail(static_cast<Quay::ErrorCode>(code), "/proc"));

        QCOMPARE(static_cast<int>(quay.run(words)), exitCode);

        QVERIFY(quay.err.starts_with("quay: "));
        QVERIFY(quay.err.contains("/proc"));
        QCOMPARE(quay.out, "");
    }
}

void tst_Application::closedOutputIsNoFailure()
{
    ScriptedCli quay({busyMachine()});
    quay.outAnswer = Quay::fail(Quay::ErrorCode::Gone, "stdout", EPIPE);

    QCOMPARE(quay.run({"ports"}), ExitCode::Done);
    QCOMPARE(quay.err, "");
}

void tst_Application::fullDiskIsAFailure()
{
    ScriptedCli quay({busyMachine()});
    quay.outAnswer = Quay::fail(Quay::ErrorCode::Io, "stdout", ENOSPC);

    QCOMPARE(quay.run({"ports"}), ExitCode::NotAchieved);
    QVERIFY(quay.err.starts_with("quay: stdout: "));
}

void tst_Application::watchTellsChanges()
{
    const auto first = listenerFrom({.port = 80, .owners = {{}}});
    const auto second = listenerFrom({.port = 90, .owners = {{}}});
    const auto changed = listenerFrom({.port = 90, .owners = {{}, {.pid = 4712}}});
    ScriptedCli quay({snapshotOf({first}), snapshotOf({first}), snapshotOf({first, second}),
                      snapshotOf({first, changed}), snapshotOf({changed})});
    quay.ticker.ticks = 5;

    QCOMPARE(quay.run({"ports", "--watch"}), ExitCode::Done);

    const QStringList lines = linesOf(quay.out);
    QCOMPARE(lines.size(), 6);
    QVERIFY(lines.at(0).contains(QStringLiteral("PORT")));
    QVERIFY(lines.at(1).startsWith(QStringLiteral("     80")));
    QVERIFY(lines.at(2).startsWith(QStringLiteral("+    90")));
    QVERIFY(lines.at(3).startsWith(QStringLiteral("~    90")));
    QCOMPARE(lines.at(4), QStringLiteral("  changed: who holds it"));
    QVERIFY(lines.at(5).startsWith(QStringLiteral("-    80")));
    QCOMPARE(quay.err, "");
}

void tst_Application::watchTellsChangesAsJson()
{
    const auto listener = listenerFrom({.port = 80, .cookie = 1, .owners = {{}}});
    ScriptedCli quay({snapshotOf({listener}), snapshotOf({})});
    quay.ticker.ticks = 1;

    QCOMPARE(quay.run({"ports", "80", "--watch", "--json"}), ExitCode::Done);

    QStringList changes;
    for (const auto &line : linesOf(quay.out)) {
        changes << QJsonDocument::fromJson(line.toUtf8()).object().value(QStringLiteral("change")).toString();
    }
    QCOMPARE(changes, (QStringList{QStringLiteral("present"), QStringLiteral("vanished")}));
    compareWithGolden(QStringLiteral("quay-ports-watch.jsonl"), quay.out);
}

void tst_Application::watchGoesOnAfterAFailure()
{
    const auto first = listenerFrom({.port = 80, .owners = {{}}});
    const auto second = listenerFrom({.port = 90, .owners = {{}}});
    ScriptedCli quay({snapshotOf({first})});
    const auto fail = [&quay](int sysErrno) {
        quay.machine.snapshots.emplace_back(Quay::failErrno(sysErrno, "netlink answer"));
    };
    fail(ENOBUFS);
    fail(ENOBUFS);
    fail(ENOMEM);
    quay.machine.snapshots.emplace_back(snapshotOf({first, second}));
    fail(ENOMEM);
    quay.machine.snapshots.emplace_back(snapshotOf({second}));
    quay.ticker.ticks = 6;

    QCOMPARE(quay.run({"ports", "--watch"}), ExitCode::Done);

    const QStringList lines = linesOf(quay.out);
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines.at(2).startsWith(QStringLiteral("+    90")));
    QVERIFY(lines.at(3).startsWith(QStringLiteral("-    80")));
    const QStringList complaints = linesOf(quay.err);
    QCOMPARE(complaints.size(), 3); // each trouble once, and again when it comes back
    QVERIFY(complaints.at(0).startsWith(QStringLiteral("quay: ")));
    QVERIFY(complaints.at(0) != complaints.at(1));
    QCOMPARE(complaints.at(1), complaints.at(2));
}

void tst_Application::watchEndsWithItsReader()
{
    ScriptedCli quay({busyMachine()});
    quay.outAnswer = Quay::fail(Quay::ErrorCode::Gone, "stdout", EPIPE);
    quay.ticker.ticks = 1000;

    QCOMPARE(quay.run({"ports", "--watch"}), ExitCode::Done);
    QCOMPARE(quay.machine.looks.size(), std::size_t{1});
    QCOMPARE(quay.err, "");
}

void tst_Application::whyTellsAll()
{
    ScriptedCli quay({busyMachine()});

    QCOMPARE(quay.run({"why", "3000"}), ExitCode::Done);

    for (const char *const text :
         {"TCP 127.0.0.1:3000: node 4711", "node server.js", "/home/user/work", "/usr/bin/node",
          "shop (main) in /home/user/shop", "Vite", "3 min", "38 MB", "this machine only", "2 established",
          "! Different processes listen on this port.", "localhost reaches: [::1]:3000", "TCP [::1]:3000: ruby 4800"}) {
        QVERIFY2(quay.out.contains(text), (text + ("\n" + quay.out)).c_str());
    }
    QCOMPARE(quay.err, "");
}

void tst_Application::whyLooksOnWhileConnectionsWait_data()
{
    QTest::addColumn<std::string>("target");
    QTest::addRow("port") << std::string(":3000");
    QTest::addRow("process") << std::string("pid:10");
}

void tst_Application::whyLooksOnWhileConnectionsWait()
{
    QFETCH(const std::string, target);
    const auto withQueue = [](std::uint32_t waiting, std::vector<Quay::Warning> warnings = {}) {
        Quay::Listener listener =
            *listenerFrom({.port = 3000, .owners = {{.pid = 10}}, .warnings = std::move(warnings)});
        listener.socket.receiveQueue = waiting;
        return snapshotOf({std::make_shared<const Quay::Listener>(std::move(listener))});
    };
    const auto waiting = withQueue(1);
    const auto judged =
        withQueue(1, {{.kind = Quay::WarningKind::NobodyAccepts, .facts = {{.key = "waiting", .value = "1"}}}});
    const auto looksOf = [&](std::vector<Quay::PortSnapshotPtr> snapshots) {
        ScriptedCli quay(std::move(snapshots));
        quay.machine.processes[10] = waiting->listeners.front()->owners.front();
        quay.ticker.ticks = 1000;
        return quay.run({"why", target}) == ExitCode::Done ? quay.machine.looks.size() - 1 : 0; // one is to verify
    };

    QCOMPARE(looksOf({withQueue(0)}), std::size_t{1});
    QCOMPARE(looksOf({waiting, waiting, withQueue(0)}), std::size_t{3});
    QCOMPARE(looksOf({waiting, waiting, judged}), std::size_t{3});
    QCOMPARE(looksOf({waiting}), std::size_t{26}); // a busy server: it has to end some time
}

void tst_Application::whyTellsOfAProcess()
{
    ScriptedCli quay({busyMachine()});
    const auto snapshot = busyMachine();
    quay.machine.processes[10] = snapshot->listeners.back()->owners.front();

    QCOMPARE(quay.run({"why", "pid:10"}), ExitCode::Done);
    QVERIFY2(quay.out.starts_with("TCP 0.0.0.0:8000: gun\\eicorn 10\n"), quay.out.c_str());
    QVERIFY(quay.out.contains("node 11, node 12, node 13"));
}

void tst_Application::projectAndKindAreOfWhicheverOwnerHasThem()
{
    const OwnerSpec worker{.pid = 4712,
                           .project = Quay::Test::projectAt("/home/user/shop", "shop", "main"),
                           .kind = Quay::ServerKind{.id = "vite", .name = "Vite"}};
    const auto snapshot = snapshotOf({listenerFrom({.port = 3000, .owners = {{}, worker}})});
    ScriptedCli quay({snapshot});
    quay.machine.processes[4711] = snapshot->listeners.front()->owners.front();

    for (const auto &words : std::vector<Words>{{"ports"}, {"why", ":3000"}}) {
        QCOMPARE(quay.run(words), ExitCode::Done);
        QVERIFY2(quay.out.contains("shop (main)"), quay.out.c_str());
        QVERIFY2(quay.out.contains("Vite"), quay.out.c_str());
    }

    QCOMPARE(quay.run({"why", "pid:4711"}), ExitCode::Done);
    QVERIFY2(!quay.out.contains("shop (main)"), quay.out.c_str()); // this process has none
    quay.machine.processes[4712] = snapshot->listeners.front()->owners.back();
    QCOMPARE(quay.run({"why", "pid:4712"}), ExitCode::Done);
    QVERIFY2(quay.out.contains("shop (main) in /home/user/shop"), quay.out.c_str());
    QVERIFY2(quay.out.contains("Vite"), quay.out.c_str());
}

void tst_Application::whyHiddenIsNotPermitted()
{
    ScriptedCli quay({busyMachine()});

    QCOMPARE(quay.run({"why", "5432"}), ExitCode::NotPermitted);
    QVERIFY(quay.out.contains("hidden: belongs to root, unit postgresql.service"));
    QVERIFY(quay.err.contains("it belongs to root"));
}

void tst_Application::whyHiddenProcessIsNotPermitted_data()
{
    QTest::addColumn<std::string>("target");
    QTest::addRow("pid") << std::string("pid:1");
    QTest::addRow("port or pid") << std::string("1");
}

void tst_Application::whyHiddenProcessIsNotPermitted()
{
    QFETCH(const std::string, target);
    ScriptedCli quay({busyMachine()});
    quay.machine.hidden = {1};

    QCOMPARE(quay.run({"why", target}), ExitCode::NotPermitted);
    QCOMPARE(quay.out, "");
    QCOMPARE(quay.err, "quay: Process 1 is there, but the system hides it from you. Run quay as root to see it.\n");
}

void tst_Application::whyNobodyIsNothingThere_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("message");
    QTest::addRow("port or pid") << "9999" << "quay: Nobody listens on port 9999, and there is no process 9999.\n";
    QTest::addRow("port") << ":9999" << "quay: Nobody listens on port 9999.\n";
    QTest::addRow("pid") << "pid:9999" << "quay: There is no process 9999.\n";
}

void tst_Application::whyNobodyIsNothingThere()
{
    QFETCH(const QString, word);
    QFETCH(const QString, message);
    ScriptedCli quay({busyMachine()});

    QCOMPARE(quay.run({"why", word.toStdString()}), ExitCode::NothingThere);
    QCOMPARE(quay.out, "");
    QCOMPARE(QString::fromStdString(quay.err), message);
}

void tst_Application::whyAsJson()
{
    ScriptedCli quay({busyMachine()});

    QCOMPARE(quay.run({"why", "3000", "--json"}), ExitCode::Done);
    compareWithGolden(QStringLiteral("quay-why.json"), quay.out);
}

QTEST_GUILESS_MAIN(tst_Application)
#include "tst_application.moc"
