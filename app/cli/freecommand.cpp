// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/freecommand.h"

#include "app/cli/askedports.h"
#include "app/cli/endingrunner.h"
#include "app/cli/machine.h"
#include "app/cli/ownernaming.h"
#include "app/cli/prompter.h"
#include "app/cli/refusal.h"
#include "app/cli/watchticker.h"
#include "app/cli/wayout.h"
#include "app/shared/listenertext.h"
#include "app/shared/privilegedtext.h"
#include "app/shared/usernames.h"
#include "core/control/portproof.h"
#include "core/control/revivers.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include <CLI/App.hpp>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto LookAgainAfter = 20ms;
constexpr int LooksAtEnding = 15;
constexpr std::size_t MostPorts = 1000; // each is proven to be free, and nobody means more
constexpr LookOptions EverythingSeen{
    .connections = true, .processes = true, .allOwners = true, .onlyPort = std::nullopt};

struct FreeTexts
{
    Q_DECLARE_TR_FUNCTIONS(FreeCommand)
};

std::set<std::uint16_t> portsIn(const std::vector<PortRange> &ranges)
{
    std::set<std::uint16_t> ports;
    for (const auto &range : ranges) {
        for (int port = range.first; port <= range.last; ++port) {
            ports.insert(static_cast<std::uint16_t>(port));
        }
    }
    return ports;
}

/// Everybody who holds one of the ports.
std::vector<ProcessId> holdersOf(const std::vector<ListenerPtr> &listeners)
{
    std::vector<ProcessId> processes;
    for (const auto &listener : listeners) {
        for (const auto &owner : listener->owners) {
            if (!std::ranges::contains(processes, owner.process->id)) {
                processes.push_back(owner.process->id);
            }
        }
    }
    return processes;
}

std::vector<ListenerPtr> heldIn(const PortSnapshot &seen, const std::set<std::uint16_t> &ports)
{
    std::vector<ListenerPtr> held;
    std::ranges::copy_if(seen.listeners, std::back_inserter(held),
                         [&](const ListenerPtr &listener) { return ports.contains(listener->socket.localPort); });
    return held;
}

/// With everybody who holds one of them. Nobody's descriptors are read when nobody does.
Result<PortSnapshotPtr> lookFor(CommandContext &context, const std::set<std::uint16_t> &ports)
{
    auto sockets = context.machine.look(
        {.owners = false, .onlyPort = ports.size() == 1 ? std::optional(*ports.begin()) : std::nullopt});
    if (!sockets || heldIn(**sockets, ports).empty()) {
        return sockets;
    }
    return context.machine.look(EverythingSeen);
}

/// Whether nobody was seen to hold it: hidden, or guessed from its unit.
bool isUnseen(const ListenerPtr &listener)
{
    const bool isHidden = listener->owners.empty() && listener->knowledge == OwnerKnowledge::Hidden;
    return (isHidden || listener->knowledge == OwnerKnowledge::InferredFromUnit) && listener->socket.inode != 0;
}

/// Who ends at this instant lets nobody look into him, and his port is free a moment later: that is waited for.
PortSnapshotPtr lookUntilSettled(CommandContext &context, PortSnapshotPtr seen, const std::set<std::uint16_t> &ports)
{
    const auto mayBeEnding = [&context](const ListenerPtr &listener) {
        return listener->owners.empty() && listener->socket.inode != 0 && mayLookInto(context.uid, listener->socket.uid)
            && !serviceOf(listener);
    };
    for (auto looks = LooksAtEnding; looks > 0 && std::ranges::any_of(heldIn(*seen, ports), mayBeEnding)
         && context.ticker.wait(LookAgainAfter) == WatchTicker::Wake::Tick;
         --looks) {
        const auto again = lookFor(context, ports);
        if (!again) {
            break; // what was seen before is all there is
        }
        seen = *again;
    }
    return seen;
}

/// Whether somebody has to be named before a port can be freed: what runs in a service that is to be stopped has not.
bool needsNaming(const std::vector<ListenerPtr> &held, bool stopsServices)
{
    return std::ranges::any_of(held, [stopsServices](const ListenerPtr &listener) {
        return isUnseen(listener) && !(stopsServices && serviceOf(listener));
    });
}

/// Has the helper name the hidden owners of @p held, and looks again. Null: that was not possible, which has been said.
PortSnapshotPtr lookWithHelper(CommandContext &context, std::vector<ListenerPtr> held)
{
    std::erase_if(held, std::not_fn(isUnseen));
    const auto looked = nameHiddenOwners(context, held).and_then([&context](const std::vector<ToldHolder> &holders) {
        context.machine.tell(holders);
        return context.machine.look(EverythingSeen);
    });
    if (!looked) {
        complain(context, privilegedErrorText(looked.error()));
        return nullptr;
    }
    return *looked;
}

