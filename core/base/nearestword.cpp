// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/nearestword.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace Quay {

namespace {

constexpr std::size_t LongestWord = 64; // the cost grows with the product of the lengths

/// Levenshtein distance: letters to insert, delete or replace.
std::size_t distance(std::string_view one, std::string_view other)
{
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 0; i < one.size(); ++i) {
        std::size_t diagonal = row.front();
        row.front() = i + 1;
        for (std::size_t j = 0; j < other.size(); ++j) {
            const std::size_t replaced = diagonal + (one[i] == other[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

} // namespace

std::optional<std::string> nearestWord(std::string_view word, std::span<const std::string> known)
{
    if (word.size() > LongestWord) {
        return {};
    }
    std::optional<std::string> nearest;
    std::size_t least = std::clamp<std::size_t>(word.size() / 2, 1, 2) + 1;
    for (const auto &candidate : known) {
        if (const std::size_t found = distance(word, candidate); found < least) {
            least = found;
            nearest = candidate;
        }
    }
    return nearest;
}

} // namespace Quay
