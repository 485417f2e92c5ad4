// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/ancestry.h"

#include <QObject>
#include <QTest>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace {

/// A made-up machine: each process younger than the ones added before it.
class Processes
{
public:
    struct Options
    {
        std::optional<pid_t> session; ///< Else that of the parent, as fork() leaves it.
        std::optional<std::uint64_t> startTicks; ///< Else later than all before.
    };

    pid_t add(pid_t pid, pid_t parent, const std::string &command, const Options &options = {})
    {
        auto process = std::make_shared<Quay::ProcessInfo>();
        process->id = {.pid = pid, .startTicks = options.startTicks.value_or(m_ticks += 100)};
        process->parentPid = parent;
        const auto known = m_byPid.find(parent);
        process->session = options.session.value_or(known != m_byPid.end() ? known->second->session : pid);
        for (std::size_t begin = 0; begin <= command.size();) {
            const auto end = std::min(command.find(' ', begin), command.size());
            process->arguments.push_back(command.substr(begin, end - begin));
            begin = end + 1;
        }
        const std::string &program = process->arguments.front();
        process->name = program.substr(program.rfind('/') + 1).substr(0, 15);
        m_byPid[pid] = std::move(process);
        return pid;
    }

    [[nodiscard]] Quay::Ancestry ancestryOf(pid_t pid, const Quay::UnitInfo &unit = {}) const
    {
        return Quay::ancestryOf(
            find(pid), [this](pid_t wanted) { return find(wanted); }, Quay::KindRules::builtIn(), unit);
    }

private:
    [[nodiscard]] Quay::ProcessInfoPtr find(pid_t pid) const
    {
        const auto found = m_byPid.find(pid);
        return found == m_byPid.end() ? nullptr : found->second;
    }

    std::map<pid_t, Quay::ProcessInfoPtr> m_byPid;
    std::uint64_t m_ticks = 0;
};

std::vector<pid_t> pidsOf(const Quay::Ancestry &ancestry)
{
    std::vector<pid_t> pids;
    for (const auto &step : ancestry.steps) {
        pids.push_back(step.process->id.pid);
    }
    return pids;
}

std::string originName(const Quay::Ancestry &ancestry)
{
    return ancestry.origin ? ancestry.steps[*ancestry.origin].launcherName : std::string();
}

Quay::UnitInfo unit(Quay::UnitKind kind)
{
    Quay::UnitInfo unit;
    unit.kind = kind;
    return unit;
}

/// pid 1, the user's systemd and a terminal with a shell: 1 <- 900 <- 1000 konsole <- 1010 zsh.
Processes desktop()
{
    Processes processes;
    processes.add(1, 0, "/sbin/init");
    processes.add(900, 1, "/lib/systemd/systemd --user", {.session = 900, .startTicks = {}});
    processes.add(1000, 900, "/usr/bin/konsole", {.session = 1000, .startTicks = {}});
    processes.add(1010, 1000, "-zsh", {.session = 1010, .startTicks = {}});
    return processes;
}

} // namespace

class tst_Ancestry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stepsLeadToTheOldestAncestor();
    void nullProcessHasNoSteps();
    void recycledParentEndsTheChain();
    void circleEndsTheChain();
    void endlessChainIsCut();
    void originExplainsBest_data();
    void originExplainsBest();
    void shellOfOneCommandIsNoOrigin();
    void processIsNotItsOwnOrigin();
    void reparentingIsRecognised_data();
    void reparentingIsRecognised();
    void adopterIsNoOrigin();
    void adopterOfAnAncestorIsNoOrigin();
    void timerIsNamedByTheEnvironment_data();
    void timerIsNamedByTheEnvironment();
    void timerTakesThePlaceOfTheManager();
    void timerExplainsNothingBelowATerminal();
};

void tst_Ancestry::stepsLeadToTheOldestAncestor()
{
    auto processes = desktop();
    processes.add(1020, 1010, "npm run dev");
    processes.add(1021, 1020, "node /a/node_modules/.bin/vite");

    const auto ancestry = processes.ancestryOf(1021);

    QCOMPARE(pidsOf(ancestry), (std::vector<pid_t>{1021, 1020, 1010, 1000, 900, 1}));
    QCOMPARE(ancestry.steps[1].launcherName, std::string("npm"));
    QCOMPARE(ancestry.steps[1].launcher, Quay::LauncherKind::PackageScript);
    QCOMPARE(ancestry.steps[0].launcher, Quay::LauncherKind::None);
    QVERIFY(!ancestry.isReparented);
}

void tst_Ancestry::nullProcessHasNoSteps()
{
    const auto ancestry = Processes().ancestryOf(4711);

    QVERIFY(ancestry == Quay::Ancestry{});
}

void tst_Ancestry::recycledParentEndsTheChain()
{
    Processes processes;
    processes.add(500, 1, "node server.js", {.session = {}, .startTicks = 10});
    processes.add(1, 0, "bash", {.session = {}, .startTicks = 11});

    QCOMPARE(pidsOf(processes.ancestryOf(500)), std::vector<pid_t>{500});
}

