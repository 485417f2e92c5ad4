// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace Quay::Test {

/// A datagram socket that other processes can send descriptors to, by its name in the abstract namespace.
class Mailbox
{
public:
    Mailbox();
    [[nodiscard]] const std::string &name() const noexcept { return m_name; }
    /// Waits for one descriptor.
    [[nodiscard]] int receive() const;

private:
    int m_socket = -1;
    std::string m_name; ///< without the leading NUL
};

/// Sends @p descriptor to the mailbox called @p name through SCM_RIGHTS. The sender keeps its own copy.
void sendDescriptor(const std::string &name, int descriptor);

} // namespace Quay::Test
