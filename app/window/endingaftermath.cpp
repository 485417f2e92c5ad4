// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/endingaftermath.h"

#include "app/shared/portoutcometext.h"
#include "app/window/windowending.h"
#include "core/again/takenports.h"
#include "core/ports/portsnapshot.h"

#include <utility>
#include <vector>

namespace Quay {

namespace {

bool learnHolders(WindowEnding &ending, const PortSnapshot &now)
{
    if (!ending.isOver()) {
        return false;
    }
    bool isLearnt = false;
    for (const auto &port : ending.report->ports) {
        auto &known = ending.holders[port.listener->key()];
        if (!isFree(port) && known.empty()) {
            known = holdersOf(port, now);
            isLearnt = isLearnt || !known.empty();
        }
    }
    return isLearnt;
}

bool learnTaken(WindowEnding &ending, const PortSnapshot &now)
{
    if (!ending.canStartAgain()) {
        return false;
    }
    auto taken = takenPorts(claimsOf(*ending.report), now);
    for (const auto &port : ending.report->ports) { // which a look that is older than their end still shows
        for (auto &known : taken) {
            std::erase_if(known.holders,
                          [key = port.listener->key()](const auto &holder) { return holder->key() == key; });
        }
    }
    std::erase_if(taken, [](const TakenPort &known) { return known.holders.empty(); });
    const bool isOther = taken != ending.again.taken;
    ending.again.taken = std::move(taken);
    return isOther;
}

} // namespace

bool learnWhoHoldsNow(WindowEnding &ending, const PortSnapshot &now)
{
    if (!ending.report) {
        return false;
    }
    const bool areHoldersNew = learnHolders(ending, now);
    const bool areTakenNew = learnTaken(ending, now);
    return areHoldersNew || areTakenNew;
}

} // namespace Quay
