// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/alertwatch.h"

#include "core/base/makedirectories.h"
#include "core/base/readfile.h"
#include "core/base/writefile.h"
#include "core/logs/alertcount.h"
#include "core/logs/alertfile.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

namespace {

// Not with each line: what is not written down yet is counted again by the next one.
constexpr auto SavePause = std::chrono::seconds(2);
constexpr auto SavePauseWithoutFinds = std::chrono::seconds(60);

/// What cannot be read is worth as much as nothing: the log is counted anew.
AlertRecord readRecord(const std::string &path)
{
    return readFile(path, MostAlertFileBytes)
        .and_then([](const std::string &text) { return alertsFromText(text); })
        .value_or(AlertRecord());
}

} // namespace

AlertWatch::AlertWatch(std::vector<AlertRule> rules, std::string logPath, std::string recordPath)
    : m_rules(std::move(rules))
    , m_logPath(std::move(logPath))
    , m_recordPath(std::move(recordPath))
    , m_tellings(m_rules.size())
{
}

AlertWatch::~AlertWatch()
{
    while (m_isBehind) {
        read();
    }
    save();
}

void AlertWatch::logHasGrown()
{
    m_isBehind = !m_rules.empty();
}

std::chrono::nanoseconds AlertWatch::saveDue() const
{
    return m_savedAt + (m_hasFound ? SavePause : SavePauseWithoutFinds);
}

std::optional<std::chrono::nanoseconds> AlertWatch::due() const
{
    if (m_isBehind) {
        return std::chrono::nanoseconds(0);
    }
    std::optional<std::chrono::nanoseconds> due = m_hasMoved ? std::optional(saveDue()) : std::nullopt;
    for (const auto &telling : m_tellings) {
        if (telling.newCount > 0 && telling.toldAt) {
            due = std::min(due.value_or(*telling.toldAt + TellPause), *telling.toldAt + TellPause);
        }
    }
    return due;
}

void AlertWatch::read()
{
    if (!m_count) {
        m_count.emplace(m_rules, m_logPath, readRecord(m_recordPath));
    }
    for (const auto rule : m_count->read()) {
        ++m_tellings[rule].newCount;
        m_hasFound = true;
    }
    m_hasMoved = true;
    m_isBehind = m_count->hasMore();
}

std::vector<AlertNews> AlertWatch::proceed(std::chrono::nanoseconds now)
{
    std::vector<AlertNews> news;
    if (m_isBehind) {
        read();
    }
    if (m_hasMoved && now >= saveDue()) {
        m_savedAt = now;
        save();
    }
    for (std::size_t rule = 0; rule < m_tellings.size(); ++rule) {
        auto &telling = m_tellings[rule];
        if (telling.newCount > 0 && (!telling.toldAt || now >= *telling.toldAt + TellPause)) {
            telling.toldAt = now;
            news.push_back(
                {.rule = rule, .newCount = std::exchange(telling.newCount, 0), .standing = m_count->standings()[rule]});
        }
    }
    return news;
}

/// When it cannot be written, what was counted is counted again by the next one, and nothing is lost.
void AlertWatch::save()
{
    if (!m_hasMoved || !m_count->isWhole()) {
        return;
    }
    const auto written = makeDirectoriesOf(m_recordPath).and_then([this] {
        return replaceFile(m_recordPath, alertText(m_count->record()));
    });
    m_hasMoved = !written;
    m_hasFound = m_hasFound && !written;
}

std::vector<AlertStanding> readAlerts(const std::vector<AlertRule> &rules, const std::string &logPath,
                                      const std::string &recordPath)
{
    AlertCount count(rules, logPath, readRecord(recordPath));
    do {
        (void)count.read();
    } while (count.hasMore());
    return count.standings();
}

} // namespace Quay
