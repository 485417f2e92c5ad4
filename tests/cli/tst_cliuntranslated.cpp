// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/waittext.h"
#include "core/base/error.h"
#include "core/ports/factkey.h"
#include "core/ports/listener.h"
#include "core/probes/waitprobe.h"
#include "core/processes/kindrules.h"
#include "core/processes/unit.h"
#include "tests/cli/scriptedcli.h"
#include "tests/support/markingtranslator.h"
#include "tests/support/snapshots.h"

#include <QCoreApplication>
#include <QLocale>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

using Quay::Test::listenerFrom;
using Quay::Test::ScriptedCli;
using Quay::Test::snapshotOf;

namespace {

using Words = std::vector<std::string>;

/// What is typed, and so the same in every language; h is the short option -h, user the name of user 1000.
const QStringList Names =
    QStringLiteral(
        "quay ports why wait free stop again audit up down start restart status startup foreground logs n t follow "
        "grep run "
        "lines timestamps alerts probes force "
        "check import help h json file output from f watch "
        "all tcp udp timeout list "
        "force grace scope drain signal manager dry run anyway yes no ask password since limit version TCP UDP "
        "ATTEMPT COMMAND FILE NAME OPTIONS PORT RANGE PID TARGET SCOPE SIGNAL WORD user")
        .split(u' ');

QString untranslated(const std::string &output)
{
    QStringList found;
    for (const auto &line : QString::fromStdString(output).split(u'\n')) {
        if (const auto rest = Quay::Test::untranslatable(line, Names); !rest.isEmpty()) {
            found << QString(rest + QStringLiteral(" in: ") + line);
        }
    }
    return found.join(u'\n');
}

/// Everything that can be said about a port. What comes from other processes has no letters.
Quay::PortSnapshotPtr everything()
{
    Quay::UnitInfo unit;
    unit.kind = Quay::UnitKind::Container;
    unit.name = "9.9";
    const Quay::Test::OwnerSpec owner{
        .pid = 11,
        .name = "11",
        .arguments = {"11"},
        .directory = {},
        .executable = "/2",
        .project = Quay::Test::projectAt("/3", "33", "44"),
        .kind = Quay::ServerKind{.id = "5", .name = "55", .speaksHttp = true, .isDevelopment = true}};
    auto other = owner;
    other.pid = 12;
    std::vector<Quay::Fact> facts;
    for (const Quay::FactKey key : Quay::FactKey::all()) {
        facts.push_back({.key = key, .value = "7"});
    }
    std::vector<Quay::Warning> warnings;
    using enum Quay::WarningKind;
    for (const auto kind :
         {SplitBrain, NobodyAccepts, ExecutableDeleted, DirectoryDeleted, OwnerStopped, DevelopmentServerOnNetwork}) {
        warnings.push_back({.kind = kind, .facts = facts});
    }
    std::vector<Quay::ListenerPtr> listeners{
        listenerFrom({.port = 1, .owners = {owner, other}, .uid = 77, .unit = unit, .warnings = warnings})};
    std::uint16_t port = 1;
    using enum Quay::OwnerKnowledge;
    for (const auto knowledge : {Pending, Hidden, NoProcess}) {
        listeners.push_back(listenerFrom({.port = ++port,
                                          .address = "0.0.0.0",
                                          .knowledge = knowledge,
                                          .uid = 77,
                                          .unit = unit,
                                          .connections = {}}));
    }
    for (const auto knowledge : {InferredFromUnit, Told, FirstFound}) {
        listeners.push_back(listenerFrom({.port = ++port, .owners = {owner}, .knowledge = knowledge, .uid = 77}));
    }
    auto snapshot = std::make_shared<Quay::PortSnapshot>(*snapshotOf(std::move(listeners)));
    snapshot->source = Quay::SocketSource::ProcNet;
    snapshot->isInterrupted = true;
    return snapshot;
}

} // namespace

/// Marks every text that can be translated, and looks for what `quay` prints without a mark.
class tst_CliUntranslated : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aBareTextIsFound();
    void outputIsTranslated_data();
    void outputIsTranslated();
    void failuresAreTranslated_data();
    void failuresAreTranslated();
    void waitingIsTranslated();

private:
    QTemporaryDir m_home;
    Quay::Test::MarkingTranslator m_marking;
};

void tst_CliUntranslated::initTestCase()
{
    QVERIFY(m_home.isValid());
    qputenv("XDG_STATE_HOME", m_home.path().toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", m_home.path().toLocal8Bit());
    qputenv("XDG_RUNTIME_DIR", m_home.path().toLocal8Bit()); // nobody else's ended servers are started again
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany)); // its dates are numbers
    QCoreApplication::installTranslator(&m_marking);
}

