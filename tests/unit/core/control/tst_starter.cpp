// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/starter.h"
#include "core/ports/listener.h"
#include "core/processes/processinfo.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

class tst_Starter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void managerIsNamedPastItsWrappers_data();
    void managerIsNamedPastItsWrappers();
    void whatSomebodyWorksInIsNotToBeEnded_data();
    void whatSomebodyWorksInIsNotToBeEnded();
};

void tst_Starter::managerIsNamedPastItsWrappers_data()
{
    QTest::addColumn<QStringList>("wrapper");
    QTest::addColumn<Quay::LauncherKind>("above");
    QTest::addColumn<QString>("starter");
    const QStringList script{QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("vite")};
    QTest::newRow("supervisor") << script << Quay::LauncherKind::ProcessManager << "above";
    QTest::newRow("shell at a prompt between")
        << QStringList{QStringLiteral("sh")} << Quay::LauncherKind::ProcessManager << "sh";
    QTest::newRow("no manager") << script << Quay::LauncherKind::Terminal << "sh";
}

void tst_Starter::managerIsNamedPastItsWrappers()
{
    QFETCH(const QStringList, wrapper);
    QFETCH(const Quay::LauncherKind, above);
    QFETCH(const QString, starter);
    auto owner = Quay::Test::listenerFrom({.port = 3000, .owners = {{.pid = 7, .name = "node"}}})->owners.front();
    auto profile = *owner.profile;
    Quay::ProcessInfo shell;
    shell.name = "sh";
    for (const auto &argument : wrapper) {
        shell.arguments.push_back(argument.toStdString());
    }
    Quay::ProcessInfo manager;
    manager.name = "above";
    profile.ancestry.steps = {
        {.process = owner.process},
        {.process = std::make_shared<const Quay::ProcessInfo>(shell), .launcher = Quay::LauncherKind::Shell},
        {.process = std::make_shared<const Quay::ProcessInfo>(manager), .launcher = above}};
    owner.profile = std::make_shared<const Quay::OwnerProfile>(profile);

    const auto *const found = Quay::starterOf(owner);

    QVERIFY(found != nullptr);
    QCOMPARE(QString::fromStdString(found->process->name), starter);
}

void tst_Starter::whatSomebodyWorksInIsNotToBeEnded_data()
{
    using enum Quay::LauncherKind;
    QTest::addColumn<Quay::LauncherKind>("launcher");
    QTest::addColumn<std::vector<std::string>>("arguments");
    QTest::addColumn<bool>("isToBeEnded");
    const auto row = [](const char *name, Quay::LauncherKind launcher, const std::vector<std::string> &arguments,
                        bool isToBeEnded) { QTest::newRow(name) << launcher << arguments << isToBeEnded; };
    row("program", None, {"python3", "loop.py"}, true);
    row("manager", ProcessManager, {"nodemon"}, true);
    row("script", Shell, {"bash", "loop.sh"}, true);
    row("session", Shell, {"-bash"}, false);
    row("terminal", Terminal, {"konsole"}, false);
    row("editor", Ide, {"code"}, false);
    row("agent", CodingAgent, {"agent"}, false);
    row("service manager", ServiceManager, {"/usr/lib/systemd/systemd", "--user"}, false);
}

void tst_Starter::whatSomebodyWorksInIsNotToBeEnded()
{
    QFETCH(const Quay::LauncherKind, launcher);
    QFETCH(const std::vector<std::string>, arguments);
    QFETCH(const bool, isToBeEnded);
    auto owner = Quay::Test::listenerFrom({.port = 3000, .owners = {{.pid = 7, .name = "node"}}})->owners.front();
    Quay::ProcessInfo starter;
    starter.id = {.pid = 6, .startTicks = 1};
    starter.arguments = arguments;
    auto profile = *owner.profile;
    profile.ancestry.steps = {{.process = owner.process},
                              {.process = std::make_shared<const Quay::ProcessInfo>(starter), .launcher = launcher}};
    owner.profile = std::make_shared<const Quay::OwnerProfile>(profile);

    QVERIFY(Quay::starterOf(owner) != nullptr);
    QCOMPARE(Quay::starterToEnd(owner) != nullptr, isToBeEnded);
}

QTEST_GUILESS_MAIN(tst_Starter)
#include "tst_starter.moc"