/// A socket whose owners are hidden or missing: it cannot be freed by us, unless its service may be stopped.
ListenerPtr firstUnreachable(const std::vector<ListenerPtr> &listeners, bool mayStopServices)
{
    const auto found = std::ranges::find_if(listeners, [mayStopServices](const ListenerPtr &listener) {
        return listener->owners.empty() && !(mayStopServices && serviceOf(listener));
    });
    return found != listeners.end() ? *found : nullptr;
}

/// The services that hold sockets whose owners are hidden.
std::vector<Reviver> servicesOf(const std::vector<ListenerPtr> &listeners)
{
    std::vector<Reviver> services;
    for (const auto &listener : listeners) {
        if (auto service = listener->owners.empty() ? serviceOf(listener) : std::nullopt) {
            services.push_back(*std::move(service));
        }
    }
    return services;
}

void refuse(CommandContext &context, const ListenerPtr &hidden)
{
    complain(context,
             FreeTexts::tr("Port %1 cannot be freed: %2.", "port, why")
                 .arg(hidden->socket.localPort)
                 .arg(ownerKnowledgeText(*hidden, context.users)));
    if (serviceOf(hidden)) {
        sayManagerCanBeStopped(context);
    }
}

PortOutcome outcomeOfUnheld(CommandContext &context, Protocol protocol, std::uint16_t port)
{
    Listener nobody;
    nobody.socket.protocol = protocol;
    nobody.socket.localAddress.family = IpFamily::V6; // with IPv4, as most servers are bound
    nobody.socket.localPort = port;
    auto proof = context.machine.prove(claimOf(nobody.socket));
    return {.listener = std::make_shared<const Listener>(nobody), .proof = std::move(proof), .wasHeld = false};
}

/// How the ports stand that nobody listens on. Something else may be in the way: connections, or a socket that was
/// bound and does not listen.
std::vector<PortOutcome> outcomesOfUnheld(CommandContext &context, const std::set<std::uint16_t> &ports,
                                          const std::vector<ListenerPtr> &held)
{
    std::vector<PortOutcome> outcomes;
    for (const auto port : ports) {
        const auto isPort = [port](const ListenerPtr &listener) { return listener->socket.localPort == port; };
        if (std::ranges::any_of(held, isPort)) {
            continue;
        }
        outcomes.push_back(outcomeOfUnheld(context, Protocol::Tcp, port));
        if (auto udp = outcomeOfUnheld(context, Protocol::Udp, port); !isFree(udp)) {
            outcomes.push_back(std::move(udp));
        }
    }
    return outcomes;
}

} // namespace

QString FreeCommand::description() const
{
    return FreeTexts::tr("End whoever holds a port, and prove that it is free");
}

QString FreeCommand::arguments() const
{
    return QStringLiteral("PORT|RANGE...");
}

void FreeCommand::setup(CLI::App &parser)
{
    parser
        .add_option("PORT", m_words,
                    FreeTexts::tr("The ports, TCP and UDP, and ranges such as 3000-3010").toStdString())
        ->option_text(" ")
        ->required();
    m_flags.setup(parser);
}

ExitCode FreeCommand::execute(CommandContext &context)
{
    const auto ports = askedPorts(context, m_words).transform(portsIn);
    if (ports && ports->size() > MostPorts) {
        complain(context,
                 FreeTexts::tr("No more than %1 ports can be freed at once, and these are %2.")
                     .arg(MostPorts)
                     .arg(ports->size()));
        return ExitCode::Usage;
    }
    const auto wish = ports ? m_flags.read(context) : fail(ErrorCode::Invalid, {});
    if (!wish) {
        return ExitCode::Usage;
    }
    const auto looked = lookFor(context, *ports);
    if (!looked) {
        return complainAbout(context, looked.error());
    }
    auto seen = lookUntilSettled(context, *looked, *ports);
    auto held = heldIn(*seen, *ports);
    const auto refuseUnseen = [&] {
        refuseEnding(context, *wish, {.processes = {}, .holders = {}, .services = {}, .seen = seen},
                     {.scope = wish->scope, .isForced = wish->isForced, .listeners = held}, AuditRefusal::OwnerHidden);
        return ExitCode::NotPermitted;
    };
    if (wish->asksPassword && context.uid != 0 && needsNaming(held, wish->stopsManager)) {
        if (auto named = lookWithHelper(context, held)) {
            seen = std::move(named);
            held = heldIn(*seen, *ports);
        } else if (context.ticker.wait(0ms) != WatchTicker::Wake::Tick) { // which is no way to say go on
            complain(context, FreeTexts::tr("Nothing was done."));
            return refuseUnseen();
        }
    }
    const bool mayStopServices = wish->stopsManager || (context.prompter.isInteractive() && !wish->isAgreed);
    if (const auto hidden = firstUnreachable(held, mayStopServices)) {
        refuse(context, hidden);
        return refuseUnseen();
    }
    return EndingRunner(context, *wish)
        .run({.processes = {}, .holders = holdersOf(held), .asked = held, .services = servicesOf(held), .seen = seen},
             outcomesOfUnheld(context, *ports, held));
}

} // namespace Quay
