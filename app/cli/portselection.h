// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/portrange.h"
#include "core/ports/portsnapshot.h"

#include <cstddef>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// Which listeners `quay ports` is to show.
struct PortSelection
{
    std::vector<PortRange> ranges; ///< Empty: every port.
    bool tcp = true;
    bool udp = true;
    bool all = false; ///< Also system services and what is hidden.
    uid_t uid = 0; ///< Whose listeners count as one's own.
};

/// What a selection made of a snapshot.
struct SelectedPorts
{
    std::vector<ListenerPtr> listeners; ///< In the order of the snapshot.
    std::size_t leftOut = 0; ///< Listeners that `--all` would show as well.
    std::vector<PortRange> unanswered; ///< Asked for, and nothing listens there.
};

/**
 * Whether a listener is shown although nobody asked for its port: one's own, those of containers, and those of others
 * whose owners can be seen and are no system service.
 */
[[nodiscard]] bool isShownUnasked(const Listener &listener, uid_t uid);

/// Threads: pure function, callable from any thread.
[[nodiscard]] SelectedPorts select(const PortSnapshot &snapshot, const PortSelection &selection);

} // namespace Quay
