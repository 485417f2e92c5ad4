// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/probelog.h"

#include "core/base/readfile.h"
#include "core/base/words.h"
#include "core/history/appendline.h"
#include "core/probes/observationwords.h"
#include "core/supervise/fieldline.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr const char *AttemptWord = "attempt";
constexpr const char *RepeatedWord = "repeated"; // of the last attempt of that probe; `count`: in all

FieldLine lineFor(const ProbeAttempts &attempts)
{
    FieldLine line(AttemptWord);
    line.add("at", attempts.firstAt.count());
    line.add("run", attempts.run);
    line.add("probe", attempts.probe);
    line.add("met", attempts.attempt.isMet ? 1 : 0);
    line.add("what", std::string(wordFor(ObservationWords, attempts.attempt.seen.what)));
    line.add("number", attempts.attempt.seen.number);
    if (!attempts.attempt.seen.detail.empty()) {
        line.add("detail", attempts.attempt.seen.detail);
    }
    return line;
}

std::optional<ProbeAttempts> attemptsFrom(const FieldLine &line)
{
    const auto at = line.number<std::int64_t>("at");
    auto run = line.text("run");
    auto probe = line.text("probe");
    const auto what = valueFor(ObservationWords, line.text("what").value_or(std::string()));
    if (!at || !run || !probe || !what) {
        return std::nullopt;
    }
    return ProbeAttempts{.run = *std::move(run),
                         .probe = *std::move(probe),
                         .attempt = {.isMet = line.flag("met"),
                                     .seen = {.what = *what,
                                              .detail = line.text("detail").value_or(std::string()),
                                              .number = line.number<int>("number").value_or(0)}},
                         .count = 1,
                         .firstAt = std::chrono::nanoseconds(*at),
                         .lastAt = std::chrono::nanoseconds(*at)};
}

} // namespace

ProbeLog::ProbeLog(std::string path)
    : m_path(std::move(path))
{
}

ProbeLog::~ProbeLog()
{
    conclude();
}

void ProbeLog::note(const std::string &run, const std::string &probe, const Attempt &attempt,
                    std::chrono::nanoseconds at)
{
    const auto known = m_courses.find(probe);
    if (known != m_courses.end() && known->second.attempts.run == run && known->second.attempts.attempt == attempt) {
        auto &course = known->second;
        ++course.attempts.count;
        course.attempts.lastAt = at;
        if (course.attempts.count >= 2 * course.writtenCount) {
            writeCount(course);
        }
        return;
    }
    if (known != m_courses.end()) {
        writeCount(known->second);
    }
    const ProbeAttempts attempts{.run = run, .probe = probe, .attempt = attempt, .firstAt = at, .lastAt = at};
    write(lineFor(attempts).line());
    m_courses.insert_or_assign(probe, Course{.attempts = attempts});
}

void ProbeLog::conclude()
{
    for (auto &[probe, course] : m_courses) {
        writeCount(course);
    }
    m_courses.clear();
}

void ProbeLog::writeCount(Course &course) const
{
    if (course.attempts.count == course.writtenCount) {
        return;
    }
    course.writtenCount = course.attempts.count;
    FieldLine line(RepeatedWord);
    line.add("at", course.attempts.lastAt.count());
    line.add("probe", course.attempts.probe);
    line.add("count", course.attempts.count);
    write(line.line());
}

void ProbeLog::write(const std::string &line) const
{
    std::ignore = appendLine(m_path, line + '\n', MostBytes);
}

std::vector<ProbeAttempts> probeAttemptsFrom(std::string_view text)
{
    std::vector<ProbeAttempts> all;
    std::map<std::string, std::size_t> last; // by probe
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = fieldLineFrom(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line) {
            continue;
        }
        if (line->word() == AttemptWord) {
            if (auto attempts = attemptsFrom(*line)) {
                last[attempts->probe] = all.size();
                all.push_back(*std::move(attempts));
            }
        } else if (line->word() == RepeatedWord) {
            const auto known = last.find(line->text("probe").value_or(std::string()));
            const auto at = line->number<std::int64_t>("at");
            const auto count = line->number<std::uint64_t>("count");
            if (known != last.end() && at && count) {
                all[known->second].count = *count;
                all[known->second].lastAt = std::chrono::nanoseconds(*at);
            }
        }
    }
    std::ranges::stable_sort(all, {}, &ProbeAttempts::firstAt);
    return all;
}

std::vector<ProbeAttempts> readProbeLog(const std::string &path)
{
    std::string text = readFile(fullLogPath(path)).value_or(std::string());
    text += readFile(path).value_or(std::string());
    return probeAttemptsFrom(text);
}

} // namespace Quay
