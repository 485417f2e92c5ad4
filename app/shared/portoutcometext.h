// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/ending.h"
#include "core/control/portproof.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/portsnapshot.h"

#include <QString>

#include <functional>
#include <vector>

namespace Quay {

// What is said about ports that were to be free, in the window and on the command line. Fit to be shown.

/// Who holds them: `node 4711, node 4712`.
[[nodiscard]] QString heldByText(const std::vector<ListenerPtr> &holders);

/// Who listens on a port that is not free, as @p now knows them.
[[nodiscard]] std::vector<ListenerPtr> holdersOf(const PortOutcome &port, const PortSnapshot &now);

/// Connections and sockets that are still at a port which nobody listens on. Empty: none that is known.
/// @p protocol: of the port, for UDP has no connections.
[[nodiscard]] QString remainsText(const PortProof &proof, Protocol protocol);

/// What is said about ports in one line.
struct PortOutcomeLine
{
    QString text;
    bool isGood = true; ///< They are free.
};

/// How it went with all ports: of several sockets on one port the same is said once, and of free ports in a row in one
/// sentence. That one is free of TCP is not said when UDP holds it, and the reverse. @p holdersOf: who listens now on
/// one that is not free.
[[nodiscard]] std::vector<PortOutcomeLine>
portOutcomeLines(const std::vector<PortOutcome> &ports,
                 const std::function<std::vector<ListenerPtr>(const PortOutcome &)> &holdersOf);

/// How it went with a port, as a sentence: `Port 3000 is free.` @p holders: who listens on it now, with owners.
[[nodiscard]] QString portOutcomeText(const PortOutcome &port, const std::vector<ListenerPtr> &holders);

} // namespace Quay
