// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/lease.h"

#include "core/base/clock.h"
#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/writefile.h"
#include "core/supervise/fieldline.h"
#include "core/supervise/processmark.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <sys/random.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::string_view Word = "lease";
constexpr std::size_t MostRunIdBytes = 40;
constexpr int IdTimeDigits = 16;
constexpr std::string_view HexDigits = "0123456789abcdef";

std::string hexText(std::uint64_t number, int digits)
{
    std::string text;
    for (int digit = digits - 1; digit >= 0; --digit) {
        text += HexDigits[(number >> (4U * static_cast<unsigned>(digit))) & 0xFU];
    }
    return text;
}

} // namespace

void addTime(FieldLine &line, const RunTime &time)
{
    line.add("real", time.realTime.count());
    line.add("boot", time.sinceBoot.count());
}

std::optional<RunTime> timeFrom(const FieldLine &line)
{
    const auto real = line.number<std::int64_t>("real");
    const auto boot = line.number<std::int64_t>("boot");
    if (!real || !boot || *boot < 0) {
        return std::nullopt;
    }
    return RunTime{.realTime = std::chrono::nanoseconds(*real), .sinceBoot = std::chrono::nanoseconds(*boot)};
}

std::string leaseText(const Lease &lease)
{
    FieldLine line{std::string(Word)};
    line.add("run", lease.runId);
    line.add("bootid", lease.bootId);
    addMark(line, "supervisor", lease.supervisor);
    if (lease.server) {
        addMark(line, "server", *lease.server);
    }
    line.add("cgroup", lease.cgroup);
    addTime(line, lease.startedAt);
    return line.line() + '\n';
}

Result<Lease> leaseFromText(std::string_view text)
{
    if (!text.ends_with('\n')) {
        return fail(ErrorCode::Malformed, "lease"); // cut off: also a field may be
    }
    text.remove_suffix(1);
    const auto line = fieldLineFrom(text);
    if (!line || line->word() != Word) {
        return fail(ErrorCode::Malformed, "lease");
    }
    auto run = line->text("run");
    auto boot = line->text("bootid");
    const auto supervisor = markFrom(*line, "supervisor");
    const auto time = timeFrom(*line);
    if (!run || !isRunId(*run) || !boot || !supervisor || !time) {
        return fail(ErrorCode::Malformed, "lease");
    }
    return Lease{.bootId = *std::move(boot),
                 .runId = *std::move(run),
                 .supervisor = *supervisor,
                 .server = markFrom(*line, "server"),
                 .cgroup = line->text("cgroup"),
                 .startedAt = *time};
}

Result<> writeLease(const std::string &path, const Lease &lease)
{
    return replaceFile(path, leaseText(lease), Survives::Writer);
}

Result<Lease> readLease(const std::string &path)
{
    return readFile(path).and_then(leaseFromText).transform_error([&path](Error error) {
        error.subject = path;
        return error;
    });
}

void removeCgroup(const Lease &lease)
{
    if (lease.cgroup) {
        ::rmdir(lease.cgroup->c_str());
    }
}

std::string makeRunId(const Clock &clock, std::string_view last)
{
    auto time = static_cast<std::uint64_t>(clock.realTime().count());
    const auto before = numberFromText<std::uint64_t>(last.substr(0, IdTimeDigits), 16);
    if (before && *before >= time && *before < std::numeric_limits<std::uint64_t>::max()) {
        time = *before + 1;
    }
    std::uint32_t chance = 0;
    // Without it two runs of a server would have to begin within a nanosecond to have one id.
    static_cast<void>(::getrandom(&chance, sizeof chance, GRND_NONBLOCK));
    return hexText(time, IdTimeDigits) + '-' + hexText(chance, 8);
}

bool isRunId(std::string_view text)
{
    return !text.empty() && text.size() <= MostRunIdBytes && text.front() != '-'
        && text.find_first_not_of("0123456789abcdef-") == std::string_view::npos;
}

} // namespace Quay
