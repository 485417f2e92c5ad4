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

} // namespace Quay
