// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/gitfiles.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

namespace {

constexpr std::size_t CommitDigits = 8;

std::string_view firstLine(std::string_view text)
{
    auto line = text.substr(0, text.find('\n'));
    while (line.ends_with(' ') || line.ends_with('\r') || line.ends_with('\t')) {
        line.remove_suffix(1);
    }
    return line;
}

/// What follows the key and blanks after it; nothing when the line does not begin with it.
std::optional<std::string_view> valueAfter(std::string_view key, std::string_view line)
{
    if (!line.starts_with(key)) {
        return std::nullopt;
    }
    line.remove_prefix(std::min(line.find_first_not_of(' ', key.size()), line.size()));
    return line;
}

/// @p text names a directory, absolute or seen from @p base.
std::string directoryFrom(const std::string &base, std::string_view text)
{
    std::string path = (std::filesystem::path(base) / std::string(text)).lexically_normal().string();
    while (path.size() > 1 && path.ends_with('/')) {
        path.pop_back();
    }
    return path;
}

std::string_view nameOf(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

} // namespace

GitHead parseGitHead(std::string_view text)
{
    constexpr std::string_view Heads = "refs/heads/";
    constexpr std::string_view Reftable = "refs/heads/.invalid"; // the real HEAD is in a table that we do not read
    const auto line = firstLine(text);
    if (const auto reference = valueAfter("ref:", line)) {
        if (reference->empty() || *reference == Reftable) {
            return {};
        }
        const bool isBranch = reference->starts_with(Heads);
        return {.branch = std::string(isBranch ? reference->substr(Heads.size()) : *reference), .commit = {}};
    }
    const bool isHash = (line.size() == 40 || line.size() == 64)
        && line.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    return isHash ? GitHead{.branch = {}, .commit = std::string(line.substr(0, CommitDigits))} : GitHead();
}

std::optional<std::string> parseGitFile(const std::string &root, std::string_view text)
{
    const auto path = valueAfter("gitdir:", firstLine(text));
    return path && !path->empty() ? std::optional(directoryFrom(root, *path)) : std::nullopt;
}

std::string parseCommonDirName(const std::string &gitDirectory, std::string_view text)
{
    const std::string directory = directoryFrom(gitDirectory, firstLine(text));
    auto name = nameOf(directory);
    if (name.starts_with('.')) {
        name = nameOf(std::string_view(directory).substr(0, directory.size() - name.size() - 1));
    } else if (name.ends_with(".git")) {
        name.remove_suffix(std::string_view(".git").size());
    }
    return std::string(name);
}

} // namespace Quay
