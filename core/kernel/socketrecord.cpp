// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/socketrecord.h"

#include <cstdint>

#include <netinet/tcp.h>

namespace Quay {

SocketState socketStateFromKernel(std::uint8_t state) noexcept
{
    switch (state) {
    case TCP_ESTABLISHED:
        return SocketState::Established;
    case TCP_SYN_SENT:
        return SocketState::SynSent;
    case TCP_SYN_RECV:
        return SocketState::SynReceived;
    case TCP_TIME_WAIT:
        return SocketState::TimeWait;
    case TCP_CLOSE_WAIT:
        return SocketState::CloseWait;
    case TCP_FIN_WAIT1:
    case TCP_FIN_WAIT2:
        return SocketState::FinWait;
    case TCP_CLOSE:
        return SocketState::Closed;
    case TCP_LISTEN:
        return SocketState::Listening;
    default: // the kernel's states, not ours: the ones that last for an instant, and those to come
        return SocketState::Other;
    }
}

} // namespace Quay
