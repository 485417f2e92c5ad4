// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procstatus.h"

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/kernel/procfs.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

struct Uids
{
    uid_t real = 0;
    uid_t effective = 0;
};

/// `REAL EFFECTIVE SAVED FILESYSTEM`
std::optional<Uids> parseUids(TextCursor fields)
{
    const auto real = numberFromText<uid_t>(fields.takeField());
    const auto effective = numberFromText<uid_t>(fields.takeField());
    if (!real || !effective) {
        return std::nullopt;
    }
    return Uids{.real = *real, .effective = *effective};
}

/// `123 kB`: of 1024 bytes, whatever the unit says.
std::optional<std::uint64_t> parseBytes(TextCursor fields)
{
    constexpr std::uint64_t BytesPerUnit = 1024;
    const auto units = numberFromText<std::uint64_t>(fields.takeField());
    if (!units || *units > std::numeric_limits<std::uint64_t>::max() / BytesPerUnit || fields.takeField() != "kB") {
        return std::nullopt;
    }
    return *units * BytesPerUnit;
}

std::optional<std::vector<pid_t>> parsePids(TextCursor fields)
{
    std::vector<pid_t> pids;
    for (auto field = fields.takeField(); !field.empty(); field = fields.takeField()) {
        const auto pid = numberFromText<pid_t>(field);
        if (!pid || *pid < 0) {
            return std::nullopt;
        }
        pids.push_back(*pid);
    }
    return pids;
}

} // namespace

Result<ProcStatus> parseProcStatus(std::string_view text)
{
    std::optional<Uids> uids;
    std::optional<std::uint64_t> swapBytes;
    std::optional<std::vector<pid_t>> namespacePids;
    TextCursor lines(text);
    while (!lines.atEnd()) {
        const auto line = lines.takeLine();
        TextCursor fields(line);
        const auto key = fields.takeUntil(':');
        bool isGood = true;
        if (key == "Uid") {
            uids = parseUids(fields);
            isGood = uids.has_value();
        } else if (key == "VmSwap") {
            swapBytes = parseBytes(fields);
            isGood = swapBytes.has_value();
        } else if (key == "NSpid") {
            namespacePids = parsePids(fields);
            isGood = namespacePids.has_value();
        }
        if (!isGood) {
            return fail(ErrorCode::Malformed, std::string(line));
        }
    }
    if (!uids) {
        return fail(ErrorCode::Malformed, "Uid");
    }
    return ProcStatus{
        .realUid = uids->real,
        .effectiveUid = uids->effective,
        .swapBytes = swapBytes,
        .namespacePids = std::move(namespacePids).value_or(std::vector<pid_t>()),
    };
}

Result<ProcStatus> readProcStatus(const ProcFs &proc, pid_t pid)
{
    return readFileAt(proc.directory(), pidPath(pid, "status")).and_then(parseProcStatus);
}

} // namespace Quay
