// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace Quay {

/**
 * Finds many literals in a text in one pass (Aho and Corasick), whatever their number.
 *
 * It tells no two ASCII letters apart that differ in case, and no two digits: it is a filter before patterns, and what
 * it finds is to be looked at with one. Each byte costs one look into a table.
 *
 * Threads: immutable after finish(); share it freely.
 */
class LiteralSearch
{
public:
    /// As many bytes all literals together may have, those that begin alike counted once.
    static constexpr std::size_t MostStates = 0x7fff;

    LiteralSearch();

    /// @p literal: not empty. Whether there was room for it.
    [[nodiscard]] bool add(std::string_view literal, std::uint16_t id);
    /// To be called once, after all literals were added.
    void finish();

    /// Calls @p found with the id of each literal that is in @p text, as often as it is.
    template<typename Found>
    void search(std::string_view text, Found found) const
    {
        std::size_t state = 0;
        for (const char letter : text) {
            const auto next = m_next[state * m_classCount + m_classes[static_cast<unsigned char>(letter)]];
            state = next & StateMask;
            if ((next & FoundFlag) != 0) {
                for (auto at = m_firstFound[state]; at < m_firstFound[state + 1]; ++at) {
                    found(m_found[at]);
                }
            }
        }
    }

private:
    static constexpr std::uint16_t FoundFlag = 0x8000;
    static constexpr std::uint16_t StateMask = 0x7fff;
    static constexpr std::size_t ByteCount = 256;

    struct Node
    {
        std::array<std::uint16_t, ByteCount> children{}; ///< 0: none, nothing leads back to the root.
        std::vector<std::uint16_t> ids;
        std::uint16_t suffix = 0; ///< The state of the longest end of this one that a literal begins with.
    };

    [[nodiscard]] std::vector<std::uint16_t> linkSuffixes();
    void assignClasses();
    void makeTable(const std::vector<std::uint16_t> &breadthFirst);

    std::vector<Node> m_nodes; ///< Empty after finish().
    std::array<std::uint8_t, ByteCount> m_classes{}; ///< 0: in no literal.
    std::size_t m_classCount = 1;
    std::vector<std::uint16_t> m_next; ///< By state and class: the next state, and whether something ends there.
    std::vector<std::uint32_t> m_firstFound; ///< By state: where its ids begin in m_found; one more than states.
    std::vector<std::uint16_t> m_found;
};

} // namespace Quay