void tst_Ancestry::circleEndsTheChain()
{
    Processes processes;
    processes.add(10, 30, "a", {.session = 1, .startTicks = 5});
    processes.add(20, 10, "b", {.session = 1, .startTicks = 5});
    processes.add(30, 20, "c", {.session = 1, .startTicks = 5});
    processes.add(40, 40, "own parent", {.session = 1, .startTicks = 5});

    QCOMPARE(pidsOf(processes.ancestryOf(30)), (std::vector<pid_t>{30, 20, 10}));
    QCOMPARE(pidsOf(processes.ancestryOf(40)), std::vector<pid_t>{40});
}

void tst_Ancestry::endlessChainIsCut()
{
    Processes processes;
    for (pid_t pid = 1; pid <= 500; ++pid) {
        processes.add(pid, pid - 1, "sh");
    }

    QCOMPARE(processes.ancestryOf(500).steps.size(), 64U);
}

void tst_Ancestry::originExplainsBest_data()
{
    QTest::addColumn<QStringList>("chain"); // oldest first, below pid 1
    QTest::addColumn<QString>("origin");
    const auto row = [](const char *name, const QStringList &chain, const char *origin) {
        QTest::addRow("%s", name) << chain << QString::fromLatin1(origin);
    };
    const auto text = [](const char *latin1) { return QString::fromLatin1(latin1); };
    const QString server = text("node server.js");
    row("terminal", {text("/usr/bin/plasmashell"), text("konsole"), text("-zsh"), text("npm run dev"), server},
        "Konsole");
    row("agent in a terminal",
        {text("konsole"), text("-zsh"), text("node /usr/bin/claude"), text("/bin/bash -c x"), server}, "Claude Code");
    row("agent in an IDE", {text("/usr/share/code/code"), text("zsh"), text("claude"), text("zsh"), server},
        "Claude Code");
    row("IDE", {text("gnome-shell"), text("/usr/share/code/code"), text("/usr/share/code/code"), text("bash"), server},
        "VS Code");
    row("editor in a terminal", {text("konsole"), text("zsh"), text("nvim"), text("zsh"), server}, "Neovim");
    row("tmux", {text("tmux new -s x"), text("-zsh"), server}, "tmux");
    row("ssh", {text("/usr/sbin/sshd -D"), text("sshd-session: anna"), text("-bash"), server}, "SSH");
    row("cron", {text("/usr/sbin/cron -f"), text("/usr/sbin/CRON -f"), text("/bin/sh -c x"), server}, "cron");
    row("container", {text("/usr/bin/containerd-shim-runc-v2 -id 1"), text("tini -- x"), server}, "containerd");
    row("process manager under systemd", {text("python3 /usr/bin/supervisord"), server}, "Supervisor");
    row("process manager in a terminal", {text("konsole"), text("zsh"), text("node /usr/bin/nodemon x"), server},
        "Konsole");
    row("desktop", {text("/usr/bin/plasmashell"), server}, "Plasma");
    row("service", {server}, "systemd");
}

void tst_Ancestry::originExplainsBest()
{
    QFETCH(const QStringList, chain);
    QFETCH(const QString, origin);
    Processes processes;
    processes.add(1, 0, "/lib/systemd/systemd --system");
    pid_t pid = 1;
    for (const auto &command : chain) {
        const pid_t parent = pid;
        pid = processes.add(parent + 100, parent, command.toStdString());
    }

    QCOMPARE(QString::fromStdString(originName(processes.ancestryOf(pid))), origin);
}

void tst_Ancestry::shellOfOneCommandIsNoOrigin()
{
    Processes processes; // of a container, where no init and no terminal is to be seen
    processes.add(1, 0, "sleep infinity");
    processes.add(40, 1, "bash", {.session = 40, .startTicks = {}});
    processes.add(50, 40, "npm run dev");
    processes.add(51, 50, "sh -c vite");
    processes.add(52, 51, "node /a/node_modules/.bin/vite");
    processes.add(60, 1, "bash dev.sh", {.session = 60, .startTicks = {}});
    processes.add(61, 60, "node server.js");

    QCOMPARE(processes.ancestryOf(52).origin, std::optional<std::size_t>(3));
    QCOMPARE(processes.ancestryOf(61).origin, std::nullopt);
}

void tst_Ancestry::processIsNotItsOwnOrigin()
{
    Processes processes;
    processes.add(77, 0, "/usr/share/code/code");

    QVERIFY(!processes.ancestryOf(77).origin);
}