void tst_CliUntranslated::aBareTextIsFound()
{
    QCOMPARE(untranslated("quay: bare\n"), QStringLiteral("quay: bare in: quay: bare"));
    QCOMPARE(untranslated(QObject::tr("marked").toStdString() + ": 7\n"), QString());
}

void tst_CliUntranslated::outputIsTranslated_data()
{
    QTest::addColumn<Words>("words");
    for (const auto &words : std::vector<Words>{
             {},
             {"--help"},
             {"help"},
             {"help", "ports"},
             {"help", "why"},
             {"help", "wait"},
             {"help", "help"},
             {"help", "7"},
             {"7"},
             {"prots"},
             {"ports"},
             {"ports", "--all"},
             {"ports", "7-9"},
             {"ports", "0"},
             {"ports", "--jsno"},
             {"ports", "-7"},
             {"why"},
             {"why", "1"},
             {"why", "2"},
             {"why", "3"},
             {"why", "4"},
             {"why", "5"},
             {"why", "6"},
             {"why", "999"},
             {"why", ":999"},
             {"why", "pid:999"},
             {"why", "-"},
             {"wait"},
             {"wait", "-"},
             {"wait", "7", "--timeout"},
             {"wait", "7", "--timeout", "7:7"},
             {"wait", "7", "--timeout", "1s", "2s"},
             {"wait", "7", "--timeout=1s", "--timeout=2s"},
             {"help", "free"},
             {"help", "stop"},
             {"help", "again"},
             {"help", "audit"},
             {"help", "startup"},
             {"help", "check"},
             {"help", "import"},
             {"free"},
             {"free", "0"},
             {"free", "999"},
             {"free", "1", "--dry-run"},
             {"free", "2"},
             {"free", "1", "--grace", "7:7"},
             {"free", "1", "--scope", "7"},
             {"free", "1", "--signal", "7"},
             {"free", "1", "--force", "--signal", "2"},
             {"stop", "0"},
             {"stop", "999"},
             {"again"},
             {"audit"},
             {"audit", "--since", "7"},
             {"audit", "--limit", "0"},
             {"startup"},
             {"startup", "7"},
             {"startup", "7", "--run", "0"},
             {"startup", "7", "--run", "1", "--list"},
             {"check"},
             {"import"},
             {"import", "7"},
             {"import", "7", "--from", "7"},
         }) {
        std::string name;
        for (const auto &word : words) {
            name += ' ' + word;
        }
        QTest::addRow("quay%s", name.c_str()) << words;
    }
}

void tst_CliUntranslated::outputIsTranslated()
{
    QFETCH(const Words, words);
    ScriptedCli quay({everything()});
    quay.traits.isTerminal = true;

    std::ignore = quay.run(words);

    QVERIFY(!quay.out.empty() || !quay.err.empty());
    QCOMPARE(untranslated(quay.out + quay.err), QString());
}

void tst_CliUntranslated::failuresAreTranslated_data()
{
    QTest::addColumn<Quay::ErrorCode>("code");
    using enum Quay::ErrorCode;
    for (const auto code : {Gone, Denied, Malformed, Unsupported, Invalid}) {
        QTest::addRow("%d", static_cast<int>(code)) << code;
    }
}

void tst_CliUntranslated::failuresAreTranslated()
{
    QFETCH(const Quay::ErrorCode, code);
    ScriptedCli quay;
    quay.machine.snapshots.emplace_back(Quay::fail(code, "/7"));

    std::ignore = quay.run({"ports"});

    QVERIFY(!quay.err.empty());
    QCOMPARE(untranslated(quay.err), QString());
}

void tst_CliUntranslated::waitingIsTranslated()
{
    using enum Quay::Observation::What;
    for (const auto what : {NotTried, NobodyListens, Listening, PortFree, PortHeld, HostUnknown, Refused, TimedOut,
                            Unreachable, Connected, NotAccepted, HttpStatus, TlsFailed, HttpFailed, NotReadable}) {
        for (const char *const detail : {"", "7"}) {
            const Quay::Observation seen{.what = what, .detail = detail, .number = 7};
            const Quay::WaitTarget target{.word = "7"};
            for (const bool isMet : {false, true}) {
                const Quay::WaitOutcome outcome{.isMet = isMet, .seen = seen};
                QCOMPARE(untranslated(Quay::outcomeText(target, outcome).toStdString()), QString());
                QCOMPARE(untranslated(Quay::progressText({target}, {outcome}).toStdString()), QString());
            }
        }
    }
}

QTEST_GUILESS_MAIN(tst_CliUntranslated)
#include "tst_cliuntranslated.moc"
