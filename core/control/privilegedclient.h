// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QLatin1StringView>
#include <QVariantMap>

#include <cstdint>
#include <functional>
#include <string_view>

namespace Quay {

// Error::subject of what stands between us and the helper.
inline constexpr std::string_view HelperSubject = "helper"; ///< Unsupported: not installed, or not wholly. Io: it
                                                            ///< ended; with EBUSY it waits for a password that another
                                                            ///< program's user was asked for, with ETIMEDOUT it is
                                                            ///< silent, and was told to do nothing any more.
inline constexpr std::string_view PolkitSubject = "polkit"; ///< Unsupported: it does not run.
inline constexpr std::string_view SystemBusSubject = "system bus"; ///< Unsupported: there is none.
inline constexpr std::string_view AuthorizationSubject =
    "authorization"; ///< Denied: refused, or the prompt was closed.

/**
 * Has the helper do what needs more rights than ours. Whether the user is asked for a password is up to polkit.
 *
 * Threads: not shared. Answers come from the event loop of the thread that asked.
 */
class PrivilegedClient
{
public:
    using Answer = std::function<void(const Result<QVariantMap> &reply)>;

    PrivilegedClient() = default;
    PrivilegedClient(const PrivilegedClient &) = delete;
    PrivilegedClient &operator=(const PrivilegedClient &) = delete;
    virtual ~PrivilegedClient() = default;

    /**
     * Asks for an action with arguments as in privilegedcontract.h, and returns at once with a number. The answer comes
     * once, never from within this call, and not at all when it is cancelled.
     *
     * Errors:  those of the helper; with the subjects above when it could not be asked, or did not want to answer.
     */
    virtual std::uint64_t request(QLatin1StringView action, const QVariantMap &arguments, Answer answer) = 0;
    /// Nobody wants the answer any more, and nothing is to be done unless it is done already.
    virtual void cancel(std::uint64_t request) = 0;
};

} // namespace Quay
