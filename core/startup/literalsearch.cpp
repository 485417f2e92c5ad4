// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/literalsearch.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace Quay {

namespace {

/// One byte for all that are not told apart.
unsigned char folded(char letter)
{
    const auto byte = static_cast<unsigned char>(letter);
    if (byte >= '0' && byte <= '9') {
        return '0';
    }
    return byte >= 'A' && byte <= 'Z' ? static_cast<unsigned char>(byte - 'A' + 'a') : byte;
}

} // namespace

LiteralSearch::LiteralSearch()
    : m_nodes(1)
{
}

bool LiteralSearch::add(std::string_view literal, std::uint16_t id)
{
    if (literal.empty() || m_nodes.size() + literal.size() > MostStates) {
        return false;
    }
    std::size_t state = 0;
    for (const char letter : literal) {
        auto child = m_nodes[state].children[folded(letter)];
        if (child == 0) {
            child = static_cast<std::uint16_t>(m_nodes.size());
            m_nodes[state].children[folded(letter)] = child;
            m_nodes.emplace_back();
        }
        state = child;
    }
    m_nodes[state].ids.push_back(id);
    return true;
}

void LiteralSearch::finish()
{
    assignClasses();
    makeTable(linkSuffixes());
    m_nodes = {};
}

/// The states in the order of their depth, so that a suffix, which is shorter, comes before.
std::vector<std::uint16_t> LiteralSearch::linkSuffixes()
{
    std::vector<std::uint16_t> breadthFirst{0};
    for (std::size_t at = 0; at < breadthFirst.size(); ++at) {
        const auto state = breadthFirst[at];
        for (std::size_t byte = 0; byte < ByteCount; ++byte) {
            const auto child = m_nodes[state].children[byte];
            if (child == 0) {
                continue;
            }
            auto suffix = m_nodes[state].suffix;
            while (suffix != 0 && m_nodes[suffix].children[byte] == 0) {
                suffix = m_nodes[suffix].suffix;
            }
            m_nodes[child].suffix = state == 0 ? std::uint16_t{0} : m_nodes[suffix].children[byte];
            const auto &inherited = m_nodes[m_nodes[child].suffix].ids;
            m_nodes[child].ids.insert(m_nodes[child].ids.end(), inherited.begin(), inherited.end());
            breadthFirst.push_back(child);
        }
    }
    return breadthFirst;
}

/// Few bytes occur in literals: a column each, and one for all others, keeps the table in the cache.
void LiteralSearch::assignClasses()
{
    std::array<std::uint8_t, ByteCount> ofFolded{};
    for (const auto &node : m_nodes) {
        for (std::size_t byte = 0; byte < ByteCount; ++byte) {
            if (node.children[byte] != 0 && ofFolded[byte] == 0) {
                ofFolded[byte] = static_cast<std::uint8_t>(m_classCount++);
            }
        }
    }
    for (std::size_t byte = 0; byte < ByteCount; ++byte) {
        m_classes[byte] = ofFolded[folded(static_cast<char>(byte))];
    }
}

void LiteralSearch::makeTable(const std::vector<std::uint16_t> &breadthFirst)
{
    m_next.assign(m_nodes.size() * m_classCount, 0);
    for (const auto state : breadthFirst) {
        const auto &node = m_nodes[state];
        for (std::size_t byte = 0; byte < ByteCount; ++byte) {
            const std::size_t column = m_classes[byte];
            const auto child = node.children[byte];
            if (child != 0) {
                m_next[state * m_classCount + column] =
                    static_cast<std::uint16_t>(child | (m_nodes[child].ids.empty() ? 0 : FoundFlag));
            } else if (state != 0 && column != 0 && folded(static_cast<char>(byte)) == byte) {
                m_next[state * m_classCount + column] = m_next[node.suffix * m_classCount + column];
            }
        }
    }
    m_firstFound.push_back(0);
    for (const auto &node : m_nodes) {
        m_found.insert(m_found.end(), node.ids.begin(), node.ids.end());
        m_firstFound.push_back(static_cast<std::uint32_t>(m_found.size()));
    }
}

} // namespace Quay
