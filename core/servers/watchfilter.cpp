// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/watchfilter.h"

#include "core/servers/serverspec.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <fnmatch.h>

namespace Quay {

namespace {

constexpr std::array<std::string_view, 20> ForeignDirectories{
    ".git",   ".hg",   ".svn",  ".jj",     "node_modules", "bower_components", "__pycache__",
    ".venv",  "venv",  ".tox",  ".nox",    ".mypy_cache",  ".pytest_cache",    ".ruff_cache",
    ".cache", ".idea", ".next", ".gradle", "target",       ".direnv"};

/// Of vim, Emacs, Kate, the JetBrains programs and gedit; compiled Python.
constexpr std::array<const char *, 9> ForeignFiles{
    "*~", "*.sw?", "4913", ".#*", "#*#", "*.kate-swp", "*___jb_???___", ".goutputstream-*", "*.py[co]"};

std::string_view nameOf(std::string_view path)
{
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

bool fits(const std::string &glob, const std::string &path)
{
    const std::string subject = glob.contains('/') ? path : std::string(nameOf(path));
    return ::fnmatch(glob.c_str(), subject.c_str(), 0) == 0;
}

bool fitsAny(const std::vector<std::string> &globs, const std::string &path)
{
    return std::ranges::any_of(globs, [&path](const std::string &glob) { return fits(glob, path); });
}

/// `src/**` and `**/*.py` are written by those who know them from elsewhere, and `dist/` by those who know .gitignore.
std::vector<std::string> simpleGlobs(const std::vector<std::string> &globs)
{
    std::vector<std::string> simple;
    for (std::string glob : globs) {
        if (glob.starts_with("./")) {
            glob.erase(0, 2);
        }
        if (glob.starts_with("**/")) {
            simple.push_back(glob); // below
            glob.erase(0, 3);
        }
        if (glob.ends_with("/**")) {
            simple.push_back(glob);
            glob.resize(glob.size() - 3);
        }
        if (glob.size() > 1 && glob.ends_with('/')) {
            glob.pop_back();
        }
        simple.push_back(glob);
    }
    return simple;
}

} // namespace

WatchFilter::WatchFilter(const WatchRule &rule)
    : m_include(simpleGlobs(rule.include))
    , m_exclude(simpleGlobs(rule.exclude))
{
}

bool WatchFilter::isMeant(const std::string &path) const
{
    const std::string name(nameOf(path));
    if (std::ranges::any_of(ForeignFiles,
                            [&name](const char *glob) { return ::fnmatch(glob, name.c_str(), 0) == 0; })) {
        return false;
    }
    return !fitsAny(m_exclude, path) && (m_include.empty() || fitsAny(m_include, path));
}

bool WatchFilter::mayContain(const std::string &path) const
{
    return !std::ranges::contains(ForeignDirectories, nameOf(path)) && !fitsAny(m_exclude, path);
}

} // namespace Quay
