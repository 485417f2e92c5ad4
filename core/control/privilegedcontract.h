// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window and `quay` ask of the helper that runs as root, and what it answers. Both sides pack and unpack with
// these functions, so that names cannot drift; what the helper unpacks comes from anybody.
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/ports/toldholders.h"
#include "core/processes/processid.h"

#include <QLatin1StringView>
#include <QVariantMap>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace Quay {

inline constexpr QLatin1StringView HelperId("org.quaymaster.helper");
inline constexpr QLatin1StringView SignalProcessAction("org.quaymaster.helper.signalprocess");
inline constexpr QLatin1StringView InspectSocketsAction("org.quaymaster.helper.inspectsockets");

/// What the helper sends on the bus, in an interface of its name, before it ends without an answer: nothing was done.
inline constexpr QLatin1StringView GaveUpSignal("gaveUp");

/// How long a password prompt may stay open: then the helper ends, and nothing was done.
inline constexpr std::chrono::milliseconds PromptLimit = std::chrono::minutes(5);

inline constexpr std::size_t MostSignalTargets = 4096; ///< In one request.
inline constexpr std::size_t MostInspectedSockets = 16384; ///< In one request.

/// Whether the helper sends it: what ends a server or has it end itself. No SIGSTOP, no real-time signals.
[[nodiscard]] bool isAllowedSignal(int signal);

/// Exactly one process.
struct SignalTarget
{
    ProcessId process;
    std::optional<std::uint64_t> serial; ///< As ProcessInfo::serial.

    bool operator==(const SignalTarget &) const = default;
};

/// One signal for any number of processes.
struct SignalRequest
{
    int signal = 0;
    std::vector<SignalTarget> targets;

    bool operator==(const SignalRequest &) const = default;
};

[[nodiscard]] QVariantMap toArguments(const SignalRequest &request);

/**
 * Unpacks and checks what somebody sent.
 *
 * Errors:  Malformed for a missing, unknown or mistyped key, with it as subject; Invalid for a signal that is not
 *          allowed, for pids below 2, for no target and for more than MostSignalTargets.
 * Threads: pure function.
 */
[[nodiscard]] Result<SignalRequest> signalRequestFrom(const QVariantMap &arguments);

/// What became of each target of a request, in its order.
using SignalAnswer = std::vector<Result<>>;

[[nodiscard]] QVariantMap toReply(const SignalAnswer &answer);
/// Errors: Malformed when it is no answer to a request with @p count targets.
[[nodiscard]] Result<SignalAnswer> signalAnswerFrom(const QVariantMap &reply, std::size_t count);

/// Why a request as a whole was not carried out.
[[nodiscard]] QVariantMap toReply(const Error &error);
/// Malformed when it is no such reply.
[[nodiscard]] Error errorFromReply(const QVariantMap &reply);

/// Who holds which of these sockets?
struct InspectRequest
{
    std::vector<std::uint64_t> inodes;

    bool operator==(const InspectRequest &) const = default;
};

[[nodiscard]] QVariantMap toArguments(const InspectRequest &request);
/// Errors: as signalRequestFrom(), Invalid for the inode 0, for none and for more than MostInspectedSockets.
[[nodiscard]] Result<InspectRequest> inspectRequestFrom(const QVariantMap &arguments);

/// All holders that there are.
using InspectAnswer = std::vector<ToldHolder>;

[[nodiscard]] QVariantMap toReply(const InspectAnswer &answer);
/// Errors: Malformed.
[[nodiscard]] Result<InspectAnswer> inspectAnswerFrom(const QVariantMap &reply);

} // namespace Quay
