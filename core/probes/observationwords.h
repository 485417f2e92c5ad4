// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/probes/waitprobe.h"

#include <array>

namespace Quay {

/// The words for what a probe saw, in JSON and in messages. They are never changed, only added to.
inline constexpr std::array ObservationWords{
    Word{.word = "notTried", .value = Observation::What::NotTried},
    Word{.word = "nobodyListens", .value = Observation::What::NobodyListens},
    Word{.word = "listening", .value = Observation::What::Listening},
    Word{.word = "portFree", .value = Observation::What::PortFree},
    Word{.word = "portFreeUntested", .value = Observation::What::PortFreeUntested},
    Word{.word = "portHeld", .value = Observation::What::PortHeld},
    Word{.word = "hostUnknown", .value = Observation::What::HostUnknown},
    Word{.word = "refused", .value = Observation::What::Refused},
    Word{.word = "timedOut", .value = Observation::What::TimedOut},
    Word{.word = "unreachable", .value = Observation::What::Unreachable},
    Word{.word = "connected", .value = Observation::What::Connected},
    Word{.word = "notAccepted", .value = Observation::What::NotAccepted},
    Word{.word = "httpStatus", .value = Observation::What::HttpStatus},
    Word{.word = "tlsFailed", .value = Observation::What::TlsFailed},
    Word{.word = "httpFailed", .value = Observation::What::HttpFailed},
    Word{.word = "notReadable", .value = Observation::What::NotReadable},
    Word{.word = "httpHeaderMissing", .value = Observation::What::HttpHeaderMissing},
    Word{.word = "httpBodyMismatch", .value = Observation::What::HttpBodyMismatch},
    Word{.word = "commandEnded", .value = Observation::What::CommandEnded},
    Word{.word = "commandNotRun", .value = Observation::What::CommandNotRun},
    Word{.word = "notManaged", .value = Observation::What::NotManaged},
    Word{.word = "managedState", .value = Observation::What::ManagedState},
    Word{.word = "notSaid", .value = Observation::What::NotSaid},
    Word{.word = "silent", .value = Observation::What::Silent},
    Word{.word = "httpUnavailable", .value = Observation::What::HttpUnavailable},
};

} // namespace Quay