void tst_Ancestry::reparentingIsRecognised_data()
{
    using enum Quay::UnitKind;
    QTest::addColumn<std::string>("parent");
    QTest::addColumn<int>("parentPid");
    QTest::addColumn<int>("session"); // of the process, which is 500
    QTest::addColumn<Quay::UnitKind>("unit");
    QTest::addColumn<bool>("isReparented");
    const auto row = [](const char *name, const char *parent, int parentPid, int session, Quay::UnitKind unit,
                        bool isReparented) {
        QTest::addRow("%s", name) << std::string(parent) << parentPid << session << unit << isReparented;
    };
    const char *const userManager = "/lib/systemd/systemd --user";
    row("child of its shell", "-bash", 400, 400, Scope, false);
    row("left in a shell's session, handed to pid 1", "/sbin/init", 1, 300, Scope, true);
    row("left in a shell's session, handed to the user's systemd", userManager, 400, 300, Scope, true);
    row("the same without unit", userManager, 400, 300, None, true);
    row("the same, other subreaper", "tmux", 400, 300, Scope, true);
    row("session of its own, in a scope, under systemd", userManager, 400, 500, Scope, true);
    row("session of its own, nothing known", "/sbin/init", 1, 500, None, false);
    row("session of its own, of a terminal", "konsole", 400, 500, Scope, false);
    row("system service", "/lib/systemd/systemd", 1, 500, SystemService, false);
    row("system service that forked twice", "/lib/systemd/systemd", 1, 499, SystemService, false);
    row("user service", userManager, 400, 500, UserService, false);
    row("child of a container's first process", "node x.js", 1, 1, Container, false);
    row("handed to a container's first process", "tini -- x", 1, 300, Container, true);
    row("session in another namespace", "/sbin/init", 1, 0, Scope, false);
}

void tst_Ancestry::reparentingIsRecognised()
{
    QFETCH(const std::string, parent);
    QFETCH(const int, parentPid);
    QFETCH(const int, session);
    QFETCH(const Quay::UnitKind, unit);
    QFETCH(const bool, isReparented);
    Processes processes;
    processes.add(parentPid, 0, parent, {.session = parentPid, .startTicks = {}});
    processes.add(500, parentPid, "node server.js", {.session = session, .startTicks = {}});

    QCOMPARE(processes.ancestryOf(500, ::unit(unit)).isReparented, isReparented);
}

void tst_Ancestry::adopterIsNoOrigin()
{
    auto processes = desktop();
    processes.add(2000, 900, "node server.js", {.session = 1999, .startTicks = {}});

    const auto ancestry = processes.ancestryOf(2000, unit(Quay::UnitKind::Scope));

    QVERIFY(ancestry.isReparented);
    QCOMPARE(pidsOf(ancestry), (std::vector<pid_t>{2000, 900, 1}));
    QVERIFY(!ancestry.origin);
}

void tst_Ancestry::adopterOfAnAncestorIsNoOrigin()
{
    auto processes = desktop();
    processes.add(2000, 900, "sh -c npm run dev", {.session = 1999, .startTicks = {}});
    processes.add(2001, 2000, "node server.js");

    const auto ancestry = processes.ancestryOf(2001, unit(Quay::UnitKind::Scope));

    QVERIFY(!ancestry.isReparented);
    QCOMPARE(originName(ancestry), std::string("sh"));
}

void tst_Ancestry::timerIsNamedByTheEnvironment_data()
{
    QTest::addColumn<std::vector<std::string>>("environment");
    QTest::addColumn<std::string>("timer");
    const auto row = [](const char *name, const std::vector<std::string> &environment, const char *timer = "") {
        QTest::addRow("%s", name) << environment << std::string(timer);
    };
    row("none", {"PATH=/bin", "INVOCATION_ID=1"});
    row("empty", {});
    row("timer", {"PATH=/bin", "TRIGGER_UNIT=backup.timer", "TRIGGER_TIMER_REALTIME_USEC=1"}, "backup.timer");
    row("path unit", {"TRIGGER_UNIT=spool.path", "TRIGGER_PATH=/spool"});
    row("no name", {"TRIGGER_UNIT=.timer"});
    row("another variable", {"MY_TRIGGER_UNIT=backup.timer"});
}

void tst_Ancestry::timerIsNamedByTheEnvironment()
{
    QFETCH(const std::vector<std::string>, environment);
    QFETCH(const std::string, timer);

    QCOMPARE(Quay::triggeringTimer(environment).value_or(std::string()), timer);
}

void tst_Ancestry::timerTakesThePlaceOfTheManager()
{
    auto processes = desktop();
    processes.add(2000, 900, "python3 -m http.server", {.session = 2000, .startTicks = {}});
    auto ancestry = processes.ancestryOf(2000, unit(Quay::UnitKind::UserService));
    QCOMPARE(ancestry.origin, std::optional<std::size_t>(1));

    Quay::attributeToTimer(ancestry, "backup.timer");

    QCOMPARE(originName(ancestry), std::string("backup.timer"));
    QCOMPARE(ancestry.steps[1].launcher, Quay::LauncherKind::Timer);
    QCOMPARE(ancestry.steps[2].launcher, Quay::LauncherKind::Init);
}

void tst_Ancestry::timerExplainsNothingBelowATerminal()
{
    auto processes = desktop();
    processes.add(1020, 1010, "npm run dev");
    const auto before = processes.ancestryOf(1020);

    auto after = before;
    Quay::attributeToTimer(after, "backup.timer");

    QVERIFY(after == before);
}

QTEST_GUILESS_MAIN(tst_Ancestry)
#include "tst_ancestry.moc"
