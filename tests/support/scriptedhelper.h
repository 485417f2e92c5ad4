// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/privilegedclient.h"

#include <QLatin1StringView>
#include <QString>
#include <QVariantMap>

#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

namespace Quay::Test {

/// A helper that answers when the test says so, with what the test says.
class ScriptedHelper : public PrivilegedClient
{
public:
    /// What somebody asked for.
    struct Request
    {
        std::uint64_t id = 0;
        QString action;
        QVariantMap arguments;
        Answer answer;
    };

    std::uint64_t request(QLatin1StringView action, const QVariantMap &arguments, Answer answer) override;
    void cancel(std::uint64_t request) override;

    /// Answers whoever asked, in turn. Without a reply for it, nobody is.
    void answerAll();

    std::function<Result<QVariantMap>(const Request &)> reply;
    std::deque<Request> waiting;
    std::vector<Request> asked; ///< All that were ever asked for.
    std::vector<std::uint64_t> cancelled;
};

} // namespace Quay::Test
