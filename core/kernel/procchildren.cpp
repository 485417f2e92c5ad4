// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procchildren.h"

#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/textcursor.h"
#include "core/kernel/directory.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procstat.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace Quay {

namespace {

/// Nothing when no thread tells.
std::optional<std::vector<pid_t>> childrenOfThreads(const ProcFs &proc, pid_t pid)
{
    const std::string path = pidPath(pid, "task");
    const auto directory = openDirectoryAt(proc.directory(), path);
    if (!directory) {
        return std::nullopt;
    }
    std::optional<std::vector<pid_t>> children;
    DirectoryReader reader(directory->get(), path);
    for (auto thread = reader.next(); thread && *thread; thread = reader.next()) {
        const auto text = readFileAt(directory->get(), std::string((*thread)->name) + "/children");
        if (text) {
            children = std::move(children).value_or(std::vector<pid_t>());
            std::ranges::copy(parseProcChildren(*text), std::back_inserter(*children));
        }
    }
    return children;
}

} // namespace

std::vector<pid_t> parseProcChildren(std::string_view text)
{
    std::vector<pid_t> pids;
    TextCursor cursor(text);
    for (auto field = cursor.takeField(); !field.empty(); field = cursor.takeField()) {
        if (const auto pid = numberFromText<pid_t>(field); pid && *pid > 0) {
            pids.push_back(*pid);
        }
    }
    return pids;
}

Result<std::vector<pid_t>> readChildren(const ProcFs &proc, pid_t pid)
{
    if (auto children = childrenOfThreads(proc, pid)) {
        return *std::move(children);
    }
    return listPids(proc).transform([&proc, pid](std::vector<pid_t> pids) {
        std::erase_if(pids, [&proc, pid](pid_t other) {
            const auto stat = readProcStat(proc, other);
            return !stat || stat->parentPid != pid;
        });
        return pids;
    });
}

} // namespace Quay
