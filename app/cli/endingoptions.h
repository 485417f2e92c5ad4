// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"

#include <chrono>
#include <optional>
#include <string>

namespace CLI {
class App;
} // namespace CLI

namespace Quay {

struct CommandContext;

/// How somebody wants processes to be ended.
struct EndingWish
{
    KillScope scope = KillScope::Process;
    bool isForced = false;
    std::optional<int> signal;
    std::optional<std::chrono::milliseconds> drain;
    EndingOptions options;
    bool isDryRun = false;
    bool isAgreed = false; ///< `--yes`
    bool asksPassword = true; ///< The helper may be asked for what the user may not do.
    bool stopsManager = false; ///< Whoever would start it again is stopped instead.
    bool json = false;
};

/// The options that `quay free` and `quay stop` have in common.
class EndingFlags
{
public:
    void setup(CLI::App &parser);
    /// Errors: Invalid; what is wrong has been said by then.
    [[nodiscard]] Result<EndingWish> read(CommandContext &context) const;

private:
    bool m_force = false;
    std::string m_grace = "5s";
    std::string m_scope = "process";
    std::string m_drain;
    std::string m_signal;
    bool m_dryRun = false;
    bool m_yes = false;
    bool m_noAskPassword = false;
    bool m_stopManager = false;
    bool m_json = false;
};

} // namespace Quay
