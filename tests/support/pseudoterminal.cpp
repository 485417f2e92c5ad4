// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pseudoterminal.h"

#include <cerrno>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <sys/ioctl.h>

namespace Quay::Test {

Result<PseudoTerminal> openTerminal(unsigned short columns)
{
    UniqueFd ours(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    if (!ours || ::grantpt(ours.get()) != 0 || ::unlockpt(ours.get()) != 0) {
        return failErrno(errno, "terminal");
    }
    const winsize size{.ws_row = 0, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
    const char *const name = ::ptsname(ours.get());
    UniqueFd its(name != nullptr ? ::open(name, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1);
    if (!its || ::ioctl(its.get(), TIOCSWINSZ, &size) != 0) {
        return failErrno(errno, "terminal");
    }
    return PseudoTerminal{.ours = std::move(ours), .its = std::move(its)};
}

} // namespace Quay::Test
