// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/startup/sqlitefile.h"
#include "core/startup/startuprun.h"
#include "core/startup/startupstore.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// How much of the past is kept.
struct HistoryLimits
{
    std::size_t runsPerServer = 100; ///< The newest.
    std::size_t runs = 5'000; ///< Of all servers together: some have gone, and nobody asks for them any more.
    std::uint64_t bytes = std::uint64_t{64} << 20U; ///< Of the file.
};

/**
 * Keeps every start of every server with its phases, in a database. Each run is one transaction.
 *
 * Errors:  as of SqliteFile. add() that fails has kept nothing, and what was kept before can be read.
 * Threads: to be used by the thread that opened it. Several programs may at once.
 */
class StartupHistory : public StartupStore
{
public:
    [[nodiscard]] static Result<StartupHistory> open(const std::string &path, HistoryLimits limits = {});

    /// Keeps @p run, in place of what was kept of the same start, and forgets the oldest ones beyond the limits.
    [[nodiscard]] Result<> add(const StartupRun &run) override;
    /// Of one server, the newest first.
    [[nodiscard]] Result<std::vector<StartupRun>> runs(const std::string &file, const std::string &server,
                                                       std::size_t most) override;

    /// Where an unusable file was put that was found in the place of the database.
    [[nodiscard]] std::optional<std::string> putAside() const override { return m_file.putAside(); }

private:
    StartupHistory(SqliteFile file, HistoryLimits limits);

    [[nodiscard]] Result<> insert(const StartupRun &run) const;
    [[nodiscard]] Result<> insertPhase(qint64 run, int position, const StartupPhase &phase) const;
    [[nodiscard]] Result<> forgetOldest(const StartupRun &run) const;
    [[nodiscard]] Result<std::vector<StartupPhase>> phasesOf(qint64 run) const;
    [[nodiscard]] Result<std::vector<RefusedEndpoint>> refusalsOf(qint64 run, qint64 phase) const;

    SqliteFile m_file;
    HistoryLimits m_limits;
};

} // namespace Quay
