// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/shellcommand.h"

#include <QObject>
#include <QTest>

#include <string>
#include <vector>

class tst_ShellCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void commandIsToldFromSession_data();
    void commandIsToldFromSession();
};

void tst_ShellCommand::commandIsToldFromSession_data()
{
    QTest::addColumn<std::vector<std::string>>("arguments");
    QTest::addColumn<bool>("runsCommand");
    using Arguments = std::vector<std::string>;
    const auto command = [](const char *name, const Arguments &arguments) {
        QTest::addRow("%s", name) << arguments << true;
    };
    const auto session = [](const char *name, const Arguments &arguments) {
        QTest::addRow("%s", name) << arguments << false;
    };
    command("npm's shell", {"sh", "-c", "vite"});
    command("an agent's shell", {"/bin/zsh", "-c", "-l", "source a && eval 'npm run dev'"});
    command("cluster", {"bash", "-lc", "npm run dev"});
    command("interactive settings, but a command", {"bash", "-i", "-c", "npm run dev"});
    command("script", {"bash", "./dev.sh"});
    command("script with options before", {"bash", "-eu", "-o", "pipefail", "./dev.sh"});
    command("cluster with a value", {"bash", "-euo", "pipefail", "./dev.sh"});
    command("script after the end of options", {"sh", "--", "dev.sh"});
    command("script from a pipe", {"bash", "-s", "--", "arg"});
    command("fish", {"fish", "--command", "vite"});
    command("fish with an equals sign", {"fish", "--command=vite"});
    command("nu", {"nu", "--commands", "vite"});
    command("pwsh", {"pwsh", "-NoLogo", "-Command", "vite"});
    command("pwsh script", {"/usr/bin/pwsh", "dev.ps1"});
    command("empty word for a script", {"bash", ""});
    command("pwsh script behind an option", {"pwsh", "-ExecutionPolicy", "Bypass", "dev.ps1"});
    command("pwsh with a shortened option", {"pwsh", "-nop", "-enc", "dgBpAHQAZQA="});
    command("pwsh with two dashes", {"pwsh", "--NoLogo", "--Command", "vite"});
    command("xonsh script", {"/usr/bin/python3", "/usr/bin/xonsh", "dev.xsh"});
    command("xonsh script behind an option", {"xonsh", "--shell-type", "ptk", "dev.xsh"});
    command("fish script behind an option", {"fish", "--debug-output", "log", "dev.fish"});
    command("fish with a value in the option", {"fish", "-olog", "dev.fish"});
    command("cluster of fish", {"fish", "-ic", "vite"});
    command("nu script behind an option", {"nu", "--log-level", "warn", "dev.nu"});
    command("elvish", {"elvish", "-norc", "-c", "vite"});
    command("elvish script", {"elvish", "dev.elv"});
    command("shell of busybox", {"busybox", "sh", "-c", "vite"});
    command("script of busybox", {"/bin/busybox", "ash", "dev.sh"});
    command("osh", {"osh", "-c", "vite"});

    session("unknown arguments", {});
    session("empty name", {""});
    session("login", {"-zsh"});
    session("login of a path", {"-/bin/bash"});
    session("plain", {"/bin/bash"});
    session("interactive", {"bash", "-i"});
    session("login option", {"bash", "--login"});
    session("VS Code's terminal", {"/bin/bash", "--init-file", "/usr/share/code/shellIntegration-bash.sh"});
    session("VS Code's fish", {"fish", "--init-command", "source shellIntegration.fish"});
    session("short option of fish", {"fish", "-C", "source x"});
    session("VS Code's pwsh", {"pwsh", "-noexit", "-command", "try { . x } catch {}"});
    session("pwsh", {"pwsh", "-NoLogo", "-ExecutionPolicy"});
    session("pwsh in a directory", {"pwsh", "-WorkingDirectory", "/srv/app"});
    session("pwsh with a policy", {"pwsh", "-ExecutionPolicy", "Bypass"});
    session("pwsh with shortened options", {"pwsh", "-ep", "Bypass", "-wo", "/srv/app"});
    session("cluster of fish with a first command", {"fish", "-iC", "source x"});
    session("first command in the option", {"fish", "-Ccd /"});
    session("fish with an output", {"fish", "--debug-output", "log"});
    session("nu with a log level", {"nu", "--log-level", "warn"});
    session("nu with a mode", {"nu", "-m", "light"});
    session("xonsh with a file", {"xonsh", "--rc", "my.xsh"});
    session("xonsh with a kind", {"/usr/bin/python3", "/usr/bin/xonsh", "--shell-type", "ptk"});
    session("elvish with a file", {"elvish", "-rc", "rc.elv"});
    session("elvish with an equals sign", {"elvish", "-rc=rc.elv"});
    session("busybox", {"busybox", "sh"});
    session("yash with a file", {"yash", "--rcfile", ".yashrc"});
    session("osh with a directory", {"osh", "--rcdir", "rc"});
    session("Midnight Commander's", {"bash", "-rcfile", ".bashrc"});
    session("long option with one dash", {"bash", "-norc"});
    session("rcfile at the end", {"bash", "--rcfile"});
    session("nu with a first command", {"nu", "-e", "cd /"});
    session("options", {"zsh", "-f", "-o", "vi", "+x"});
    session("only the end of options", {"sh", "-"});
    session("xonsh", {"/usr/bin/python3", "/usr/bin/xonsh", "--no-rc"});
    session("xonsh that lost its name", {"/usr/bin/python3"});
}

void tst_ShellCommand::commandIsToldFromSession()
{
    QFETCH(const std::vector<std::string>, arguments);
    QFETCH(const bool, runsCommand);

    QCOMPARE(Quay::runsOneCommand(arguments), runsCommand);
}

QTEST_GUILESS_MAIN(tst_ShellCommand)
#include "tst_shellcommand.moc"
