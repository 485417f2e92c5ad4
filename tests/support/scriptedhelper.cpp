// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptedhelper.h"

#include <utility>

namespace Quay::Test {

std::uint64_t ScriptedHelper::request(QLatin1StringView action, const QVariantMap &arguments, Answer answer)
{
    asked.push_back({.id = asked.size() + 1, .action = action, .arguments = arguments, .answer = std::move(answer)});
    waiting.push_back(asked.back());
    return asked.back().id;
}

void ScriptedHelper::cancel(std::uint64_t request)
{
    cancelled.push_back(request);
    std::erase_if(waiting, [request](const Request &known) { return known.id == request; });
}

void ScriptedHelper::answerAll()
{
    while (reply && !waiting.empty()) {
        const Request request = std::move(waiting.front());
        waiting.pop_front();
        request.answer(reply(request));
    }
}

} // namespace Quay::Test
