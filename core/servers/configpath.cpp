// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/configpath.h"

#include <filesystem>

namespace Quay {

namespace {

namespace fs = std::filesystem;

std::string normalPath(const fs::path &path)
{
    std::string text = path.lexically_normal().string();
    while (text.size() > 1 && text.ends_with('/')) {
        text.pop_back();
    }
    return text;
}

} // namespace

std::string resolvedPath(std::string_view path, const std::string &directory, const VariableMap &variables)
{
    const auto home = variables.find("HOME");
    const bool isBelowHome = path == "~" || path.starts_with("~/");
    if (isBelowHome && home != variables.end() && home->second.starts_with('/')) {
        return normalPath(home->second + std::string(path.substr(1)));
    }
    return normalPath(fs::path(directory) / fs::path(path));
}

std::string relativePath(const std::string &path, const std::string &directory)
{
    if (path == directory) {
        return ".";
    }
    const std::string prefix = directory.ends_with('/') ? directory : directory + '/';
    if (!path.starts_with(prefix)) {
        return path;
    }
    const std::string below = path.substr(prefix.size());
    return below.starts_with('~') ? "./" + below : below;
}

std::string directoryOf(const std::string &path)
{
    return fs::path(path).parent_path().string();
}

std::string fileNameOf(const std::string &path)
{
    return fs::path(path).filename().string();
}

} // namespace Quay
