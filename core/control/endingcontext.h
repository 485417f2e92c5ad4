// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Quay {

class Clock;
class EventPoll;
class ProcFs;
class SockDiag;
class TreeWatch;

/// What every ending of a Terminator uses. Outlives the endings.
struct EndingContext
{
    const ProcFs &proc;
    const Clock &clock;
    SockDiag &diag;
    EventPoll &poll;
    TreeWatch &tree;
};

} // namespace Quay
