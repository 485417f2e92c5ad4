// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/saidstates.h"

#include "app/cli/uptext.h"
#include "core/service/serverstatus.h"

namespace Quay {

QString SaidStates::news(const ServerStatus &server)
{
    QString text = stateText(server);
    Said &said = m_said[{server.file, server.name}];
    if (said.text == text && said.runId == server.runId) {
        return {};
    }
    said = {.text = text, .runId = server.runId};
    return text;
}

} // namespace Quay
