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

} // namespace

class tst_WhyText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoOpenedTheSocketsIsNamed();
    void partsAreOneLine();
    void whatAllSocketsShareIsSaidOnce();
    void launchersAreNamedOnce();
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

QTEST_GUILESS_MAIN(tst_WhyText)
#include "tst_whytext.moc"
