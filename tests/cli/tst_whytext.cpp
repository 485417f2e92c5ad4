// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/whytext.h"
#include "app/shared/usernames.h"
#include "core/ports/listener.h"
#include "core/processes/ancestry.h"
#include "core/processes/kindrules.h"
#include "tests/support/fakeclock.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTest>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

using Quay::Test::listenerFrom;

namespace {

constexpr uid_t Root = 0;
constexpr uid_t User = 1000;

QStringList linesOf(const Quay::WhySubject &subject)
{
    Quay::UserNames users({{Root, QStringLiteral("root")}, {User, QStringLiteral("user")}}, User);
    return Quay::whyText(subject, Quay::OutputTraits{}, users, Quay::Test::FakeClock()).split(u'\n');
}

/// What stands behind a label.
QString factOf(const Quay::WhySubject &subject, const QString &label)
{
    for (const QString &line : linesOf(subject)) {
        if (const QString fact = line.trimmed(); fact.startsWith(label + u' ')) {
            return fact.sliced(label.size()).trimmed();
        }
    }
    return {};
}

Quay::WhySubject subjectWith(const std::vector<Quay::ListenerPtr> &listeners)
{
    return Quay::subjectsOf(listeners).front();
}

Quay::AncestryStep step(pid_t pid, const char *name, Quay::LauncherKind launcher, const char *launcherName = "")
{
    auto process = std::make_shared<Quay::ProcessInfo>();
    process->id = {.pid = pid, .startTicks = 1};
    process->name = name;
    return {.process = std::move(process), .launcher = launcher, .launcherName = launcherName};
}

Quay::ProcessInfo processInState(char state)
{
    Quay::ProcessInfo process;
    process.id = {.pid = 4711, .startTicks = 1000};
    process.parentPid = 4700;
    process.uid = User;
    process.state = state;
    process.name = "node";
    process.threadCount = 1;
    return process;
}

/// Without ports, started by npm 4700; neither its program nor its directory can be read.
Quay::WhySubject subjectOf(const Quay::ProcessInfo &info)
{
    const auto process = std::make_shared<const Quay::ProcessInfo>(info);
    auto profile = std::make_shared<Quay::OwnerProfile>();
    profile->ancestry.steps = {{.process = process}, step(4700, "npm", Quay::LauncherKind::PackageScript)};
    return {.process = process, .profile = std::move(profile), .listeners = {}};
}

} // namespace

class tst_WhyText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoOpenedTheSocketsIsNamed();
    void partsAreOneLine();
    void whatAllSocketsShareIsSaidOnce();
    void launchersAreNamedOnce();
    void whoHasEndedHidesNothing_data();
    void whoHasEndedHidesNothing();
    void whoseFirstThreadHasEndedRuns();
    void threadOfTheKernelHasNoProgram();
    void silentDirectoryIsSaid();
};

void tst_WhyText::whoOpenedTheSocketsIsNamed()
{
    const auto own = listenerFrom({.port = 1, .owners = {{}}, .uid = User});
    const auto handed = listenerFrom({.port = 2, .owners = {{}}, .uid = Root});

    QCOMPARE(factOf(subjectWith({own}), QStringLiteral("User")), QStringLiteral("user"));
    QVERIFY(factOf(subjectWith({handed}), QStringLiteral("User"))
                .startsWith(QStringLiteral("user; the socket was opened by root: ")));
    QVERIFY(factOf(subjectWith({own, handed}), QStringLiteral("User"))
                .startsWith(QStringLiteral("user; sockets were opened by root: ")));
}

void tst_WhyText::silentDirectoryIsSaid()
{
    const auto subject = subjectWith({listenerFrom({.owners = {{.isDirectorySilent = true}}})});

    QCOMPARE(factOf(subject, QStringLiteral("Directory")),
             QStringLiteral("/home/user/work (its file system does not answer)"));
}

void tst_WhyText::partsAreOneLine()
{
    const auto subject = subjectWith({listenerFrom({.owners = {{}}, .connections = 2})});

    QCOMPARE(factOf(subject, QStringLiteral("Connections")),
             QStringLiteral("2 established, 0 waiting to be accepted (backlog 128)"));
    QVERIFY2(factOf(subject, QStringLiteral("Uses")).endsWith(QStringLiteral("average), 38 MB memory, 1 thread(s)")),
             qPrintable(factOf(subject, QStringLiteral("Uses"))));
}

