// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace Quay {

struct WatchRule;

/**
 * Which changes of files count.
 *
 * A glob without a slash is meant for names, one with a slash for paths as seen from the watched directory; `*` stands
 * for slashes too. What tools keep for themselves never counts: directories such as `.git`, `node_modules` and
 * `__pycache__`, and the files that editors write beside the one that is edited.
 *
 * Threads: pure functions.
 */
class WatchFilter
{
public:
    explicit WatchFilter(const WatchRule &rule);

    /// @p path: of a file, as seen from the watched directory.
    [[nodiscard]] bool isMeant(const std::string &path) const;
    /// Whether anything below a directory may be meant.
    [[nodiscard]] bool mayContain(const std::string &path) const;

private:
    std::vector<std::string> m_include;
    std::vector<std::string> m_exclude;
};

} // namespace Quay
