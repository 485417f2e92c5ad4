// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/proccmdline.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using Quay::Fuzz::require;

namespace {

/// Reads a line the way a shell would that knows only quotes and `\'`.
std::vector<std::string> readByShell(std::string_view line)
{
    std::vector<std::string> words(1);
    bool isQuoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\'') {
            isQuoted = !isQuoted;
        } else if (line[i] == ' ' && !isQuoted) {
            words.emplace_back();
        } else if (line[i] == '\\' && !isQuoted) {
            words.back() += line.at(++i);
        } else {
            words.back() += line[i];
        }
    }
    require(!isQuoted);
    return words;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = Quay::Fuzz::asText(data, size);
    const auto parts = Quay::splitAtNuls(bytes);
    require(parts.empty() || !parts.back().empty());
    std::string joined;
    for (const auto &part : parts) {
        require(!part.contains('\0'));
        joined += part + '\0';
    }
    require(std::string(bytes).append(1, '\0').starts_with(joined));
    require(std::ranges::count(bytes.substr(std::min(joined.size(), bytes.size())), '\0')
            == static_cast<std::ptrdiff_t>(bytes.size() - std::min(joined.size(), bytes.size())));

    const auto line = Quay::joinArguments(parts);
    require(parts.size() <= 1 || readByShell(line) == parts);
    return 0;
}
