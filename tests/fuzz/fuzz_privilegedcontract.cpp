// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/privilegedcontract.h"
#include "tests/fuzz/argumentmaker.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

// The input describes arguments as KAuth hands them on; how it unpacks them is not ours. What passes is harmless, and
// packed again the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto arguments = Quay::Fuzz::ArgumentMaker({data, size}).map();
    if (const auto request = Quay::signalRequestFrom(arguments)) {
        require(Quay::isAllowedSignal(request->signal) && !request->targets.empty());
        require(std::ranges::all_of(request->targets, [](const auto &target) { return target.process.pid >= 2; }));
        require(Quay::signalRequestFrom(Quay::toArguments(*request)) == *request);
    }
    if (const auto request = Quay::inspectRequestFrom(arguments)) {
        require(!std::ranges::contains(request->inodes, 0U));
        require(Quay::inspectRequestFrom(Quay::toArguments(*request)) == *request);
    }
    if (const auto answer = Quay::signalAnswerFrom(arguments, 1)) {
        require(Quay::signalAnswerFrom(Quay::toReply(*answer), 1) == *answer);
    }
    if (const auto answer = Quay::inspectAnswerFrom(arguments)) {
        require(Quay::inspectAnswerFrom(Quay::toReply(*answer)) == *answer);
    }
    return 0;
}
