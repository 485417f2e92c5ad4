// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portmodelroles.h"

#include <QString>

#include <cstdint>

namespace Quay {

/// A set of columns, one bit each.
using ColumnMask = std::uint32_t;

inline constexpr ColumnMask AllColumns = (ColumnMask{1} << PortModelColumn::ColumnCount) - 1;

[[nodiscard]] constexpr ColumnMask maskOf(PortModelColumn::Column column)
{
    return ColumnMask{1} << static_cast<unsigned>(column);
}

/// The head of a column.
[[nodiscard]] QString columnTitle(PortModelColumn::Column column);
/// What the column is about, as a sentence.
[[nodiscard]] QString columnToolTip(PortModelColumn::Column column);
/// Whether the column holds numbers, which stand on the right.
[[nodiscard]] bool isNumeric(PortModelColumn::Column column);

} // namespace Quay
