// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <expected>
#include <string>
#include <utility>

namespace Quay {

/// The return type of every core function that can fail. Never throw, never return a magic value.
template<typename T = void>
using Result = std::expected<T, Error>;

/// Shorthand for the failure branch: `return fail(ErrorCode::Malformed, line);`
[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string subject, int sysErrno = 0)
{
    return std::unexpected(Error{.code = code, .subject = std::move(subject), .sysErrno = sysErrno});
}

/// Shorthand for a failed system call: `return failErrno(errno, path);`
[[nodiscard]] inline std::unexpected<Error> failErrno(int sysErrno, std::string subject)
{
    return std::unexpected(errorFromErrno(sysErrno, std::move(subject)));
}

} // namespace Quay
