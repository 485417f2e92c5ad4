// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portfilter.h"

#include "app/models/portcells.h"
#include "app/models/portcolumns.h"
#include "app/models/portmodelroles.h"
#include "app/models/searchterm.h"
#include "app/shared/listenerfacts.h"
#include "app/shared/listenertext.h"
#include "app/shared/usernames.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/proccmdline.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"
#include "core/processes/unit.h"

#include <QString>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <sys/types.h>

namespace Quay {

namespace {

/// Whether the decimal digits of @p number begin with those that were typed.
bool beginsWith(long long number, std::string_view digits)
{
    std::array<char, 24> buffer{};
    const auto [end, failure] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return std::string_view(buffer.data(), end).starts_with(digits);
}

bool matchesNumber(const SearchTerm &term, const Listener &listener)
{
    return beginsWith(listener.socket.localPort, term.folded)
        || std::ranges::any_of(listener.owners,
                               [&term](const Owner &owner) { return beginsWith(owner.process->id.pid, term.folded); });
}

bool matchesPort(const SearchTerm &term, std::uint16_t port)
{
    return term.isBegun ? beginsWith(port, term.folded) : term.first <= port && port <= term.last;
}

bool matchesPid(const SearchTerm &term, const Listener &listener)
{
    return std::ranges::any_of(listener.owners,
                               [&term](const Owner &owner) { return owner.process->id.pid == term.first; });
}

bool matchesCommand(const SearchTerm &term, const ProcessInfo &process)
{
    // A phrase may run over several arguments; everything else is found without putting them together.
    return term.text.contains(u' ')
        ? term.isIn(std::string_view(joinArguments(process.arguments)))
        : std::ranges::any_of(process.arguments, [&term](std::string_view argument) { return term.isIn(argument); });
}

bool matchesProject(const SearchTerm &term, const Owner &owner)
{
    const ProjectPtr &project = owner.profile->project;
    return project != nullptr
        && (term.isIn(std::string_view(project->name)) || term.isIn(std::string_view(project->root))
            || (project->branch && term.isIn(std::string_view(*project->branch)))
            || (project->worktree && term.isIn(std::string_view(*project->worktree)))
            || (project->commit && term.isIn(std::string_view(*project->commit))));
}

bool matchesKind(const SearchTerm &term, const Owner &owner)
{
    const auto &kind = owner.profile->kind;
    return kind && (term.isIn(std::string_view(kind->name)) || term.isIn(std::string_view(kind->id)));
}

bool matchesUnit(const SearchTerm &term, const UnitInfo &unit)
{
    return term.isIn(std::string_view(unit.name)) || term.isIn(std::string_view(unit.containerRuntime))
        || term.isIn(std::string_view(unit.containerId));
}

bool matchesAddress(const SearchTerm &term, const Listener &listener)
{
    return term.isIn(std::string_view(endpointText(listener.socket.localAddress, listener.socket.localPort)))
        || term.isIn(std::string_view(listener.interfaceName));
}

bool matchesDirectories(const SearchTerm &term, const OwnerProfile &profile)
{
    return (profile.workingDirectory && term.isIn(std::string_view(profile.workingDirectory->path)))
        || (profile.executable && term.isIn(std::string_view(profile.executable->path)));
}

bool matchesOwner(const SearchTerm &term, const Owner &owner)
{
    return term.isIn(std::string_view(owner.process->name)) || matchesCommand(term, *owner.process)
        || matchesProject(term, owner) || matchesKind(term, owner) || matchesUnit(term, owner.profile->unit)
        || matchesDirectories(term, *owner.profile);
}

bool matchesWarning(const SearchTerm &term, const Warning &warning)
{
    return term.isIn(warningTitle(warning.kind));
}

} // namespace

PortMatcher::PortMatcher(const PortFilter &filter, UserNames &users, const PortCells &cells)
    : m_filter(filter)
    , m_users(users)
    , m_cells(cells)
    , m_terms(parseSearch(filter.text))
{
}

bool PortMatcher::matches(const Listener &listener) const
{
    return passesSwitches(listener)
        && std::ranges::all_of(m_terms, [this, &listener](const SearchTerm &term) { return matches(term, listener); });
}

bool PortMatcher::passesSwitches(const Listener &listener) const
{
    const bool isTcp = listener.socket.protocol == Protocol::Tcp;
    if ((isTcp && !m_filter.tcp) || (!isTcp && !m_filter.udp)) {
        return false;
    }
    const bool isLocal = listener.reach() == Reach::ThisMachine;
    if ((isLocal && m_filter.onlyNetwork) || (!isLocal && m_filter.onlyThisMachine)) {
        return false;
    }
    if (m_filter.hideSystemServices && listener.unit.kind == UnitKind::SystemService) {
        return false;
    }
    const auto isMine = [this](const Owner &owner) { return owner.process->uid == m_filter.myUid; };
    return !m_filter.onlyMine || listener.socket.uid == m_filter.myUid || std::ranges::any_of(listener.owners, isMine);
}

bool PortMatcher::matches(const SearchTerm &term, const Listener &listener) const
{
    switch (term.field) {
    case SearchTerm::Field::Anything:
        return matchesAnything(term, listener);
    case SearchTerm::Field::Port:
        return matchesPort(term, listener.socket.localPort);
    case SearchTerm::Field::Pid:
        return matchesPid(term, listener);
    case SearchTerm::Field::User:
        return matchesUser(term, listener);
    case SearchTerm::Field::Unit:
        return matchesUnit(term, listener.unit);
    case SearchTerm::Field::Project:
        return std::ranges::any_of(listener.owners, [&](const Owner &owner) { return matchesProject(term, owner); });
    case SearchTerm::Field::Kind:
        return std::ranges::any_of(listener.owners, [&](const Owner &owner) { return matchesKind(term, owner); });
    case SearchTerm::Field::Address:
        return matchesAddress(term, listener);
    }
    return false;
}

bool PortMatcher::matchesAnything(const SearchTerm &term, const Listener &listener) const
{
    return (term.isNumber && matchesNumber(term, listener))
        || std::ranges::any_of(listener.owners, [&](const Owner &owner) { return matchesOwner(term, owner); })
        || matchesUnit(term, listener.unit) || matchesAddress(term, listener)
        || term.isIn(protocolText(listener.socket.protocol)) || term.isIn(reachText(listener.reach()))
        || term.isIn(unitText(listener.unit)) || term.isIn(m_users.name(listener.socket.uid))
        || term.isIn(m_users.name(uidOf(listener)))
        || (listener.owners.empty()
            && (term.isIn(ownerKnowledgeText(listener, m_users))
                || term.isIn(m_cells.text(listener, PortModelColumn::Process))))
        || std::ranges::any_of(listener.warnings, [&](const Warning &warning) { return matchesWarning(term, warning); })
        || matchesNumbersShown(term, listener);
}

bool PortMatcher::matchesNumbersShown(const SearchTerm &term, const Listener &listener) const
{
    using namespace PortModelColumn;
    return std::ranges::any_of(std::array{Connections, Since, Cpu, Memory}, [&](Column column) {
        return (m_filter.shownColumns & maskOf(column)) != 0 && term.isIn(m_cells.text(listener, column));
    });
}

bool PortMatcher::readsAges() const
{
    return (m_filter.shownColumns & maskOf(PortModelColumn::Since)) != 0
        && std::ranges::contains(m_terms, SearchTerm::Field::Anything, &SearchTerm::field);
}

bool PortMatcher::matchesUser(const SearchTerm &term, const Listener &listener) const
{
    const auto matchesUid = [this, &term](uid_t uid) {
        return term.isNumber ? term.first == static_cast<long long>(uid)
                             : m_users.name(uid).startsWith(term.text, Qt::CaseInsensitive);
    };
    return matchesUid(listener.socket.uid)
        || std::ranges::any_of(listener.owners, [&](const Owner &owner) { return matchesUid(owner.process->uid); });
}

} // namespace Quay
