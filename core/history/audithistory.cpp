// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/audithistory.h"

#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/history/appendline.h"
#include "core/history/auditrecord.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr std::size_t MostFileBytes = std::size_t{64} << 20U;

/// What had been sent before nobody wrote any more.
void noteSignals(std::vector<AuditTarget> &targets, std::vector<AuditTarget> &asked)
{
    std::unordered_map<ProcessId, std::vector<SentSignal>> sent;
    for (auto &target : asked) {
        sent.insert_or_assign(target.id, std::move(target.signals));
    }
    for (auto &target : targets) {
        if (const auto known = sent.find(target.id); known != sent.end()) {
            target.signals = known->second;
        }
    }
}

/// Services are stopped, and connections drain, before those are signalled whose end @p entry tells.
void beginAt(AuditEntry &entry, std::chrono::nanoseconds begunAt)
{
    if (entry.elapsed && entry.begunAt > begunAt) {
        *entry.elapsed += entry.begunAt - begunAt;
    }
    entry.begunAt = begunAt;
}

/// Joins records as they come.
class Joiner
{
public:
    void add(AuditRecord record)
    {
        auto &attempt = m_attempts.try_emplace(record.entry.id, Attempt{.order = m_attempts.size()}).first->second;
        switch (record.kind) {
        case AuditRecordKind::Begun:
            if (!attempt.entry) {
                attempt.entry = std::move(record.entry);
            } else {
                beginAt(*attempt.entry, record.entry.begunAt);
            }
            break;
        case AuditRecordKind::Asked:
            std::ranges::move(record.entry.targets, std::back_inserter(attempt.asked));
            break;
        case AuditRecordKind::Joined:
            std::ranges::move(record.entry.targets, std::back_inserter(attempt.joined));
            break;
        case AuditRecordKind::Forced:
            attempt.forcedAt = record.at;
            break;
        case AuditRecordKind::Refused:
            attempt.entry = std::move(record.entry);
            break;
        case AuditRecordKind::Ended:
            if (attempt.entry) {
                record.entry.isForced = attempt.entry->isForced;
                beginAt(record.entry, attempt.entry->begunAt);
            }
            attempt.entry = std::move(record.entry);
            break;
        }
    }

    [[nodiscard]] std::vector<AuditEntry> take(const ProcessCheck &isRunning)
    {
        std::vector<Attempt> attempts;
        for (auto &[id, attempt] : m_attempts) {
            if (attempt.entry) { // else its beginning is in a file that is no more
                attempts.push_back(std::move(attempt));
            }
        }
        std::ranges::sort(attempts, [](const Attempt &left, const Attempt &right) {
            return std::pair(left.entry->begunAt, left.order) > std::pair(right.entry->begunAt, right.order);
        });
        std::vector<AuditEntry> entries;
        for (auto &attempt : attempts) {
            AuditEntry &entry = *attempt.entry;
            if (!entry.forcedAt) {
                entry.forcedAt = attempt.forcedAt;
            }
            const bool isOver = entry.state == AuditState::Ended || entry.state == AuditState::Refused;
            if (!isOver) { // its end names everybody
                std::ranges::move(attempt.joined, std::back_inserter(entry.targets));
                noteSignals(entry.targets, attempt.asked);
                entry.state = isRunning(entry.writer) ? AuditState::Running : AuditState::Interrupted;
            }
            entries.push_back(std::move(entry));
        }
        return entries;
    }

private:
    struct Attempt
    {
        std::size_t order = 0; ///< In which its first record came.
        std::optional<AuditEntry> entry;
        std::vector<AuditTarget> asked;
        std::vector<AuditTarget> joined;
        std::optional<std::chrono::nanoseconds> forcedAt;
    };

    std::unordered_map<std::string, Attempt> m_attempts;
};

Result<std::string> readLog(const std::string &path)
{
    auto text = readFile(path, MostFileBytes);
    if (!text && text.error().code == ErrorCode::Gone) {
        return std::string();
    }
    return text;
}

