// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/userscope.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

namespace {

/// quaymaster-scope BUS UNIT FILE NAME [ARGUMENT...]
enum Word
{
    Bus = 1,
    Unit,
    File,
    Name,
};

} // namespace

/// Becomes FILE, in the scope UNIT of the user's systemd. Where that cannot be had it becomes it all the same: a server
/// is worth more than its cgroup.
int main(int count, char **words)
{
    if (count <= Name) {
        std::fputs("quaymaster-scope BUS UNIT FILE NAME [ARGUMENT...]\n", stderr);
        return EXIT_FAILURE;
    }
    static_cast<void>(
        Quay::moveToScope(words[Bus], {.unit = words[Unit], .description = words[count - 1]}, ::getpid()));
    ::execv(words[File], words + Name);
    std::fprintf(stderr, "quaymaster-scope: %s: %s\n", words[File], std::strerror(errno));
    return EXIT_FAILURE;
}
