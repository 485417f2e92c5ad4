// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/portoutcometext.h"

#include "app/shared/endingtext.h"
#include "app/shared/format.h"
#include "app/shared/listenertext.h"
#include "core/control/starter.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <iterator>
#include <ranges>
#include <set>

namespace Quay {

namespace {

struct PortOutcomeTexts
{
    Q_DECLARE_TR_FUNCTIONS(PortOutcomeText)
};

/// Of UDP only those can remain that are connected to a peer: one that is not holds the port.
QString countText(const Remains &remains, Protocol protocol)
{
    const auto count = static_cast<int>(remains.count);
    if (protocol == Protocol::Udp) {
        return PortOutcomeTexts::tr("%n connected UDP socket(s) that somebody else holds open", nullptr, count);
    }
    switch (remains.state) {
    case SocketState::Established:
        return PortOutcomeTexts::tr("%n connection(s) that somebody else holds open", nullptr, count);
    case SocketState::TimeWait:
        return PortOutcomeTexts::tr("%n closed connection(s) that the kernel keeps for a minute (TIME_WAIT)", nullptr,
                                    count);
    case SocketState::CloseWait:
        return PortOutcomeTexts::tr("%n connection(s) that the peer has closed and nobody here (CLOSE_WAIT)", nullptr,
                                    count);
    case SocketState::FinWait:
        return PortOutcomeTexts::tr("%n connection(s) that the peer has not closed yet (FIN_WAIT)", nullptr, count);
    case SocketState::Closed:
        return PortOutcomeTexts::tr("%n socket(s) that were bound and do not listen", nullptr, count);
    case SocketState::SynSent:
    case SocketState::SynReceived:
    case SocketState::Listening:
    case SocketState::Other:
        break;
    }
    return PortOutcomeTexts::tr("%n connection(s) that are being closed", nullptr, count);
}

QString remainsText(const Remains &remains, Protocol protocol)
{
    QString text = countText(remains, protocol);
    if (remains.users.empty()) {
        return text;
    }
    QStringList names;
    for (const auto &user : remains.users) {
        names << QString(shownText(user.name) + u' ' + QString::number(user.pid));
    }
    return PortOutcomeTexts::tr("%1, of %2", "connections, of node 4711").arg(text, names.join(QStringLiteral(", ")));
}

/// @p owner: whose parent is known.
QString startedAgainText(int number, const Owner &owner)
{
    const auto &unit = owner.profile->unit;
    const QString taker = processText(*owner.process);
    const QString starter = processText(*starterOf(owner)->process);
    switch (unit.kind) {
    case UnitKind::SystemService:
    case UnitKind::UserService:
        return PortOutcomeTexts::tr("Port %1 was free and came back: %2 took it, started by %3 for the unit %4.")
            .arg(number)
            .arg(taker, starter, shownText(unit.name));
    case UnitKind::Container:
        return PortOutcomeTexts::tr("Port %1 was free and came back: %2 took it, started by %3 in the container %4.")
            .arg(number)
            .arg(taker, starter, shownText(unit.name));
    case UnitKind::None:
    case UnitKind::Scope:
        break;
    }
    return PortOutcomeTexts::tr("Port %1 was free and came back: %2 took it, started by %3.")
        .arg(number)
        .arg(taker, starter);
}

QString cameBackText(const PortOutcome &port, const std::vector<ListenerPtr> &holders)
{
    const int number = port.listener->socket.localPort;
    for (const auto &listener : holders) {
        for (const auto &owner : listener->owners) {
            if (starterOf(owner) != nullptr) {
                return startedAgainText(number, owner);
            }
        }
    }
    return PortOutcomeTexts::tr("Port %1 was free and came back: %2 took it.").arg(number).arg(heldByText(holders));
}

/// Those who have bound the port and do not listen: unlike a connection of TCP, that lasts as long as they do.
QString boundersText(const PortOutcome &port)
{
    const bool isUdp = port.listener->socket.protocol == Protocol::Udp;
    QStringList pids;
    for (const auto &remains : port.proof.remains) {
        for (const auto &user : remains.users) {
            if (isUdp || remains.state == SocketState::Closed) {
                pids << QString::number(user.pid);
            }
        }
    }
    pids.removeDuplicates();
    return pids.join(u' ');
}

QString lingeringText(const PortOutcome &port)
{
    const int number = port.listener->socket.localPort;
    const QString remains = remainsText(port.proof, port.listener->socket.protocol);
    if (remains.isEmpty()) {
        return PortOutcomeTexts::tr("Nobody listens on port %1, but it cannot be bound yet.").arg(number);
    }
    const QString text =
        PortOutcomeTexts::tr("Nobody listens on port %1, but it cannot be bound yet: %2.").arg(number).arg(remains);
    const QString holders = boundersText(port);
    return holders.isEmpty()
        ? text
        : PortOutcomeTexts::tr("%1 It does not go away by itself: 'quay stop %2' ends who has it.", "a sentence, pids")
              .arg(text, holders);
}

/// Whoever listens on the port at another address is not in the way, and is not to be kept quiet about.
QString nowFreeText(const PortOutcome &port)
{
    const auto &socket = port.listener->socket;
    QStringList others;
    for (const auto &other : port.proof.beside) {
        others << QString::fromStdString(toString(other.localAddress));
    }
    others.removeDuplicates();
    return others.isEmpty()
        ? PortOutcomeTexts::tr("Port %1 is free.").arg(socket.localPort)
        : PortOutcomeTexts::tr("Port %1 is free at %2; somebody else listens at %3.", "port, addresses")
              .arg(socket.localPort)
              .arg(addressText(*port.listener), others.join(QStringLiteral(", ")));
}

/// What remains is in the way of those only who bind a port in the plainest of all ways.
QString freeText(const PortOutcome &port)
{
    const QString free = nowFreeText(port);
    const QString remains = remainsText(port.proof, port.listener->socket.protocol);
    return remains.isEmpty()
        ? free
        : PortOutcomeTexts::tr("%1 A program without SO_REUSEADDR has to wait for what remains: %2.",
                               "a sentence, connections")
              .arg(free, remains);
}

/// Whether there is nothing to be said of it but that.
bool isPlainlyFree(const PortOutcome &port)
{
    return isFree(port) && port.proof.state == PortState::Free && port.proof.beside.empty()
        && port.proof.remains.empty();
}

/// Ports in a row are said in one sentence from so many on.
constexpr std::ptrdiff_t FewestInARow = 3;

bool isNextPort(int port, int next)
{
    return next == port + 1;
}

QString freeRunText(int first, int last)
{
    return PortOutcomeTexts::tr("Ports %1 to %2 are free.").arg(first).arg(last);
}

std::vector<PortOutcomeLine> freeLines(const std::set<int> &ports)
{
    std::vector<PortOutcomeLine> lines;
    for (const auto run : ports | std::views::chunk_by(isNextPort)) {
        if (std::ranges::distance(run) >= FewestInARow) {
            lines.push_back({.text = freeRunText(*run.begin(), *std::prev(run.end()))});
            continue;
        }
        for (const int port : run) {
            const QString text = PortOutcomeTexts::tr("Port %1 is free.").arg(port);
            lines.push_back({.text = text});
        }
    }
    return lines;
}

} // namespace

QString heldByText(const std::vector<ListenerPtr> &holders)
{
    QStringList names;
    for (const auto &listener : holders) {
        for (const auto &owner : listener->owners) {
            names << processText(*owner.process);
        }
    }
    names.removeDuplicates();
    return names.isEmpty() ? PortOutcomeTexts::tr("a process that is hidden from you")
                           : names.join(QStringLiteral(", "));
}

std::vector<ListenerPtr> holdersOf(const PortOutcome &port, const PortSnapshot &now)
{
    const auto isHolder = [&port](const ListenerPtr &listener) {
        return std::ranges::contains(port.proof.holders, listener->socket.inode, &SocketRecord::inode);
    };
    std::vector<ListenerPtr> holders;
    std::ranges::copy_if(now.listeners, std::back_inserter(holders), isHolder);
    return holders;
}

QString remainsText(const PortProof &proof, Protocol protocol)
{
    QStringList parts;
    for (const auto &remains : proof.remains) {
        parts << remainsText(remains, protocol);
    }
    return parts.join(QStringLiteral(", "));
}

QString portOutcomeText(const PortOutcome &port, const std::vector<ListenerPtr> &holders)
{
    const int number = port.listener->socket.localPort;
    if (port.cameBack) {
        return cameBackText(port, holders);
    }
    switch (port.proof.state) {
    case PortState::Free:
        return freeText(port);
    case PortState::FreeUntested:
        return port.wasHeld ? PortOutcomeTexts::tr("Nobody listens on port %1 any more.").arg(number)
                            : PortOutcomeTexts::tr("Nobody listens on port %1.").arg(number);
    case PortState::Held:
        return PortOutcomeTexts::tr("Port %1 is held by %2.").arg(number).arg(heldByText(holders));
    case PortState::Lingering:
        return lingeringText(port);
    case PortState::Unknown:
        break;
    }
    return port.proof.error ? PortOutcomeTexts::tr("Whether port %1 is free could not be found out: %2")
                                  .arg(number)
                                  .arg(errorText(*port.proof.error))
                            : PortOutcomeTexts::tr("Whether port %1 is free could not be found out.").arg(number);
}

std::vector<PortOutcomeLine>
portOutcomeLines(const std::vector<PortOutcome> &ports,
                 const std::function<std::vector<ListenerPtr>(const PortOutcome &)> &holdersOf)
{
    std::set<int> taken; // by TCP or UDP, the other of which may be free
    for (const auto &port : ports) {
        if (!isFree(port)) {
            taken.insert(port.listener->socket.localPort);
        }
    }
    std::set<QString> said;
    std::set<int> plain;
    std::vector<PortOutcomeLine> others;
    for (const auto &port : ports) {
        const int number = port.listener->socket.localPort;
        const bool isGood = isFree(port);
        if (isGood && taken.contains(number)) {
            continue;
        }
        if (isPlainlyFree(port)) {
            plain.insert(number);
            continue;
        }
        const QString text = portOutcomeText(port, isGood ? std::vector<ListenerPtr>() : holdersOf(port));
        if (said.insert(text).second) {
            others.push_back({.text = text, .isGood = isGood});
        }
    }
    auto lines = freeLines(plain);
    std::ranges::move(others, std::back_inserter(lines));
    return lines;
}

} // namespace Quay
