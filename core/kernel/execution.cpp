// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/execution.h"

#include <csignal>
#include <string>
#include <vector>

namespace Quay {

std::vector<char *> execPointers(const std::vector<std::string> &texts)
{
    std::vector<char *> pointers;
    pointers.reserve(texts.size() + 1);
    for (const auto &text : texts) {
        pointers.push_back(const_cast<char *>(text.c_str())); // execve() does not write to them
    }
    pointers.push_back(nullptr);
    return pointers;
}

void resetSignals() noexcept
{
    for (int signal = 1; signal < NSIG; ++signal) {
        std::signal(signal, SIG_DFL); // not for SIGKILL and SIGSTOP, which does not matter
    }
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

} // namespace Quay
