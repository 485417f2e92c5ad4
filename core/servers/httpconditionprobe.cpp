// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/httpconditionprobe.h"

#include "core/probes/httpprobe.h"
#include "core/probes/httprequester.h"
#include "core/probes/waitprobe.h"
#include "core/servers/probespec.h"

#include <QLatin1StringView>
#include <QRegularExpression>
#include <QString>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <poll.h>

namespace Quay {

namespace {

constexpr std::size_t SearchedBytes = std::size_t{64} << 10U; // of a body

QString textOf(const std::string &bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

bool hasMatch(const std::string &pattern, const std::string &text)
{
    return QRegularExpression(textOf(pattern)).match(textOf(text)).hasMatch();
}

bool isSameName(const std::string &left, const std::string &right)
{
    return textOf(left).compare(textOf(right), Qt::CaseInsensitive) == 0;
}

/// Nothing when the answer is as it has to be; else what is wrong with it.
std::optional<Observation> faultIn(const HttpAnswer &answer, const HttpCondition &condition)
{
    const bool isStatusFine = std::ranges::any_of(condition.statuses, [&answer](const StatusRange &range) {
        return answer.status >= range.first && answer.status <= range.last;
    });
    if (!isStatusFine) {
        return Observation{.what = Observation::What::HttpStatus, .number = answer.status};
    }
    for (const auto &[name, pattern] : condition.answerHeaders) {
        const bool isThere = std::ranges::any_of(answer.headers, [&](const auto &header) {
            return isSameName(header.first, name) && hasMatch(pattern, header.second);
        });
        if (!isThere) {
            return Observation{.what = Observation::What::HttpHeaderMissing, .detail = name, .number = answer.status};
        }
    }
    if (!condition.bodyPattern.empty() && !hasMatch(condition.bodyPattern, answer.body)) {
        return Observation{.what = Observation::What::HttpBodyMismatch, .number = answer.status};
    }
    return std::nullopt;
}

} // namespace

HttpConditionProbe::HttpConditionProbe(HttpCondition condition, HttpTarget target,
                                       std::unique_ptr<HttpRequester> requester)
    : m_condition(std::move(condition))
    , m_probe(
          [&] {
              target.request.bodyBytes = m_condition.bodyPattern.empty() ? 0 : SearchedBytes;
              return std::move(target);
          }(),
          std::move(requester))
{
}

std::optional<Attempt> HttpConditionProbe::begin(std::chrono::milliseconds limit)
{
    return judged(m_probe.begin(limit));
}

pollfd HttpConditionProbe::awaited() const
{
    return m_probe.awaited();
}

std::optional<Attempt> HttpConditionProbe::proceed()
{
    return judged(m_probe.proceed());
}

Attempt HttpConditionProbe::giveUp()
{
    return m_probe.giveUp();
}

std::optional<Attempt> HttpConditionProbe::judged(std::optional<Attempt> attempt) const
{
    if (!attempt || attempt->seen.what != Observation::What::HttpStatus) {
        return attempt;
    }
    if (auto fault = faultIn(m_probe.answer(), m_condition)) {
        return Attempt{.isMet = false, .seen = *std::move(fault)};
    }
    return Attempt{.isMet = true, .seen = attempt->seen};
}

} // namespace Quay
