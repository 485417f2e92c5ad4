// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/standardstreams.h"

#include <initializer_list>

#include <fcntl.h>
#include <unistd.h>

namespace Quay {

void openClosedStreams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) < 0) {
            static_cast<void>(::open("/dev/null", O_RDWR)); // the lowest free number, which is this one
        }
    }
}

} // namespace Quay
