// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/recogniser.h"

#include "core/base/number.h"
#include "core/processes/secrettext.h"
#include "core/startup/linepattern.h"
#include "core/startup/spokenduration.h"

#include <QRegularExpressionMatch>
#include <QString>
#include <QStringView>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr int MostSteps = 10'000;

QString textOf(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

/// Cut between characters.
std::string beginningOf(std::string_view line)
{
    auto end = std::min(line.size(), MostMarkLineBytes);
    while (end > 0 && end < line.size() && (static_cast<unsigned char>(line[end]) & 0xc0U) == 0x80U) {
        --end;
    }
    return std::string(line.substr(0, end));
}

std::optional<int> stepNumber(const std::string &text)
{
    const auto number = numberFromText<int>(text);
    return number && *number >= 0 && *number <= MostSteps ? number : std::nullopt;
}

/// The port that stands in `http://localhost:5173/`.
std::optional<std::uint16_t> portOfUrl(std::string_view url)
{
    const auto scheme = url.find("://");
    auto authority = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    const auto colon = authority.rfind(':');
    return colon == std::string_view::npos ? std::nullopt : numberFromText<std::uint16_t>(authority.substr(colon + 1));
}

std::optional<std::uint16_t> portOf(const QRegularExpressionMatch &match, const std::string &url)
{
    if (const auto port = captured(match, u"port"); !port.empty()) {
        return numberFromText<std::uint16_t>(port);
    }
    return portOfUrl(url);
}

std::optional<std::chrono::nanoseconds> durationOf(const QRegularExpressionMatch &match, const std::string &unit)
{
    const auto number = captured(match, u"duration");
    const auto saidUnit = captured(match, u"unit");
    return number.empty() ? std::nullopt : spokenDuration(number, saidUnit.empty() ? unit : saidUnit);
}

StartupMark markOf(const StartupRule &rule, const QRegularExpressionMatch &match)
{
    const auto name = captured(match, u"name");
    const auto url = captured(match, u"url");
    return {.says = rule.says,
            .rule = rule.id,
            .phase = name.empty() ? rule.phase : name,
            .took = durationOf(match, rule.unit),
            .port = portOf(match, url),
            .host = captured(match, u"host"),
            .url = url,
            .step = stepNumber(captured(match, u"step")),
            .steps = stepNumber(captured(match, u"steps"))};
}

} // namespace

Recogniser::Recogniser(StartupRules rules, std::string kind, std::vector<CompiledPhase> phases)
    : m_rules(std::move(rules))
    , m_kind(std::move(kind))
    , m_isKindSure(m_rules.knowsKind(m_kind))
{
    for (auto &phase : phases) {
        m_phases.push_back({.phase = std::move(phase)});
    }
}

std::vector<StartupMark> Recogniser::feed(std::string_view line, OutputStream stream, std::chrono::nanoseconds at)
{
    if (m_isOver) {
        return {};
    }
    const auto plain = m_cleaner.clean(line);
    std::vector<StartupMark> marks;
    findCandidates(plain);
    if (!m_candidates.empty()) {
        if (auto mark = markByRules(withoutLogPrefix(plain))) {
            marks.push_back(*std::move(mark));
        }
    }
    std::optional<QString> text; // made when the first pattern is to be tried
    for (auto &watched : m_phases) {
        if (watched.isOver || !plain.contains(watched.phase.literal)) {
            continue;
        }
        if (!text) {
            text = textOf(plain);
        }
        if (auto mark = markByPhase(watched, *text)) {
            marks.push_back(*std::move(mark));
        }
    }
    for (auto &mark : marks) {
        mark.line = maskedText(beginningOf(plain));
        mark.stream = stream;
        mark.at = at;
    }
    return marks;
}

const std::string &Recogniser::kind() const noexcept
{
    return m_isKindSure || m_shownKind.empty() ? m_kind : m_shownKind;
}

std::vector<std::string> Recogniser::givenUp() const
{
    std::vector<std::string> names;
    for (const auto &watched : m_phases) {
        if (watched.costlyLines >= MostCostlyLines) {
            names.push_back(watched.phase.name);
        }
    }
    return names;
}

void Recogniser::findCandidates(std::string_view line)
{
    m_candidates.clear();
    m_rules.forEachCandidate(line, [this](std::uint16_t index) {
        if (m_candidates.empty() || m_candidates.back() != index) {
            m_candidates.push_back(index);
        }
    });
    if (m_candidates.size() > 1) {
        std::ranges::sort(m_candidates);
        const auto repeated = std::ranges::unique(m_candidates);
        m_candidates.erase(repeated.begin(), repeated.end());
    }
}

std::optional<StartupMark> Recogniser::markByRules(std::string_view message)
{
    const QString text = textOf(message);
    if (auto mark = markByRules(text, true)) {
        return mark;
    }
    return m_isKindSure || m_shownKind.empty() ? std::nullopt : markByRules(text, false);
}

std::optional<StartupMark> Recogniser::markByRules(const QString &message, bool isOwnKind)
{
    const std::string &kind = m_isKindSure ? m_kind : m_shownKind;
    for (const auto index : m_candidates) {
        const auto &rule = m_rules.rules()[index];
        if ((kind.empty() || rule.isGeneric() || rule.isOf(kind)) != isOwnKind) {
            continue;
        }
        const auto match = rule.pattern.match(message);
        if (!match.hasMatch()) {
            continue;
        }
        if (m_shownKind.empty() && !rule.isGeneric()) {
            m_shownKind = rule.kinds.front();
        }
        return markOf(rule, match);
    }
    return std::nullopt;
}

std::optional<StartupMark> Recogniser::markByPhase(WatchedPhase &watched, const QString &line) const
{
    const auto match = watched.phase.pattern.match(line);
    if (LinePattern::isGivenUp(match)) {
        ++watched.costlyLines;
        watched.isOver = watched.costlyLines >= MostCostlyLines;
    }
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    watched.isOver = true;
    return StartupMark{.says = Saying::PhaseEnds, .phase = watched.phase.name, .took = durationOf(match, {})};
}

} // namespace Quay
