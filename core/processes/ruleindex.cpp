// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/ruleindex.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr std::size_t MostArgumentsRead = 256; // what tells a kind stands at the beginning; hostile ones have no end
constexpr std::uint32_t None = std::numeric_limits<std::uint32_t>::max();

std::span<const std::string> argumentsOf(const ProcessFacts &facts)
{
    if (facts.arguments == nullptr || facts.arguments->empty()) {
        return {};
    }
    const std::span<const std::string> all(*facts.arguments);
    return all.subspan(1, std::min(all.size() - 1, MostArgumentsRead));
}

bool isInSome(const TextPattern &pattern, std::span<const std::string> arguments)
{
    return std::ranges::any_of(arguments, [&pattern](const auto &argument) { return pattern.matches(argument); });
}

bool areMet(const RuleConditions &conditions, const CommandView &view, std::span<const std::string> arguments)
{
    const auto isThere = [arguments](const TextPattern &pattern) { return isInSome(pattern, arguments); };
    if (!conditions.first.empty() && !std::ranges::contains(conditions.first, view.firstWord)) {
        return false;
    }
    return !std::ranges::contains(conditions.notFirst, view.firstWord) && std::ranges::all_of(conditions.all, isThere)
        && (conditions.any.empty() || std::ranges::any_of(conditions.any, isThere))
        && std::ranges::none_of(conditions.none, isThere);
}

bool endsWithPath(std::string_view path, std::string_view tail)
{
    return path.ends_with(tail) && (path.size() == tail.size() || path[path.size() - tail.size() - 1] == '/');
}

std::string_view firstWordOf(std::string_view title)
{
    return title.substr(0, title.find(' '));
}

} // namespace

/// One run of find(): keeps the lowest rule that fitted so far.
class RuleIndex::Search
{
public:
    Search(const RuleIndex &index, const CommandView &view, const ProcessFacts &facts)
        : m_index(index)
        , m_view(view)
        , m_arguments(argumentsOf(facts))
    {
    }

    [[nodiscard]] std::optional<std::size_t> result() const { return m_best; }

    void tryEntry(const Entry &entry)
    {
        const bool isBetter = !m_best || entry.rule < *m_best;
        if (isBetter && areMet(m_index.m_conditions[entry.conditions], m_view, m_arguments)) {
            m_best = entry.rule;
        }
    }

    template<typename Fits>
    void tryName(RuleKey key, std::string_view name, Fits fits)
    {
        if (name.empty() || m_index.m_slots.empty()) {
            return;
        }
        for (auto at = m_index.m_slots[m_index.slotOf(key, name)]; at != None; at = m_index.m_entries[at].next) {
            const Entry &entry = m_index.m_entries[at];
            if (entry.key == key && entry.name() == name && fits(entry.text)) {
                tryEntry(entry);
            }
        }
    }

    void tryName(RuleKey key, std::string_view name)
    {
        tryName(key, name, [](std::string_view) { return true; });
    }

private:
    const RuleIndex &m_index;
    const CommandView &m_view;
    std::span<const std::string> m_arguments;
    std::optional<std::size_t> m_best;
};

TextPattern::TextPattern(std::string_view text)
{
    m_isOpenAtBegin = text.starts_with('*');
    text.remove_prefix(m_isOpenAtBegin ? 1 : 0);
    m_isOpenAtEnd = text.ends_with('*');
    text.remove_suffix(m_isOpenAtEnd ? 1 : 0);
    m_text = text;
}

bool TextPattern::matches(std::string_view text) const
{
    if (m_isOpenAtBegin && m_isOpenAtEnd) {
        return text.contains(m_text);
    }
    if (m_isOpenAtBegin) {
        return text.ends_with(m_text);
    }
    return m_isOpenAtEnd ? text.starts_with(m_text) : text == m_text;
}

std::string_view RuleIndex::Entry::name() const
{
    if (key == RuleKey::Script) {
        return baseName(text);
    }
    return key == RuleKey::Title ? firstWordOf(text) : text;
}

void RuleIndex::add(std::size_t rule, RuleKey key, const std::vector<std::string_view> &texts,
                    RuleConditions conditions)
{
    Entry entry{.text = {}, .rule = static_cast<std::uint32_t>(rule), .conditions = 0, .next = None, .key = key};
    if (!conditions.isEmpty()) {
        entry.conditions = static_cast<std::uint32_t>(m_conditions.size());
        m_conditions.push_back(std::move(conditions));
    }
    for (const auto text : texts) {
        entry.text = text;
        if (key != RuleKey::Tool) {
            (key == RuleKey::Path ? m_paths : m_entries).push_back(entry);
            continue;
        }
        for (const auto meant : {RuleKey::Program, RuleKey::Script, RuleKey::Module, RuleKey::Package}) {
            entry.key = meant;
            m_entries.push_back(entry);
        }
    }
}

void RuleIndex::finish()
{
    m_slots.assign(std::bit_ceil(m_entries.size() + 1), None);
    for (std::size_t at = m_entries.size(); at-- > 0;) {
        auto &slot = m_slots[slotOf(m_entries[at].key, m_entries[at].name())];
        m_entries[at].next = std::exchange(slot, static_cast<std::uint32_t>(at));
    }
}

std::size_t RuleIndex::slotOf(RuleKey key, std::string_view name) const
{
    constexpr unsigned KeyShift = 3; // fewer than eight keys
    const auto hash = (std::hash<std::string_view>{}(name) << KeyShift) ^ static_cast<std::size_t>(key);
    return hash & (m_slots.size() - 1);
}

std::optional<std::size_t> RuleIndex::find(const CommandView &view, const ProcessFacts &facts) const
{
    Search search(*this, view, facts);
    for (const auto program : view.programs) {
        search.tryName(RuleKey::Program, program);
        if (const auto plain = withoutVersion(program); plain != program) {
            search.tryName(RuleKey::Program, plain);
        }
    }
    search.tryName(RuleKey::Script, baseName(view.script),
                   [&view](std::string_view tail) { return endsWithPath(view.script, tail); });
    search.tryName(RuleKey::Module, view.module);
    if (const auto top = view.module.substr(0, view.module.find('.')); top != view.module) {
        search.tryName(RuleKey::Module, top);
    }
    search.tryName(RuleKey::Package, view.package);
    for (const auto title : view.titles) {
        search.tryName(RuleKey::Title, firstWordOf(title),
                       [title](std::string_view begin) { return title.starts_with(begin); });
    }
    const bool isHidden = facts.executable.empty() && facts.arguments != nullptr && !facts.arguments->empty();
    const std::string_view path = isHidden ? std::string_view(facts.arguments->front()) : facts.executable;
    for (const auto &entry : m_paths) {
        if (path.contains(entry.text)) {
            search.tryEntry(entry);
        }
    }
    return search.result();
}

} // namespace Quay
