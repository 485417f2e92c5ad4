// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

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

/// Our own texts and those of Qt's dialogs in the user's language.
void installTranslations(QCoreApplication &application);

} // namespace Quay
