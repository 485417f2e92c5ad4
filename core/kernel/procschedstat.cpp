// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procschedstat.h"

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/kernel/procfs.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace Quay {

Result<ProcSchedStat> parseProcSchedStat(std::string_view text)
{
    TextCursor fields(text);
    const auto ran = numberFromText<std::int64_t>(fields.takeField());
    const auto waited = numberFromText<std::int64_t>(fields.takeField());
    if (!ran || !waited || *ran < 0 || *waited < 0) {
        return fail(ErrorCode::Malformed, std::string(text));
    }
    return ProcSchedStat{.ran = std::chrono::nanoseconds(*ran), .waited = std::chrono::nanoseconds(*waited)};
}

Result<ProcSchedStat> readProcSchedStat(const ProcFs &proc, pid_t pid)
{
    return readFileAt(proc.directory(), pidPath(pid, "schedstat")).and_then(parseProcSchedStat);
}

} // namespace Quay
