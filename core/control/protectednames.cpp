// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/protectednames.h"

#include "core/base/aside.h"
#include "core/base/error.h"
#include "core/base/readfile.h"
#include "core/kernel/userdirectories.h"

#include <cerrno>
#include <chrono>
#include <ranges>

namespace Quay {

namespace {

constexpr std::string_view Blanks = " \t\r";
constexpr auto Patience = std::chrono::milliseconds(2000);

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(Blanks);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(Blanks) + 1 - begin);
}

} // namespace

Result<std::string> protectedNamesPath()
{
    return userConfigDirectory().transform([](const std::string &directory) { return directory + "/protected"; });
}

Result<std::set<std::string>> readProtectedNames(const std::string &path)
{
    const auto text = readFile(path);
    if (!text && text.error().code == ErrorCode::Gone) {
        return {};
    }
    return text.transform([](const std::string &read) { return parseProtectedNames(read); });
}

Result<std::set<std::string>> ownProtectedNames()
{
    auto names = answerWithin(Patience, [] {
        const auto path = protectedNamesPath();
        return path ? readProtectedNames(*path) : std::set<std::string>();
    });
    return names ? *std::move(names) : failErrno(ETIMEDOUT, "quaymaster/protected");
}

std::set<std::string> parseProtectedNames(std::string_view text)
{
    std::set<std::string> names;
    for (const auto line : text | std::views::split('\n')) {
        const std::string_view whole(line);
        if (const auto name = trimmed(whole.substr(0, whole.find('#'))); !name.empty()) {
            names.emplace(name);
        }
    }
    return names;
}

} // namespace Quay
