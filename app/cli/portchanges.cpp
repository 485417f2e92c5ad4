// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/portchanges.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace Quay {

namespace {

std::unordered_map<ListenerKey, ListenerPtr> byKey(const std::vector<ListenerPtr> &listeners)
{
    std::unordered_map<ListenerKey, ListenerPtr> map;
    for (const auto &listener : listeners) {
        map.emplace(listener->key(), listener);
    }
    return map;
}

bool haveSameOwners(const Listener &one, const Listener &other)
{
    // A process may execute another program and stay the same one.
    return std::ranges::equal(one.owners, other.owners, [](const Owner &left, const Owner &right) {
        return left.process->id == right.process->id && left.process->name == right.process->name
            && left.process->arguments == right.process->arguments;
    });
}

bool haveSameWarnings(const Listener &one, const Listener &other)
{
    // The kinds only: a fact such as the number of waiting connections changes every second.
    return std::ranges::equal(one.warnings, other.warnings, {}, &Warning::kind, &Warning::kind);
}

std::vector<ListenerAspect> changedAspects(const Listener &before, const Listener &after)
{
    std::vector<ListenerAspect> changed;
    const auto addUnless = [&changed](bool isSame, ListenerAspect aspect) {
        if (!isSame) {
            changed.push_back(aspect);
        }
    };
    addUnless(haveSameOwners(before, after), ListenerAspect::Owners);
    addUnless(before.knowledge == after.knowledge, ListenerAspect::Knowledge);
    addUnless(before.unit == after.unit, ListenerAspect::Unit);
    addUnless(haveSameWarnings(before, after), ListenerAspect::Warnings);
    return changed;
}

} // namespace

std::vector<PortChange> portChanges(const std::vector<ListenerPtr> &before, const std::vector<ListenerPtr> &after)
{
    std::vector<PortChange> changes;
    const auto old = byKey(before);
    const auto current = byKey(after);
    for (const auto &listener : before) {
        if (!current.contains(listener->key())) {
            changes.push_back({.kind = PortChange::Kind::Vanished, .listener = listener});
        }
    }
    for (const auto &listener : after) {
        const auto known = old.find(listener->key());
        if (known == old.end()) {
            changes.push_back({.kind = PortChange::Kind::Appeared, .listener = listener});
            continue;
        }
        if (known->second == listener) { // what did not change is the same object
            continue;
        }
        if (auto aspects = changedAspects(*known->second, *listener); !aspects.empty()) {
            changes.push_back({.kind = PortChange::Kind::Changed, .listener = listener, .aspects = std::move(aspects)});
        }
    }
    return changes;
}

} // namespace Quay
