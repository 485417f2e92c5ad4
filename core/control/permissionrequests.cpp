// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/permissionrequests.h"

#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/privilegedclient.h"
#include "core/control/privilegedcontract.h"

#include <QVariantMap>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <ranges>
#include <utility>

namespace Quay {

PermissionRequests::PermissionRequests(PrivilegedClient &client, Signalled signalled)
    : m_client(client)
    , m_signalled(std::move(signalled))
{
}

PermissionRequests::~PermissionRequests()
{
    for (const auto &ending : m_endings | std::views::values) {
        cancelAll(ending);
    }
}

void PermissionRequests::note(std::uint64_t ending, const EndingReport &report)
{
    if (report.stage == EndingStage::Finished) {
        if (const auto over = m_endings.extract(ending)) {
            cancelAll(over.mapped());
        }
        return;
    }
    for (const auto &request : m_endings[ending].book.takeNew(report)) {
        ask(ending, request);
    }
}

bool PermissionRequests::isWaiting() const
{
    return std::ranges::any_of(m_endings | std::views::values,
                               [](const Ending &ending) { return !ending.requests.empty(); });
}

void PermissionRequests::ask(std::uint64_t ending, const SignalRequest &request)
{
    const auto number = std::make_shared<std::uint64_t>(0);
    const auto take = [this, ending, request, number](const Result<QVariantMap> &reply) {
        m_endings[ending].requests.erase(*number);
        const auto answer = reply.and_then(
            [&request](const QVariantMap &data) { return signalAnswerFrom(data, request.targets.size()); });
        for (std::size_t i = 0; i < request.targets.size(); ++i) {
            m_signalled(ending, request.targets[i].process,
                        answer ? answer->at(i) : Result<>(std::unexpected(answer.error())));
        }
    };
    *number = m_client.request(SignalProcessAction, toArguments(request), take);
    m_endings[ending].requests.insert(*number);
}

void PermissionRequests::cancelAll(const Ending &ending)
{
    for (const auto request : ending.requests) {
        m_client.cancel(request);
    }
}

} // namespace Quay
