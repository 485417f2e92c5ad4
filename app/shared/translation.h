// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace Quay {

/**
 * Has every tr() of this program answer in the user's language.
 *
 * The texts are built into each program as `:/i18n/quaymaster_LANGUAGE.qm`; for a language that is not there it is
 * English. Threads: main thread, before any text is shown.
 */
void installTranslation(QCoreApplication &application);

/// The same for Qt's own words: of its dialogs, and of what goes wrong in a network. They stay English where Qt's
/// translations are not installed. Threads: main thread.
void installQtTranslation(QCoreApplication &application);

} // namespace Quay
