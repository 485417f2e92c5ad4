// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVariant>

#include <compare>

namespace Quay {

/// What a cell is sorted by: a number, a text, or a number and then a text. A plain value.
struct SortValue
{
    bool isKnown = false; ///< Unknown values come last, whichever way is sorted.
    double number = 0;
    QString text; ///< Folded, so that the case of letters does not matter.

    bool operator==(const SortValue &) const = default;

    /// As the Sort role hands it out: invalid when unknown.
    [[nodiscard]] QVariant toVariant() const
    {
        if (!isKnown) {
            return {};
        }
        return text.isEmpty() ? QVariant(number) : QVariant(text);
    }

    [[nodiscard]] static SortValue of(double number) { return {.isKnown = true, .number = number, .text = {}}; }
    [[nodiscard]] static SortValue of(const QString &text)
    {
        return {.isKnown = !text.isEmpty(), .number = 0, .text = text.toCaseFolded()};
    }
};

/// The order of two known values.
[[nodiscard]] inline std::weak_ordering compareKnown(const SortValue &left, const SortValue &right)
{
    const auto byNumber = std::weak_order(left.number, right.number);
    return byNumber != 0 ? byNumber : left.text.compare(right.text) <=> 0;
}

} // namespace Quay
