// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/probes/httprequester.h"

#include <functional>
#include <memory>

namespace Quay {

class ProcFs;
class RunMembers;
class SockDiag;

/// What probes look at. All that is pointed to outlives them.
struct ProbeMachine
{
    const ProcFs *proc = nullptr;
    SockDiag *diag = nullptr;
    RunMembers *members = nullptr;
    std::function<Result<std::unique_ptr<HttpRequester>>()> createRequester; ///< For each probe of a web server.
    const Clock *clock = &systemClock();
};

} // namespace Quay
