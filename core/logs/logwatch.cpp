// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/logwatch.h"

#include "core/base/result.h"
#include "core/kernel/inotify.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

namespace {

std::string parentOf(const std::string &path)
{
    const auto slash = path.find_last_of('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

/// Watches the nearest directory above @p path that there is.
Result<> watchAbove(Inotify &inotify, const std::string &path)
{
    std::string directory = parentOf(path);
    for (;;) {
        const auto watch = inotify.watchDirectory(directory, WriteNotice::AtOnce);
        if (watch) {
            return {};
        }
        const auto parent = parentOf(directory);
        if (watch.error().code != ErrorCode::Gone || parent == directory) {
            return std::unexpected(watch.error());
        }
        directory = parent;
    }
}

} // namespace

LogWatch::LogWatch(Inotify inotify, std::vector<std::string> paths)
    : m_inotify(std::move(inotify))
    , m_paths(std::move(paths))
{
}

Result<LogWatch> LogWatch::open(std::vector<std::string> paths)
{
    auto inotify = Inotify::open();
    if (!inotify) {
        return std::unexpected(std::move(inotify).error());
    }
    LogWatch watch(*std::move(inotify), std::move(paths));
    return watch.watchAll().transform([&watch] { return std::move(watch); });
}

/// Twice: what was made between a look and its watch is not told.
Result<> LogWatch::watchAll()
{
    for (int round = 0; round < 2; ++round) {
        for (const auto &path : m_paths) {
            if (auto watched = watchAbove(m_inotify, path); !watched) {
                return watched;
            }
        }
    }
    return {};
}

Result<> LogWatch::take()
{
    return m_inotify.take().and_then([this](const std::vector<FileEvent> &events) -> Result<> {
        const auto changesDirectories = [](const FileEvent &event) {
            return event.hasEnded || event.hasOverflowed || (event.isDirectory && event.hasAppeared)
                || (event.name.empty() && event.hasGone);
        };
        return std::ranges::any_of(events, changesDirectories) ? watchAll() : Result<>();
    });
}

} // namespace Quay
