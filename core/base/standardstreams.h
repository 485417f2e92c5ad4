// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Quay {

/**
 * Opens /dev/null in the place of standard streams that are closed: else what is opened first gets their numbers, and
 * is written to as if it were an output. To be called before anything is opened.
 *
 * Errors:  none are told: without /dev/null, they stay closed.
 * Threads: while there is one only.
 */
void openClosedStreams();

} // namespace Quay
