// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/alertcount.h"
#include "core/logs/alertfile.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// Something was found in a log.
struct AlertNews
{
    std::size_t rule = 0; ///< Index.
    std::uint64_t newCount = 0; ///< How often since it was told last.
    AlertStanding standing;

    bool operator==(const AlertNews &) const = default;
};

/**
 * Keeps count of what is found in the log of a server while that grows, and writes it down: whoever goes on after us,
 * even after SIGKILL, counts each line once.
 *
 * The first find is told at once, and how many more there were after some seconds.
 *
 * Threads: not shared; blocks for as long as the file system does, at most a few milliseconds a step otherwise.
 */
class AlertWatch
{
public:
    static constexpr auto TellPause = std::chrono::seconds(10);

    /// @p recordPath: see ServerPlaces::alerts(). Nothing is read before logHasGrown().
    AlertWatch(std::vector<AlertRule> rules, std::string logPath, std::string recordPath);
    AlertWatch(const AlertWatch &) = delete;
    AlertWatch &operator=(const AlertWatch &) = delete;
    /// Writes down what was counted.
    ~AlertWatch();

    /// There is something to be read. Who calls this is the only one that keeps count of this server.
    void logHasGrown();
    /// Whether there is something that was not looked at yet.
    [[nodiscard]] bool isBehind() const noexcept { return m_isBehind; }

    /// When proceed() is to be called; CLOCK_MONOTONIC.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const;
    [[nodiscard]] std::vector<AlertNews> proceed(std::chrono::nanoseconds now);

private:
    struct Telling
    {
        std::uint64_t newCount = 0; ///< Not told yet.
        std::optional<std::chrono::nanoseconds> toldAt; ///< CLOCK_MONOTONIC
    };

    void read();
    void save();
    [[nodiscard]] std::chrono::nanoseconds saveDue() const;

    std::vector<AlertRule> m_rules;
    std::string m_logPath;
    std::string m_recordPath;
    std::optional<AlertCount> m_count; ///< From the first line on.
    std::vector<Telling> m_tellings; ///< By rule.
    bool m_isBehind = false;
    bool m_hasMoved = false; ///< Lines were read that are not written down.
    bool m_hasFound = false; ///< And something was found in them.
    std::chrono::nanoseconds m_savedAt{};
};

/// What was counted by now, the lines included that nobody has counted yet. Writes nothing. @p recordPath: see
/// ServerPlaces::alerts().
[[nodiscard]] std::vector<AlertStanding> readAlerts(const std::vector<AlertRule> &rules, const std::string &logPath,
                                                    const std::string &recordPath);

} // namespace Quay
