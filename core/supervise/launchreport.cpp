// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/errorwords.h"
#include "core/base/words.h"
#include "core/supervise/fieldline.h"
#include "core/supervise/launch.h"
#include "core/supervise/launchwords.h"
#include "core/supervise/lease.h"
#include "core/supervise/processmark.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

namespace {

constexpr std::string_view StartedWord = "started";
constexpr std::string_view FailedWord = "failed";

std::optional<LaunchOutcome> startedFrom(const FieldLine &line)
{
    const auto supervisor = markFrom(line, "supervisor");
    const auto server = markFrom(line, "server");
    if (!supervisor || !server) {
        return std::nullopt;
    }
    return Launched{.supervisor = *supervisor, .server = *server};
}

std::optional<LaunchOutcome> failureFrom(const FieldLine &line)
{
    const auto problem = valueFor(LaunchProblemWords, line.text("problem").value_or(std::string()));
    const auto code = valueFor(ErrorCodeWords, line.text("error").value_or(std::string()));
    if (!problem || !code) {
        return std::nullopt;
    }
    return std::unexpected(LaunchFailure{.problem = *problem,
                                         .error = {.code = *code,
                                                   .subject = line.text("subject").value_or(std::string()),
                                                   .sysErrno = line.number<int>("errno").value_or(0)},
                                         .holder = markFrom(line, "holder"),
                                         .since = timeFrom(line)});
}

} // namespace

std::string toText(const LaunchOutcome &outcome)
{
    FieldLine line{std::string(outcome ? StartedWord : FailedWord)};
    if (outcome) {
        addMark(line, "supervisor", outcome->supervisor);
        addMark(line, "server", outcome->server);
    } else {
        const auto &failure = outcome.error();
        line.add("problem", std::string(wordFor(LaunchProblemWords, failure.problem)));
        line.add("error", std::string(wordFor(ErrorCodeWords, failure.error.code)));
        line.add("subject", failure.error.subject);
        line.add("errno", failure.error.sysErrno);
        if (failure.holder) {
            addMark(line, "holder", *failure.holder);
        }
        if (failure.since) {
            addTime(line, *failure.since);
        }
    }
    return line.line() + '\n';
}

std::optional<LaunchOutcome> launchOutcomeFrom(std::string_view text)
{
    if (!text.ends_with('\n')) {
        return std::nullopt;
    }
    text.remove_suffix(1);
    const auto line = fieldLineFrom(text);
    if (line && line->word() == StartedWord) {
        return startedFrom(*line);
    }
    return line && line->word() == FailedWord ? failureFrom(*line) : std::nullopt;
}

} // namespace Quay
