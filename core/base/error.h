// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace Quay {

/// What went wrong, as far as a caller can act on it.
enum class ErrorCode
{
    Gone, ///< The process or socket vanished between two reads. Normal: drop the row.
    Denied, ///< EPERM/EACCES. Show the value as unknown and offer to elevate.
    Malformed, ///< The kernel text or message did not parse. A bug: report it.
    Unsupported, ///< This kernel lacks the interface, or this sandbox refuses it. Hide the feature, say why.
    Invalid, ///< The caller passed a value outside the documented range.
    Io, ///< Any other system error; see Error::sysErrno.
};

/// A failure of a core function. Not translated: app/shared turns a code into a sentence.
struct Error
{
    ErrorCode code = ErrorCode::Io;
    std::string subject; ///< The path, pid, field or line concerned. Raw bytes: pass through safeText() before showing.
    int sysErrno = 0; ///< errno at the time, 0 when no system call failed.

    bool operator==(const Error &) const = default;
};

/// Maps @p sysErrno to the code a caller can act on (ENOENT/ESRCH ...: Gone, EACCES/EPERM: Denied, ENOSYS ...:
/// Unsupported, EINVAL: Invalid, else Io).
[[nodiscard]] Error errorFromErrno(int sysErrno, std::string subject);

/// Whether @p error is there, and is Denied.
[[nodiscard]] bool isDenial(const std::optional<Error> &error);

} // namespace Quay
