// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/runrecord.h"

#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/kernel/directory.h"
#include "core/supervise/fieldline.h"
#include "core/supervise/lease.h"
#include "core/supervise/runevent.h"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>

namespace Quay {

bool RunRecord::hasEnded() const
{
    return !events.empty() && events.back().kind == RunEventKind::Ended;
}

RunRecord runRecordFromText(std::string_view text)
{
    RunRecord record;
    TextCursor cursor(text.substr(0, text.rfind('\n') + 1));
    while (!cursor.atEnd()) {
        auto event = fieldLineFrom(cursor.takeLine()).and_then(runEventFrom);
        if (event) {
            record.events.push_back(*std::move(event));
        } else {
            ++record.unreadableLines;
        }
    }
    return record;
}

Result<RunRecord> readRunRecord(const std::string &path)
{
    return readFile(path, MostRecordBytes).transform(runRecordFromText);
}

std::vector<std::string> listRuns(const std::string &directory)
{
    std::vector<std::string> runs;
    const auto opened = openDirectoryAt(AT_FDCWD, directory);
    if (!opened) {
        return runs; // there is none until the first run
    }
    DirectoryReader reader(opened->get(), directory);
    for (;;) {
        const auto entry = reader.next();
        if (!entry || !*entry) {
            break;
        }
        if (isRunId((*entry)->name)) {
            runs.emplace_back((*entry)->name);
        }
    }
    std::ranges::sort(runs, std::greater{});
    return runs;
}

} // namespace Quay
