// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/proccgroup.h"

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/kernel/procfs.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr std::string_view DeletedSuffix = " (deleted)"; // the kernel adds it once the directory was removed

struct CgroupLine
{
    std::uint32_t hierarchy = 0;
    std::string_view controllers;
    std::string_view path;
};

std::optional<CgroupLine> parseLine(std::string_view line)
{
    TextCursor cursor(line);
    const auto hierarchy = numberFromText<std::uint32_t>(cursor.takeUntil(':'));
    const auto controllers = cursor.takeUntil(':');
    auto path = cursor.rest();
    if (!hierarchy || !path.starts_with('/') || (*hierarchy == 0) != controllers.empty()) {
        return std::nullopt;
    }
    if (path.ends_with(DeletedSuffix)) {
        path.remove_suffix(DeletedSuffix.size());
    }
    return CgroupLine{.hierarchy = *hierarchy, .controllers = controllers, .path = path};
}

auto depthOf(std::string_view path)
{
    return path == "/" ? 0 : std::ranges::count(path, '/');
}

} // namespace

Result<ProcCgroup> parseProcCgroup(std::string_view text)
{
    ProcCgroup cgroup;
    TextCursor cursor(text);
    while (!cursor.atEnd()) {
        const auto line = cursor.takeLine();
        const auto parsed = parseLine(line);
        if (!parsed) {
            return fail(ErrorCode::Malformed, std::string(line));
        }
        if (parsed->hierarchy == 0) {
            cgroup.unified = parsed->path;
        } else if (parsed->controllers == "name=systemd") {
            cgroup.named = parsed->path;
        } else if (!cgroup.controller || depthOf(parsed->path) > depthOf(*cgroup.controller)) {
            cgroup.controller = parsed->path;
        }
    }
    return cgroup;
}

Result<ProcCgroup> readProcCgroup(const ProcFs &proc, pid_t pid)
{
    return readFileAt(proc.directory(), pidPath(pid, "cgroup")).and_then(parseProcCgroup);
}

} // namespace Quay