/// In the ASCII letters, as names of programs are.
std::string lower(std::string_view text)
{
    std::string result(text);
    for (char &letter : result) {
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    return result;
}

bool hasPort(const AuditEntry &entry, std::string_view text)
{
    const auto wanted = numberFromText<std::uint16_t>(text);
    return wanted && std::ranges::contains(entry.ports, *wanted, &AuditPort::port);
}

bool hasPid(const AuditEntry &entry, std::string_view text)
{
    const auto wanted = numberFromText<pid_t>(text); // nothing, when it is no number, is nobody's
    const auto isIt = [&wanted](const auto &process) { return process.id.pid == wanted; };
    const auto isStarted = [&wanted](const AuditAction &action) {
        return action.process && action.process->pid == wanted;
    };
    return std::ranges::any_of(entry.targets, isIt) || std::ranges::any_of(entry.zombies, isIt)
        || std::ranges::any_of(entry.actions, isStarted);
}

bool hasText(const AuditEntry &entry, std::string_view word)
{
    const std::string wanted = lower(word);
    const auto contains = [&wanted](const std::string &text) { return lower(text).contains(wanted); };
    const auto isInTarget = [&contains](const AuditTarget &target) {
        return contains(target.name) || std::ranges::any_of(target.arguments, contains);
    };
    return std::ranges::any_of(entry.targets, isInTarget)
        || std::ranges::any_of(entry.zombies, contains, &AuditZombie::name)
        || std::ranges::any_of(entry.actions, contains, &AuditAction::subject);
}

bool fits(const AuditEntry &entry, std::string_view word)
{
    constexpr std::string_view PidPrefix = "pid:";
    if (word.starts_with(PidPrefix)) {
        return hasPid(entry, word.substr(PidPrefix.size()));
    }
    if (word.starts_with(':')) {
        return hasPort(entry, word.substr(1));
    }
    if (numberFromText<std::uint64_t>(word)) {
        return hasPort(entry, word) || hasPid(entry, word);
    }
    return hasText(entry, word);
}

} // namespace

bool isProcessRunning(ProcessId process)
{
    const auto proc = ProcFs::open();
    if (!proc || process.pid <= 0) {
        return false;
    }
    const auto stat = readProcStat(*proc, process.pid);
    return stat && stat->startTicks == process.startTicks && stat->state != 'Z' && stat->state != 'X';
}

Result<AuditHistory> readAuditHistory(const std::string &path, const ProcessCheck &isRunning)
{
    auto lines = readLog(fullLogPath(path));
    if (!lines) {
        return std::unexpected(lines.error());
    }
    const auto inUse = readLog(path);
    if (!inUse) {
        return std::unexpected(inUse.error());
    }
    if (!lines->empty() && !lines->ends_with('\n')) {
        *lines += '\n';
    }
    *lines += *inUse;
    return joinAuditRecords(*lines, isRunning);
}

AuditHistory joinAuditRecords(std::string_view lines, const ProcessCheck &isRunning)
{
    AuditHistory history;
    Joiner joiner;
    for (TextCursor cursor(lines); !cursor.atEnd();) {
        const auto line = cursor.takeLine();
        if (line.empty()) {
            continue;
        }
        if (auto record = recordFromLine(line)) {
            joiner.add(std::move(*record));
        } else {
            ++history.skippedLines;
        }
    }
    history.entries = joiner.take(isRunning);
    return history;
}

bool matches(const AuditEntry &entry, const AuditFilter &filter)
{
    return (!filter.since || entry.begunAt >= *filter.since)
        && std::ranges::all_of(filter.words, [&entry](const std::string &word) { return fits(entry, word); });
}

void keepOnly(AuditHistory &history, const AuditFilter &filter)
{
    std::erase_if(history.entries, [&filter](const AuditEntry &entry) { return !matches(entry, filter); });
    if (filter.limit && *filter.limit < history.entries.size()) {
        history.entries.resize(*filter.limit);
    }
}

} // namespace Quay
