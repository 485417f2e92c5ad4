// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Quay {

/**
 * From now on Qt does not print what it thinks of a locale without UTF-8.
 *
 * In a container, a cron job or a build there is none, Qt takes another by itself, and its four lines would stand above
 * each answer. All else that it says is printed as before. To be called before the application object is made.
 */
void silenceLocaleNote();

} // namespace Quay
