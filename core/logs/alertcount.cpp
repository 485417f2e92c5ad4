// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/alertcount.h"

#include "core/logs/alertfile.h"
#include "core/logs/logtail.h"
#include "core/processes/secrettext.h"
#include "core/startup/linepattern.h"
#include "core/supervise/criline.h"

#include <QString>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

namespace {

constexpr std::size_t BatchBytes = std::size_t{1} << 20U; // some milliseconds
constexpr std::size_t MostKeptBytes = 500; // of a line

} // namespace

AlertCount::AlertCount(const std::vector<AlertRule> &rules, const std::string &logPath, const AlertRecord &earlier)
    : m_tail(logPath, MostLineBytes)
{
    for (const auto &rule : rules) {
        auto pattern = LinePattern::compile(rule.pattern);
        m_rules.push_back({.pattern = pattern ? std::optional(*std::move(pattern)) : std::nullopt,
                           .literal = requiredLiteral(rule.pattern),
                           .isNew = true});
        m_standings.push_back({.rule = rule});
    }
    restore(earlier);
    m_tail.setReadLimit(BatchBytes);
    if (!earlier.place) {
        m_tail.goToBegin();
    } else if (!m_tail.goTo(*earlier.place)) {
        m_countedUntil = earlier.lastTime;
    } else if (std::ranges::any_of(m_rules, &Rule::isNew)) {
        m_history.emplace(logPath, MostLineBytes);
        m_history->setReadLimit(BatchBytes);
        m_history->goToBegin();
        m_history->endAt(*earlier.place);
    }
}

void AlertCount::restore(const AlertRecord &earlier)
{
    m_lastTime = earlier.lastTime;
    for (std::size_t index = 0; index < m_rules.size(); ++index) {
        const auto found = std::ranges::find(earlier.standings, m_standings[index].rule, &AlertStanding::rule);
        if (found != earlier.standings.end()) {
            m_standings[index] = *found;
            m_rules[index].isNew = false;
        }
    }
}

std::vector<std::size_t> AlertCount::read()
{
    std::vector<std::size_t> met;
    if (m_history) {
        for (const auto &line : m_history->read()) {
            take(line, true, met);
        }
        if (m_history->hasMore()) {
            return met;
        }
        m_history.reset();
    }
    for (const auto &line : m_tail.read()) {
        take(line, false, met);
        m_lastTime = line.realTime;
    }
    return met;
}

/// @p isHistory: counted already for the rules that are not new.
void AlertCount::take(const OutputLine &line, bool isHistory, std::vector<std::size_t> &met)
{
    const bool isCounted = isHistory || (m_countedUntil && line.realTime <= *m_countedUntil);
    const auto plain = m_cleaner.clean(line.text);
    for (std::size_t index = 0; index < m_rules.size(); ++index) {
        if (isCounted && !m_rules[index].isNew) {
            continue;
        }
        auto &standing = m_standings[index];
        standing.lookedSince = standing.lookedSince.value_or(line.realTime);
        if (!isMet(index, plain)) {
            continue;
        }
        ++standing.count;
        standing.firstAt = standing.firstAt.value_or(line.realTime);
        standing.lastAt = line.realTime;
        standing.lastLines.push_back(maskedText(plain.substr(0, MostKeptBytes)));
        if (standing.lastLines.size() > AlertStanding::MostLines) {
            standing.lastLines.erase(standing.lastLines.begin());
        }
        met.push_back(index);
    }
}

bool AlertCount::isMet(std::size_t index, std::string_view line)
{
    const Rule &rule = m_rules[index];
    if (!rule.pattern || !line.contains(rule.literal)) {
        return false;
    }
    const auto match = rule.pattern->match(QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size())));
    m_standings[index].costlyLines += LinePattern::isGivenUp(match) ? 1 : 0;
    return match.hasMatch();
}

AlertRecord AlertCount::record() const
{
    return {.place = m_tail.place(), .lastTime = m_lastTime, .standings = m_standings};
}

} // namespace Quay
