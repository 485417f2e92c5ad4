// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/textcursor.h"
#include "core/supervise/criline.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>
#include <string>

using Quay::Fuzz::require;

// The input is a log. Each line that is one is written again as the same bytes, and no joined line exceeds its limit.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::size_t MostBytes = 64;
    Quay::CriFormatter formatter;
    Quay::CriJoiner joiner(MostBytes);
    Quay::TextCursor cursor(Quay::Fuzz::asText(data, size));
    while (!cursor.atEnd()) {
        const auto text = cursor.takeLine();
        const auto line = Quay::criLineFrom(text);
        if (!line) {
            continue;
        }
        std::string again;
        formatter.append(again, *line);
        require(again == std::string(text) + '\n');
        if (const auto whole = joiner.add(*line)) {
            require(whole->text.size() <= MostBytes);
        }
    }
    return 0;
}
