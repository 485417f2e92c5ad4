// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/portproof.h"
#include "core/control/servicemanagers.h"
#include "core/control/startspec.h"
#include "core/processes/processid.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

class QByteArray;

namespace Quay {

/// What an attempt has ended, and how to have it back.
struct EndedThings
{
    std::string attempt; ///< As the audit log calls it.
    std::vector<StartSpec> processes;
    std::vector<ManagedService> services;
    std::vector<PortClaim> ports; ///< That they held, and will want again.
    std::vector<ProcessId> started; ///< When it was started again last; until that is done, the program that does it.
    std::uint32_t starts = 0; ///< How often it was started again.

    bool operator==(const EndedThings &) const = default;
};

/// `${XDG_RUNTIME_DIR}/quaymaster/again`: in memory, gone with the session. Errors: as userRuntimeDirectory().
[[nodiscard]] Result<std::string> againDirectory();

/**
 * Keeps what was ended, so that another program of the same user can start it again, as long as the session lasts.
 *
 * It is apart from the audit log, which is kept for long and shown around: environments hold secrets. A file for each
 * attempt, 0600, written as a whole or not at all; of the oldest no more than MostKept are kept. Who changes one that
 * others may know of holds a lock for that moment.
 *
 * Errors:  as errorFromErrno(), with the file as subject. keep(): Io with EFBIG beyond MostKeptBytes. read(): Gone when
 *          nothing is kept of that attempt; Malformed when it is not what keep() writes.
 * Threads: any; blocks for as long as the file system does.
 */
class AgainStore
{
public:
    static constexpr std::size_t MostKept = 20;
    static constexpr std::size_t MostKeptBytes = std::size_t{1} << 20U;

    explicit AgainStore(std::string directory);

    [[nodiscard]] Result<> keep(const EndedThings &things) const;
    [[nodiscard]] Result<EndedThings> read(const std::string &attempt) const;
    /// Whether it is the caller who is to start them again: of all that have read the same, one. Whoever reads them
    /// from now on finds @p starter, the program that does so, for who was started. What is not kept is left to whoever
    /// asks, and so it is where that cannot be written down.
    [[nodiscard]] bool claimStart(const EndedThings &things, std::optional<ProcessId> starter) const;
    /// Who was started, once all are. Where that cannot be written down, the starter stands for them until it ends.
    void noteStarted(const std::string &attempt, std::vector<ProcessId> started) const;
    /// Those that are kept, the last first.
    [[nodiscard]] std::vector<std::string> attempts() const;

private:
    [[nodiscard]] std::string pathOf(const std::string &attempt) const;
    [[nodiscard]] std::string lockPath() const { return m_directory + "/lock"; }
    void forgetOldest() const;

    std::string m_directory;
};

/**
 * Keeps what an ending has ended, with the ports that it held, when that is all of it and there is a way to have it
 * back. Whether it is kept: that it cannot be is no failure, for whoever asks for it hears so.
 *
 * Threads: any; blocks for as long as the file system does.
 */
[[nodiscard]] bool keepWhatEnded(const EndingReport &report, const EndedThings &things);

/// The same of @p services that were stopped before an ending which then did not begin. @p report: of nothing.
[[nodiscard]] bool keepWhatWasStopped(const EndingReport &report, const std::string &attempt,
                                      std::span<const ManagedService> services);

/// What keep() writes. Threads: pure function.
[[nodiscard]] QByteArray toJson(const EndedThings &things);

/// The inverse. Errors: Malformed. Threads: pure function.
[[nodiscard]] Result<EndedThings> endedThingsFromJson(std::string_view bytes);

} // namespace Quay
