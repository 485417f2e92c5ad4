// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Quay {

struct PortSnapshot;
struct WindowEnding;

/**
 * Notes in @p ending what @p now tells of it: who holds the ports that did not become free, which stay who they were,
 * whatever becomes of them; and who would be in the way if it were started again. Whether anything is new.
 *
 * Threads: pure function.
 */
bool learnWhoHoldsNow(WindowEnding &ending, const PortSnapshot &now);

} // namespace Quay
