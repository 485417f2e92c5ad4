// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes/commandview.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace Quay {

/// Text to be found in an argument: the whole of it, or a part where a `*` stands at the beginning or end.
class TextPattern
{
public:
    explicit TextPattern(std::string_view text);

    [[nodiscard]] bool matches(std::string_view text) const;

private:
    std::string_view m_text; ///< Without the `*`.
    bool m_isOpenAtBegin = false;
    bool m_isOpenAtEnd = false;
};

/// By what a rule finds its processes.
enum class RuleKey : std::uint8_t
{
    Tool, ///< Program, script, module or package of that name.
    Program, ///< Name of the program.
    Script, ///< Name, or last components of the path, of what an interpreter runs.
    Module,
    Package,
    Title, ///< First characters of the title, its first word in full.
    Path, ///< Part of the program's path.
};

/// Further conditions; empty ones are met.
struct RuleConditions
{
    std::vector<TextPattern> all; ///< Each is in some argument.
    std::vector<TextPattern> any; ///< One at least is in some argument.
    std::vector<TextPattern> none; ///< No argument has any of them.
    std::vector<std::string_view> first; ///< CommandView::firstWord is one of them.
    std::vector<std::string_view> notFirst; ///< CommandView::firstWord is none of them.

    [[nodiscard]] bool isEmpty() const
    {
        return all.empty() && any.empty() && none.empty() && first.empty() && notFirst.empty();
    }
};

/**
 * Finds the first of many rules that fits a process, by one hash table instead of trying each.
 *
 * It keeps no texts: those that it is given must outlive it.
 *
 * Threads: immutable after finish(); share it freely.
 */
class RuleIndex
{
public:
    /// Rules must be added in ascending order of @p rule: the lowest that fits is found.
    void add(std::size_t rule, RuleKey key, const std::vector<std::string_view> &texts, RuleConditions conditions);
    /// To be called once, after all rules were added.
    void finish();

    [[nodiscard]] std::optional<std::size_t> find(const CommandView &view, const ProcessFacts &facts) const;

private:
    /// Small, for every program that looks at ports makes thousands of them when it starts.
    struct Entry
    {
        std::string_view text; ///< What must fit: a name, the end of a script's path, the beginning of a title.
        std::uint32_t rule = 0;
        std::uint32_t conditions = 0; ///< Index into m_conditions.
        std::uint32_t next = 0; ///< Of the same slot, with a rule that is not lower.
        RuleKey key = RuleKey::Program; ///< Never Tool, which is an entry each for what it stands for.

        /// What is looked up.
        [[nodiscard]] std::string_view name() const;
    };

    class Search;

    [[nodiscard]] std::size_t slotOf(RuleKey key, std::string_view name) const;

    std::vector<Entry> m_entries;
    std::vector<std::uint32_t> m_slots; ///< First entry of each; as many as a power of two.
    std::vector<Entry> m_paths; ///< Few: each is tried.
    std::vector<RuleConditions> m_conditions{1}; ///< The first is met by all.
};

} // namespace Quay
