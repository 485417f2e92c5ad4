// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/mountinfo.h"

#include "core/base/number.h"
#include "core/base/textcursor.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

/// Takes back the octal escapes (`\040`) that the kernel writes for blanks and backslashes.
std::string unescaped(std::string_view text)
{
    constexpr std::size_t EscapeLength = 4;
    std::string path;
    while (!text.empty()) {
        const auto code = text.starts_with('\\') && text.size() >= EscapeLength
            ? numberFromText<std::uint8_t>(text.substr(1, EscapeLength - 1), 8)
            : std::nullopt;
        path += code ? static_cast<char>(*code) : text.front();
        text.remove_prefix(code ? EscapeLength : 1);
    }
    return path;
}

/// proc_pid_mountinfo(5): `ID PARENT DEVICE ROOT POINT OPTIONS [TAG ...] - TYPE SOURCE OPTIONS`.
std::optional<Mount> parseLine(std::string_view line)
{
    TextCursor cursor(line);
    const auto id = numberFromText<int>(cursor.takeField());
    cursor.takeField(); // of the one that it is mounted on
    cursor.takeField(); // device
    Mount mount{.id = id.value_or(0), .root = unescaped(cursor.takeField()), .point = unescaped(cursor.takeField())};
    cursor.takeField(); // options
    while (!cursor.atEnd() && cursor.takeField() != "-") { }
    mount.type = cursor.takeField();
    return id && !mount.type.empty() ? std::optional(std::move(mount)) : std::nullopt;
}

} // namespace

std::vector<Mount> parseMountinfo(std::string_view text)
{
    std::vector<Mount> mounts;
    TextCursor cursor(text);
    while (!cursor.atEnd()) {
        if (auto mount = parseLine(cursor.takeLine())) {
            mounts.push_back(*std::move(mount));
        }
    }
    return mounts;
}

} // namespace Quay
