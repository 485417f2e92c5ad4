// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cstddef>
#include <memory>
#include <span>

namespace Quay {

/// What carries the messages of SockDiag: a netlink socket, or recorded bytes in a test.
class DiagTransport
{
public:
    DiagTransport() = default;
    DiagTransport(const DiagTransport &) = delete;
    DiagTransport &operator=(const DiagTransport &) = delete;
    virtual ~DiagTransport() = default;

    /// Sends one request. Errors: as errorFromErrno().
    [[nodiscard]] virtual Result<> send(std::span<const std::byte> request) = 0;
    /// The next datagram; valid until the next call. Errors: as errorFromErrno(); Io with EMSGSIZE for one that was
    /// longer than expected and is lost: when it is asked for again, it fits.
    [[nodiscard]] virtual Result<std::span<const std::byte>> receive() = 0;
};

/// A netlink socket of family NETLINK_SOCK_DIAG. Errors: Unsupported or Denied where a sandbox refuses it.
[[nodiscard]] Result<std::unique_ptr<DiagTransport>> openDiagTransport();
/// The same, or one that answers everything with the refusal: for who has another source then.
[[nodiscard]] std::unique_ptr<DiagTransport> diagTransportOrRefusal();
/// The same over a datagram socket that is open already.
[[nodiscard]] std::unique_ptr<DiagTransport> diagTransportOver(UniqueFd socket);

} // namespace Quay
