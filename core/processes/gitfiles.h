// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace Quay {

/// What `HEAD` of a repository names.
struct GitHead
{
    std::optional<std::string> branch; ///< Without `refs/heads/`.
    std::optional<std::string> commit; ///< First 8 digits, when no branch is checked out.

    bool operator==(const GitHead &) const = default;
};

/// Source: gitrepository-layout(5). Neither for a text that names nothing we can read. Threads: pure function.
[[nodiscard]] GitHead parseGitHead(std::string_view text);

/**
 * Where the text of a `.git` file leads: the repository's directory of a linked worktree or a submodule.
 *
 * @p root: the absolute directory that the file is in; relative paths are seen from it. Nothing for any other text.
 * Threads: pure function.
 */
[[nodiscard]] std::optional<std::string> parseGitFile(const std::string &root, std::string_view text);

/// The name of the project that `commondir` in @p gitDirectory leads to: of `name/.git`, `name/.bare` or `name.git`.
/// May be empty. Threads: pure function.
[[nodiscard]] std::string parseCommonDirName(const std::string &gitDirectory, std::string_view text);

} // namespace Quay