void tst_WhyText::whatAllSocketsShareIsSaidOnce()
{
    const auto first = listenerFrom({.port = 3000, .owners = {{}}, .connections = 1});
    const auto second = listenerFrom({.port = 3001, .owners = {{}}, .connections = 2});

    const auto subject = subjectWith({first, second});

    QCOMPARE(factOf(subject, QStringLiteral("Reach of each")), QStringLiteral("this machine only"));
    QVERIFY(factOf(subject, QStringLiteral("Connections of each")).isEmpty());
    QVERIFY(factOf(subject, QStringLiteral("Connections of 127.0.0.1:3000")).startsWith(QStringLiteral("1 est")));
    QVERIFY(factOf(subject, QStringLiteral("Connections of 127.0.0.1:3001")).startsWith(QStringLiteral("2 est")));
}

void tst_WhyText::launchersAreNamedOnce()
{
    using enum Quay::LauncherKind;
    auto subject = subjectWith({listenerFrom({.owners = {{}}})});
    auto profile = *subject.profile;
    profile.ancestry = {.steps = {{.process = subject.process},
                                  step(781, "sh", Shell, "sh"),
                                  step(780, "zsh", Shell),
                                  step(779, "konsole", Terminal, "Konsole"),
                                  step(778, "code", Ide, "VS Code")},
                        .origin = 4};
    subject.profile = std::make_shared<const Quay::OwnerProfile>(profile);

    const QStringList lines = linesOf(subject);

    const auto chain = lines.sliced(lines.indexOf(QStringLiteral("  Why it runs")) + 1, 5);
    QVERIFY(chain.at(0).endsWith(QStringLiteral("  VS Code (code 778)")));
    QVERIFY(chain.at(1).endsWith(QStringLiteral(" konsole 779 (terminal)")));
    QVERIFY(chain.at(2).endsWith(QStringLiteral(" zsh 780 (shell)")));
    QVERIFY(chain.at(3).endsWith(QStringLiteral(" sh 781 (shell)")));
    QVERIFY(chain.at(4).endsWith(QStringLiteral(" node 4711")));
}

void tst_WhyText::whoHasEndedHidesNothing_data()
{
    QTest::addColumn<pid_t>("parent");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, pid_t parent, const char *said) {
        QTest::addRow("%s", name) << parent << QString::fromLatin1(said);
    };
    row("known parent", 4700, "It has ended, and stays until its parent npm 4700 takes note of it, or ends.");
    row("hidden parent", 4699, "It has ended, and stays until its parent 4699 takes note of it, or ends.");
    row("parent outside of the container", 0, "It has ended, and stays until its parent takes note of it, or ends.");
}

void tst_WhyText::whoHasEndedHidesNothing()
{
    QFETCH(const pid_t, parent);
    QFETCH(const QString, said);
    auto process = processInState('Z');
    process.parentPid = parent;
    const auto subject = subjectOf(process);

    const QStringList lines = linesOf(subject);

    QCOMPARE(lines.at(0), QStringLiteral("node 4711"));
    QCOMPARE(lines.at(1).trimmed(), said);
    QVERIFY(lines.contains(QStringLiteral("  Why it ran")));
    for (const char *const label : {"Program", "Directory", "Uses", "Since"}) {
        QCOMPARE(factOf(subject, QString::fromLatin1(label)), QString());
    }
    QVERIFY(!factOf(subject, QStringLiteral("Started")).isEmpty());
}

void tst_WhyText::whoseFirstThreadHasEndedRuns()
{
    auto process = processInState('Z');
    process.threadCount = 2;
    const auto subject = subjectOf(process);

    QVERIFY(!linesOf(subject).at(1).contains(QStringLiteral("has ended")));
    QVERIFY(!factOf(subject, QStringLiteral("Uses")).isEmpty());
}

void tst_WhyText::threadOfTheKernelHasNoProgram()
{
    auto process = processInState('I');
    process.isKernelThread = true;
    const auto subject = subjectOf(process);

    QCOMPARE(factOf(subject, QStringLiteral("Program")), QStringLiteral("none: a thread of the kernel"));
    QCOMPARE(factOf(subject, QStringLiteral("Directory")), QString());
    QVERIFY(!linesOf(subject).at(1).contains(QStringLiteral("has ended")));
}

QTEST_GUILESS_MAIN(tst_WhyText)
#include "tst_whytext.moc"
