// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QtLogging>

#include <expected>
#include <optional>

class QCoreApplication;

namespace Quay {

/// What the command line asked of the window.
struct WindowOptions
{
    bool demo = false; ///< Start the demonstration servers.
};

/// Reads the arguments that Qt left over, the program's name first. The error is a sentence for standard error.
[[nodiscard]] std::expected<WindowOptions, QString> windowOptions(const QStringList &arguments);

/// Answers what needs no window: --help, --version, and that there is no display. The exit code if that was all.
[[nodiscard]] std::optional<int> answerWithoutWindow(int argc, char **argv);

/**
 * While it lives, a display that does not answer ends the program with a sentence and the exit code of a missing one:
 * Qt would abort, and leave a crash report behind.
 *
 * For the construction of the QApplication only; after answerWithoutWindow(), which knows the user's language.
 */
class DisplayGuard
{
public:
    DisplayGuard();
    DisplayGuard(const DisplayGuard &) = delete;
    DisplayGuard &operator=(const DisplayGuard &) = delete;
    ~DisplayGuard();

private:
    QtMessageHandler m_before;
};

/// Our own texts and those of Qt's dialogs in the user's language.
void installTranslations(QCoreApplication &application);

} // namespace Quay
