// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/exitcode.h"
#include "core/control/ending.h"
#include "core/ports/listener.h"

#include <QString>

#include <map>
#include <vector>

namespace Quay {

class ManagerStop;
struct CommandContext;

/// Says how an ending went: what went as it was to go is a result, all else a complaint.
class EndingTeller
{
public:
    /// @p context outlives it. @p hasJson: then results are in there, and only complaints are said.
    EndingTeller(CommandContext &context, bool hasJson);

    /// @p managers: what was stopped before.
    void tell(const EndingReport &report, const ManagerStop &managers);
    /// That alone: nothing else was begun.
    void tellManagers(const ManagerStop &managers);
    void tellPorts(const std::vector<PortOutcome> &ports);

    /// Who listens on a port that is not free, as of the first time that this is asked.
    [[nodiscard]] const std::vector<ListenerPtr> &holdersNow(const PortOutcome &port);

private:
    void say(const QString &text, bool isGood);

    CommandContext &m_context;
    bool m_hasJson;
    std::map<ListenerKey, std::vector<ListenerPtr>> m_holders; ///< Those that were looked up.
};

[[nodiscard]] ExitCode exitCodeOf(const EndingReport &report, const ManagerStop &managers);

} // namespace Quay
