// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/portproof.h"

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/portbinding.h"
#include "core/kernel/procfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procnet.h"
#include "core/kernel/procstat.h"
#include "core/kernel/sockdiag.h"
#include "core/kernel/socketrecord.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using Sockets = std::vector<SocketRecord>;

/// What a wildcard covers: a dual-stack [::] means every IPv4 address as well.
struct Coverage
{
    bool v4 = false;
    bool v6 = false;
};

Coverage coverageOf(const PortClaim &claim)
{
    const IpAddress address = unmapped(claim.address);
    if (address.family == IpFamily::V4) {
        return {.v4 = true, .v6 = false};
    }
    return {.v4 = isAny(address) && !claim.v6Only.value_or(false), .v6 = true};
}

Result<Sockets> orFromProcNet(Result<Sockets> sockets)
{
    if (sockets || !isRefusal(sockets.error())) {
        return sockets;
    }
    return ProcFs::open().and_then([](const ProcFs &proc) { return readProcNetListeners(proc); });
}

Result<Sockets> connectionsOf(SockDiag &diag, const PortClaim &claim)
{
    auto all = claim.protocol == Protocol::Tcp ? diag.tcpConnectionsOf(claim.port) : diag.udpConnectedOf(claim.port);
    return std::move(all).transform([&claim](const Sockets &sockets) { return holdersOf(claim, sockets); });
}

/// What remains of a port.
struct Remaining
{
    std::vector<Remains> remains;
    Sockets sockets; ///< With a descriptor.
};

Remaining remainingOf(SockDiag &diag, const PortClaim &claim)
{
    Remaining remaining;
    const auto connections = connectionsOf(diag, claim);
    if (!connections) {
        return remaining; // an explanation less, and not worth a failure
    }
    auto &remains = remaining.remains;
    for (const SocketRecord &socket : *connections) {
        const auto known = std::ranges::find(remains, socket.state, &Remains::state);
        if (known == remains.end()) {
            remains.push_back({.state = socket.state, .count = 1, .users = {}});
        } else {
            ++known->count;
        }
        if (socket.inode != 0) {
            remaining.sockets.push_back(socket);
        }
    }
    std::ranges::sort(remains, {}, &Remains::state);
    return remaining;
}

/// Adds @p pid to what remains in the states of those of @p sockets that it has.
void noteUser(PortProof &proof, const ProcFs &proc, pid_t pid, const std::vector<SocketFd> &fds)
{
    for (const SocketRecord &socket : proof.remainingSockets) {
        const auto remains = std::ranges::find(proof.remains, socket.state, &Remains::state);
        const bool isIts = std::ranges::contains(fds, socket.inode, &SocketFd::inode);
        if (!isIts || remains == proof.remains.end() || std::ranges::contains(remains->users, pid, &SocketUser::pid)) {
            continue;
        }
        if (auto stat = readProcStat(proc, pid)) {
            remains->users.push_back({.pid = pid, .name = std::move(stat->comm)});
        }
    }
}

PortBinding bindingOf(const PortClaim &claim)
{
    return {.protocol = claim.protocol,
            .address = claim.address,
            .port = claim.port,
            .v6Only = claim.v6Only.value_or(false),
            .interfaceIndex = claim.interfaceIndex};
}

/// As a server does that wants @p claim: where the kernel has no IPv6, [::] leaves IPv4.
Result<> tryToBindAsServer(const PortClaim &claim, bool isBesideOthers)
{
    PortBinding binding = bindingOf(claim);
    binding.isBesideOthers = isBesideOthers;
    const auto bound = tryToBind(binding);
    const Coverage covers = coverageOf(claim);
    if (bound || bound.error().sysErrno != EAFNOSUPPORT || !covers.v4 || !covers.v6) {
        return bound;
    }
    binding.address = {};
    return tryToBind(binding);
}

/// Whether no socket in any state has the address. Far cheaper than asking the kernel for its connections, which walks
/// all of its table.
bool isDeserted(const PortClaim &claim)
{
    return tryToBindAsServer(claim, false).has_value();
}

/// What binding tells when nobody was seen to listen.
PortProof proofByBinding(const PortClaim &claim)
{
    const auto bound = tryToBindAsServer(claim, true);
    if (bound) {
        return {.state = PortState::Free};
    }
    const Error &error = bound.error();
    const bool isAddressGone = error.sysErrno == EADDRNOTAVAIL || error.sysErrno == EAFNOSUPPORT;
    if (error.sysErrno == EADDRINUSE) {
        return {.state = PortState::Lingering};
    }
    if (error.code == ErrorCode::Denied || isAddressGone) {
        return {.state = PortState::FreeUntested};
    }
    return {.state = PortState::Unknown, .error = error};
}

