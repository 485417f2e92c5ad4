// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <cerrno>
#include <optional>
#include <string>
#include <utility>

namespace Quay {

namespace {

ErrorCode codeFromErrno(int sysErrno)
{
    switch (sysErrno) {
    case ENOENT:
    case ESRCH:
    case ENOTDIR:
        return ErrorCode::Gone;
    case EACCES:
    case EPERM:
        return ErrorCode::Denied;
    case EOPNOTSUPP:
    case ENOSYS:
    case EPROTONOSUPPORT:
    case EAFNOSUPPORT:
    case ECONNREFUSED:
        return ErrorCode::Unsupported;
    case EINVAL:
        return ErrorCode::Invalid;
    default:
        return ErrorCode::Io;
    }
}

} // namespace

Error errorFromErrno(int sysErrno, std::string subject)
{
    return {.code = codeFromErrno(sysErrno), .subject = std::move(subject), .sysErrno = sysErrno};
}

bool isDenial(const std::optional<Error> &error)
{
    return error && error->code == ErrorCode::Denied;
}

} // namespace Quay
