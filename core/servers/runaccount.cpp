// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/runaccount.h"

#include "core/processes/secrettext.h"
#include "core/supervise/runevent.h"

#include <optional>
#include <string>
#include <utility>

namespace Quay {

std::optional<UnstoppedProcess> unstoppedFrom(const RunEvent &event)
{
    if (event.kind != RunEventKind::Killed || !event.process) {
        return std::nullopt;
    }
    return UnstoppedProcess{.process = *event.process,
                            .command = maskedText(event.text.value_or(std::string())),
                            .sysErrno = event.sysErrno.value_or(0)};
}

void RunAccount::take(const RunEvent &event)
{
    if (event.kind == RunEventKind::Status) {
        says = event.text.transform(maskedText);
    } else if (event.kind == RunEventKind::StopAsked) {
        wasAskedToStop = true;
    } else if (event.kind == RunEventKind::Exited) {
        exit = event.status;
        usage = event.usage;
        wasOutOfMemory = event.outOfMemory.value_or(false);
    } else if (auto process = unstoppedFrom(event); process && killed.size() < MostKilled) {
        killed.push_back(*std::move(process));
    }
}

} // namespace Quay
