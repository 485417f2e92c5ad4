// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procstat.h"

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/base/uniquefd.h"
#include "core/kernel/procfs.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::uint32_t KernelThreadFlag = 0x00200000; // PF_KTHREAD, include/linux/sched.h
constexpr std::size_t StatLimitBytes = 2048; // 52 fields of at most 20 digits and the longest name take 1.2 KB

// Numbers of proc_pid_stat(5).
constexpr std::size_t FirstFieldAfterName = 3;
constexpr std::size_t StateField = 3;
constexpr std::size_t ParentField = 4;
constexpr std::size_t GroupField = 5;
constexpr std::size_t SessionField = 6;
constexpr std::size_t TerminalField = 7;
constexpr std::size_t FlagsField = 9;
constexpr std::size_t UserTimeField = 14;
constexpr std::size_t SystemTimeField = 15;
constexpr std::size_t ThreadsField = 20;
constexpr std::size_t StartTimeField = 22;
constexpr std::size_t ResidentField = 24;
constexpr std::size_t ExitCodeField = 52;

/// The fields behind the name, counted as in the manual.
class StatFields
{
public:
    explicit StatFields(std::string_view text)
    {
        TextCursor cursor(text);
        for (auto &field : m_fields) {
            field = cursor.takeField();
        }
    }

    [[nodiscard]] std::string_view text(std::size_t field) const { return m_fields.at(field - FirstFieldAfterName); }

    template<typename T>
    [[nodiscard]] std::optional<T> number(std::size_t field) const
    {
        return numberFromText<T>(text(field));
    }

private:
    std::array<std::string_view, ResidentField - FirstFieldAfterName + 1> m_fields;
};

std::optional<ProcStat> parseStat(std::string_view text)
{
    const auto nameBegin = text.find(" (");
    const auto nameEnd = text.rfind(')');
    if (nameBegin == std::string_view::npos || nameEnd == std::string_view::npos || nameEnd < nameBegin + 2) {
        return std::nullopt;
    }
    const auto pid = numberFromText<pid_t>(text.substr(0, nameBegin));
    const StatFields fields(text.substr(nameEnd + 1));
    const auto state = fields.text(StateField);
    const auto parentPid = fields.number<pid_t>(ParentField);
    const auto processGroup = fields.number<pid_t>(GroupField);
    const auto session = fields.number<pid_t>(SessionField);
    const auto terminal = fields.number<std::int32_t>(TerminalField); // unsigned in the kernel, printed as signed
    const auto flags = fields.number<std::uint32_t>(FlagsField);
    const auto userTicks = fields.number<std::uint64_t>(UserTimeField);
    const auto systemTicks = fields.number<std::uint64_t>(SystemTimeField);
    const auto threadCount = fields.number<std::uint64_t>(ThreadsField);
    const auto startTicks = fields.number<std::uint64_t>(StartTimeField);
    const auto residentPages = fields.number<std::uint64_t>(ResidentField);
    const bool hasIdentity = pid && *pid > 0 && state.size() == 1 && parentPid && *parentPid >= 0 && startTicks;
    const bool hasGroups = processGroup && session && terminal && flags;
    const bool hasCounters = userTicks && systemTicks && threadCount && residentPages;
    if (!hasIdentity || !hasGroups || !hasCounters) {
        return std::nullopt;
    }
    return ProcStat{
        .pid = *pid,
        .comm = std::string(text.substr(nameBegin + 2, nameEnd - nameBegin - 2)),
        .state = state.front(),
        .parentPid = *parentPid,
        .processGroup = *processGroup,
        .session = *session,
        .terminal = *terminal == 0 ? std::nullopt : std::optional(static_cast<std::uint32_t>(*terminal)),
        .isKernelThread = (*flags & KernelThreadFlag) != 0,
        .userTicks = *userTicks,
        .systemTicks = *systemTicks,
        .threadCount = *threadCount,
        .startTicks = *startTicks,
        .residentPages = *residentPages,
    };
}

} // namespace

Result<ProcStat> parseProcStat(std::string_view text)
{
    auto stat = parseStat(text);
    if (!stat) {
        return fail(ErrorCode::Malformed, std::string(text));
    }
    return *std::move(stat);
}

std::chrono::nanoseconds timeFromTicks(std::uint64_t ticks)
{
    static const auto perSecond = static_cast<std::uint64_t>(std::max(::sysconf(_SC_CLK_TCK), 1L));
    return std::chrono::seconds(ticks / perSecond)
        + std::chrono::nanoseconds(ticks % perSecond * (std::nano::den / perSecond));
}

Result<std::optional<int>> zombieStatusFrom(std::string_view text)
{
    const auto nameEnd = text.rfind(')');
    TextCursor cursor(nameEnd != std::string_view::npos ? text.substr(nameEnd + 1) : std::string_view());
    const auto state = cursor.takeField();
    std::string_view field;
    for (std::size_t number = StateField + 1; number <= ExitCodeField; ++number) {
        field = cursor.takeField();
    }
    const auto status = numberFromText<int>(field);
    if (state.size() != 1 || !status) {
        return fail(ErrorCode::Malformed, std::string(text));
    }
    return state == "Z" ? status : std::nullopt;
}

Result<std::optional<int>> readZombieStatus(const ProcFs &proc, pid_t pid)
{
    std::array<char, StatLimitBytes> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
    return readOnceAt(proc.directory(), pidPath(pid, "stat"), buffer).and_then(zombieStatusFrom);
}

Result<ProcStat> readProcStat(const ProcFs &proc, pid_t pid)
{
    std::array<char, StatLimitBytes> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
    return readOnceAt(proc.directory(), pidPath(pid, "stat"), buffer).and_then(parseProcStat);
}

Result<ProcStatFile> ProcStatFile::open(const ProcFs &proc, pid_t pid)
{
    const auto path = pidPath(pid, "stat");
    UniqueFd fd(::openat(proc.directory(), path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) {
        return failErrno(errno, path);
    }
    return ProcStatFile(std::move(fd));
}

Result<ProcStat> ProcStatFile::read() const
{
    std::array<char, StatLimitBytes> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
    return readOnce(m_fd.get(), "stat", buffer).and_then(parseProcStat);
}

} // namespace Quay
