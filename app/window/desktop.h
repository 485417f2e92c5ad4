// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

class QUrl;

namespace Quay {

/// A program with its arguments and where it starts.
struct DesktopCommand
{
    QString program;
    QStringList arguments;
    QString workingDirectory;

    bool operator==(const DesktopCommand &) const = default;
};

/// What the window asks of the desktop around it. Virtual, so that a test sees what would have been opened.
class Desktop
{
public:
    Desktop() = default;
    Desktop(const Desktop &) = delete;
    Desktop &operator=(const Desktop &) = delete;
    virtual ~Desktop() = default;

    /// Opens a page or a folder in the program of the user's choice. False: there is none.
    [[nodiscard]] virtual bool openUrl(const QUrl &url);
    /// Starts a program that lives on without us. False: it could not be started.
    [[nodiscard]] virtual bool start(const DesktopCommand &command);
    /// The full path of a program, empty when it is not installed.
    [[nodiscard]] virtual QString findProgram(const QString &name);
    virtual void copyText(const QString &text);
};

/**
 * The terminal of the user's choice ($TERMINAL), of the distribution's, or the first known one that is installed.
 *
 * @p terminalVariable: the value of $TERMINAL, which may have arguments. Nothing when none is installed.
 */
[[nodiscard]] std::optional<DesktopCommand> terminalCommand(const QString &directory, const QString &terminalVariable,
                                                            const std::function<QString(const QString &)> &findProgram);

} // namespace Quay
