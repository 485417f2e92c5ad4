// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/ownprogram.h"

#include "core/base/readfile.h"

#include <cstdlib>
#include <memory>

#include <fcntl.h>
#include <sys/auxv.h>

namespace Quay {

std::string ownProgram()
{
    if (auto program = readLinkAt(AT_FDCWD, "/proc/self/exe")) {
        return *std::move(program);
    }
    // NOLINTNEXTLINE(performance-no-int-to-ptr): so the kernel hands over the address of the name
    const auto *const executed = reinterpret_cast<const char *>(::getauxval(AT_EXECFN));
    if (executed == nullptr) {
        return {};
    }
    struct Free
    {
        void operator()(char *text) const { std::free(text); } // NOLINT(cppcoreguidelines-no-malloc): realpath()'s
    };
    const std::unique_ptr<char, Free> path(::realpath(executed, nullptr));
    return path != nullptr ? std::string(path.get()) : std::string();
}

} // namespace Quay
