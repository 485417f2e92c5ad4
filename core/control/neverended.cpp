// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/neverended.h"

#include "core/base/number.h"
#include "core/base/words.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace Quay {

namespace {

constexpr std::string_view Prefix = "pid ";
constexpr std::string_view Separator = ", ";

constexpr std::array ReasonWords{
    Word{.word = "init", .value = NeverEndedReason::Init},
    Word{.word = "kernelThread", .value = NeverEndedReason::KernelThread},
    Word{.word = "ourselves", .value = NeverEndedReason::Ourselves},
    Word{.word = "ourParent", .value = NeverEndedReason::OurParent},
};

} // namespace

Error errorFrom(const NeverEnded &process)
{
    std::string subject(Prefix);
    subject += std::to_string(process.pid);
    subject += Separator;
    subject += wordFor(ReasonWords, process.reason);
    return {.code = ErrorCode::Invalid, .subject = std::move(subject)};
}

std::optional<NeverEnded> neverEndedFrom(const Error &error)
{
    const std::string_view subject = error.subject;
    const auto separator = subject.find(Separator);
    if (error.code != ErrorCode::Invalid || !subject.starts_with(Prefix) || separator == std::string_view::npos) {
        return std::nullopt;
    }
    const auto pid = numberFromText<pid_t>(subject.substr(Prefix.size(), separator - Prefix.size()));
    const auto reason = valueFor(ReasonWords, subject.substr(separator + Separator.size()));
    return pid && reason ? std::optional(NeverEnded{.pid = *pid, .reason = *reason}) : std::nullopt;
}

} // namespace Quay
