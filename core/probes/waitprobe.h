// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <poll.h>

namespace Quay {

/// What was seen at a target last.
struct Observation
{
    enum class What
    {
        NotTried,
        NobodyListens, ///< number: the port that was looked at, when it was one of several that may be meant
        Listening, ///< detail: the endpoint
        PortFree,
        PortFreeUntested, ///< Nobody listens; to bind it is not permitted.
        PortHeld, ///< detail: who holds it
        HostUnknown, ///< detail: what the resolver said
        Refused,
        TimedOut,
        Unreachable, ///< detail: what the system said
        Connected,
        NotAccepted, ///< detail: the endpoint, which has a connection that was not accepted; number: its port
        HttpStatus, ///< number: the status
        TlsFailed, ///< detail: why the certificate or the handshake was refused
        HttpFailed, ///< detail: what went wrong
        NotReadable, ///< detail: why the kernel's table cannot be read
        HttpHeaderMissing, ///< detail: the header that is not there, or not as it has to be; number: the status
        HttpBodyMismatch, ///< number: the status
        CommandEnded, ///< number: the exit code, or a signal below 0; detail: the last line of its output
        CommandNotRun, ///< detail: what could not be executed
        NotManaged, ///< No agent runs such a server.
        ManagedState, ///< detail: the state of a managed server, as a word of ServerStateWords
        NotSaid, ///< What is waited for, in its output or by its own word, has not come.
        Silent, ///< number: for so many milliseconds it has not said that it is alive
        HttpUnavailable, ///< Nobody was asked: there is nothing that speaks HTTP. detail: why that cannot be loaded
    };
    What what = What::NotTried;
    std::string detail; ///< Raw bytes.
    int number = 0;

    bool operator==(const Observation &) const = default;
};

/// How one attempt ended.
struct Attempt
{
    bool isMet = false;
    Observation seen;

    bool operator==(const Attempt &) const = default;
};

/// Tries one target again and again. Never blocks.
class WaitProbe
{
public:
    WaitProbe() = default;
    WaitProbe(const WaitProbe &) = delete;
    WaitProbe &operator=(const WaitProbe &) = delete;
    virtual ~WaitProbe() = default;

    /// Whether a look costs so little that it can be taken every few milliseconds.
    [[nodiscard]] virtual bool isLocal() const = 0;
    /// Begins an attempt; its end when that is known at once. @p limit: after this the waiter calls giveUp().
    [[nodiscard]] virtual std::optional<Attempt> begin(std::chrono::milliseconds limit) = 0;
    /// What to wait for while an attempt is under way.
    [[nodiscard]] virtual pollfd awaited() const = 0;
    /// Goes on after that happened.
    [[nodiscard]] virtual std::optional<Attempt> proceed() = 0;
    /// Ends an attempt that takes too long.
    [[nodiscard]] virtual Attempt giveUp() = 0;
};

/// How long to pause between two looks at a local target that was waited for so long. A look costs some 20 us: it is
/// taken often at first, so that what happens is seen when it happens. Threads: pure function.
[[nodiscard]] constexpr std::chrono::milliseconds localPause(std::chrono::nanoseconds waited)
{
    using namespace std::chrono_literals;
    if (waited < 10s) {
        return 5ms;
    }
    return waited < 1min ? 20ms : 100ms;
}

} // namespace Quay
