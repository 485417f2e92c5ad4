// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <sys/types.h>

namespace Quay {

/**
 * polkit's own program that asks for passwords on a terminal, as long as this object lives: on a machine without a
 * desktop nobody else does. Where a desktop does, that goes first.
 *
 * Without that program nothing is asked, and polkit refuses.
 */
class PasswordAgent
{
public:
    /// Starts it, and waits until polkit knows of it, or it has ended.
    explicit PasswordAgent(const std::string &program = "pkttyagent");
    PasswordAgent(const PasswordAgent &) = delete;
    PasswordAgent &operator=(const PasswordAgent &) = delete;
    /// Ends it.
    ~PasswordAgent();

private:
    pid_t m_pid = -1;
};

} // namespace Quay
