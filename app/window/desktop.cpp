// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/desktop.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <QProcess>
#include <QStandardPaths>
#include <QUrl>

#include <array>

namespace Quay {

namespace {

/// A terminal and the argument by which it is told where to start, `%1` being the directory.
struct KnownTerminal
{
    const char *program;
    const char *directoryArgument; ///< Null: its own working directory is enough.
};

/// Those that hand the work to a process that runs already must be told the directory.
constexpr std::array<KnownTerminal, 14> KnownTerminals = {{
    {"x-terminal-emulator", nullptr},
    {"konsole", "--workdir=%1"},
    {"gnome-terminal", "--working-directory=%1"},
    {"ptyxis", "--working-directory=%1"},
    {"kgx", "--working-directory=%1"},
    {"xfce4-terminal", "--working-directory=%1"},
    {"mate-terminal", "--working-directory=%1"},
    {"tilix", "--working-directory=%1"},
    {"ghostty", "--working-directory=%1"},
    {"kitty", nullptr},
    {"alacritty", nullptr},
    {"foot", nullptr},
    {"wezterm", nullptr},
    {"xterm", nullptr},
}};

QStringList directoryArguments(const QString &program, const QString &directory)
{
    const QString name = QFileInfo(program).fileName();
    for (const auto &known : KnownTerminals) {
        if (known.directoryArgument != nullptr && name == QLatin1String(known.program)) {
            return {QString::fromLatin1(known.directoryArgument).arg(directory)};
        }
    }
    return {};
}

} // namespace

bool Desktop::openUrl(const QUrl &url)
{
    return QDesktopServices::openUrl(url);
}

bool Desktop::start(const DesktopCommand &command)
{
    return QProcess::startDetached(command.program, command.arguments, command.workingDirectory);
}

QString Desktop::findProgram(const QString &name)
{
    return QStandardPaths::findExecutable(name);
}

void Desktop::copyText(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

std::optional<DesktopCommand> terminalCommand(const QString &directory, const QString &terminalVariable,
                                              const std::function<QString(const QString &)> &findProgram)
{
    QStringList chosen = QProcess::splitCommand(terminalVariable);
    if (!chosen.isEmpty()) {
        const QString name = chosen.takeFirst();
        const QString program = findProgram(name);
        if (!program.isEmpty()) {
            return DesktopCommand{program, directoryArguments(name, directory) + chosen, directory};
        }
    }
    for (const auto &known : KnownTerminals) {
        const auto name = QString::fromLatin1(known.program);
        const QString program = findProgram(name);
        if (!program.isEmpty()) {
            return DesktopCommand{program, directoryArguments(name, directory), directory};
        }
    }
    return std::nullopt;
}

} // namespace Quay