PortProof proofAmong(const PortClaim &claim, const Result<Sockets> &listeners)
{
    if (!listeners) {
        return {.state = PortState::Unknown, .error = listeners.error()};
    }
    auto holders = holdersOf(claim, *listeners);
    PortProof proof =
        holders.empty() ? proofByBinding(claim) : PortProof{.state = PortState::Held, .holders = std::move(holders)};
    std::ranges::copy_if(*listeners, std::back_inserter(proof.beside), [&claim](const SocketRecord &socket) {
        return socket.protocol == claim.protocol && socket.localPort == claim.port && !collide(claim, claimOf(socket));
    });
    return proof;
}

} // namespace

PortClaim claimOf(const SocketRecord &socket)
{
    return {.protocol = socket.protocol,
            .address = socket.localAddress,
            .port = socket.localPort,
            .v6Only = socket.v6Only,
            .interfaceIndex = socket.interfaceIndex};
}

bool collide(const PortClaim &left, const PortClaim &right)
{
    if (left.protocol != right.protocol || left.port != right.port) {
        return false;
    }
    if (left.interfaceIndex != 0 && right.interfaceIndex != 0 && left.interfaceIndex != right.interfaceIndex) {
        return false;
    }
    const Coverage leftCovers = coverageOf(left);
    const Coverage rightCovers = coverageOf(right);
    if (!(leftCovers.v4 && rightCovers.v4) && !(leftCovers.v6 && rightCovers.v6)) {
        return false;
    }
    const IpAddress leftAddress = unmapped(left.address);
    const IpAddress rightAddress = unmapped(right.address);
    return isAny(leftAddress) || isAny(rightAddress) || leftAddress == rightAddress;
}

std::vector<SocketRecord> holdersOf(const PortClaim &claim, std::span<const SocketRecord> sockets)
{
    std::vector<SocketRecord> holders;
    std::ranges::copy_if(sockets, std::back_inserter(holders),
                         [&claim](const SocketRecord &socket) { return collide(claim, claimOf(socket)); });
    return holders;
}

Result<Sockets> boundSockets(SockDiag &diag)
{
    auto tcp = diag.tcpListeners();
    if (!tcp) {
        return orFromProcNet(std::move(tcp)); // which has those of UDP as well
    }
    auto udp = diag.udpBound();
    if (!udp && isRefusal(udp.error())) {
        udp = ProcFs::open().and_then([](const ProcFs &proc) { return readProcNetUdpBound(proc); });
    }
    return udp.transform([&tcp](const Sockets &bound) {
        tcp->insert(tcp->end(), bound.begin(), bound.end());
        return *std::move(tcp);
    });
}

Result<std::uint32_t> establishedOf(SockDiag &diag, const PortClaim &claim)
{
    if (claim.protocol == Protocol::Udp) {
        return 0; // a peer is no connection that could end
    }
    auto sockets = connectionsOf(diag, claim);
    if (!sockets && isRefusal(sockets.error())) {
        sockets = ProcFs::open()
                      .and_then([](const ProcFs &proc) { return readProcNetConnections(proc); })
                      .transform([&claim](const Sockets &all) { return holdersOf(claim, all); });
    }
    return sockets.transform([](const Sockets &connections) {
        return static_cast<std::uint32_t>(
            std::ranges::count(connections, SocketState::Established, &SocketRecord::state));
    });
}

PortProof provePort(SockDiag &diag, const PortClaim &claim)
{
    const auto listeners = [&] { return orFromProcNet(diag.listenersOn(claim.protocol, claim.port)); };
    PortProof proof = proofAmong(claim, listeners());
    if (proof.state == PortState::Free && isDeserted(claim)) {
        return proof;
    }
    if (proof.state == PortState::Lingering) {
        // Somebody may have begun to listen between the two looks.
        const auto again = listeners();
        if (auto holders = again ? holdersOf(claim, *again) : Sockets{}; !holders.empty()) {
            proof = {.state = PortState::Held, .holders = std::move(holders)};
        }
    }
    auto remaining = remainingOf(diag, claim);
    proof.remains = std::move(remaining.remains);
    proof.remainingSockets = std::move(remaining.sockets);
    return proof;
}

PortProof withUsers(const ProcFs &proc, PortProof proof)
{
    const auto pids = proof.remainingSockets.empty() ? Result<std::vector<pid_t>>() : listPids(proc);
    if (!pids) {
        return proof; // an explanation less
    }
    for (const pid_t pid : *pids) {
        if (const auto fds = readSocketFds(proc, pid)) {
            noteUser(proof, proc, pid, fds->sockets);
        }
    }
    return proof;
}

std::vector<PortProof> provePorts(SockDiag &diag, std::span<const PortClaim> claims)
{
    const auto listeners = boundSockets(diag);
    std::vector<PortProof> proofs;
    proofs.reserve(claims.size());
    for (const PortClaim &claim : claims) {
        PortProof proof = proofAmong(claim, listeners);
        proofs.push_back(isFree(proof.state) && isDeserted(claim) ? std::move(proof) : provePort(diag, claim));
    }
    return proofs;
}

} // namespace Quay
