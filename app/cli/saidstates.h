// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace Quay {

struct ServerStatus;

/// Which sentence was said last of each server's state. A status also comes when something changes that no sentence is
/// made of; then the same is not said again, unless it is true of another run.
class SaidStates
{
public:
    /// What there is to say of @p server, as stateText(); empty when that is nothing, or was said already.
    [[nodiscard]] QString news(const ServerStatus &server);

private:
    struct Said
    {
        QString text; ///< Empty while there was nothing to say.
        std::optional<std::string> runId;
    };

    std::map<std::pair<std::string, std::string>, Said> m_said; ///< By file and name.
};

} // namespace Quay
