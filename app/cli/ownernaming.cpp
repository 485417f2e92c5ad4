// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ownernaming.h"

#include "app/cli/authority.h"
#include "app/cli/command.h"
#include "app/cli/watchticker.h"
#include "core/control/privilegedclient.h"
#include "core/control/privilegedcontract.h"

#include <QVariantMap>

#include <chrono>
#include <optional>
#include <string>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto AnswerInterval = 10ms;

} // namespace

Result<std::vector<ToldHolder>> nameHiddenOwners(CommandContext &context, const std::vector<ListenerPtr> &listeners)
{
    const auto client = context.authority.client();
    if (!client) {
        return std::unexpected(client.error());
    }
    if (const auto armed = context.ticker.arm(); !armed) {
        return std::unexpected(armed.error());
    }
    InspectRequest request;
    for (const auto &listener : listeners) {
        request.inodes.push_back(listener->socket.inode);
    }
    std::optional<Result<QVariantMap>> answer;
    const auto number = (*client)->request(InspectSocketsAction, toArguments(request),
                                           [&answer](const Result<QVariantMap> &reply) { answer = reply; });
    while (!answer) {
        context.authority.process();
        if (!answer && context.ticker.wait(AnswerInterval) != WatchTicker::Wake::Tick) {
            (*client)->cancel(number);
            return fail(ErrorCode::Denied, std::string(AuthorizationSubject));
        }
    }
    return answer->and_then(inspectAnswerFrom);
}

} // namespace Quay
