// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/killscope.h"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

using Index = ProcessTree::Index;

class Collector
{
public:
    Collector(const ProcessTree &tree, LeaveOutRules &rules)
        : m_tree(tree)
        , m_rules(rules)
        , m_members{.roles = std::vector<std::optional<TargetRole>>(tree.size()), .leftOut = {}}
        , m_isLeftOut(tree.size())
        , m_hasTree(tree.size())
        , m_starters(tree.size())
    {
    }

    [[nodiscard]] ScopeMembers take() && { return std::move(m_members); }

    void addAsked(std::span<const Index> asked)
    {
        for (const auto index : asked) {
            m_members.roles[index] = TargetRole::Asked;
        }
    }

    /// Everything below @p root that may go. A process that is there in another role keeps it.
    void addTree(Index root, TargetRole role)
    {
        if (std::exchange(m_hasTree[root], true)) {
            return;
        }
        std::vector<Index> open{root};
        while (!open.empty()) {
            const auto index = open.back();
            open.pop_back();
            for (const auto child : m_tree.childrenOf(index)) {
                if (!m_members.isTarget(child) && add(child, role)) {
                    open.push_back(child);
                }
            }
        }
    }

    void addSessionOf(Index asked)
    {
        const auto starter = starterOf(asked);
        if (!m_members.isTarget(starter)) {
            m_members.roles[starter] = TargetRole::Starter;
        }
        addTree(starter, TargetRole::Starter);
        const auto session = m_tree.info(starter).session;
        if (session > 0) { // 0: its leader is in another pid namespace
            m_sessions.insert(session);
        }
    }

    /// Those of the sessions met so far whose parents have ended.
    void addOrphans()
    {
        for (Index index = 0; index < m_tree.size(); ++index) {
            const bool isNew = !m_members.isTarget(index) && isOrphan(index) && isLedByTarget(m_tree.info(index));
            if (isNew && add(index, TargetRole::Starter)) {
                addTree(index, TargetRole::Starter);
            }
        }
    }

private:
    /// Whether it is a target now.
    bool add(Index index, TargetRole role)
    {
        if (isDead(m_tree.info(index))) {
            return false;
        }
        if (const auto reason = m_rules.reason(index)) {
            leaveOut(index, *reason);
            return false;
        }
        m_members.roles[index] = role;
        return true;
    }

    void leaveOut(Index index, LeaveOutReason reason)
    {
        if (!std::exchange(m_isLeftOut[index], true)) {
            m_members.leftOut.push_back({.process = m_tree.process(index), .reason = reason});
        }
    }

    /// The topmost process that may go. Each step of the way up is taken once, however many begin below it.
    [[nodiscard]] Index starterOf(Index asked)
    {
        std::vector<Index> way;
        auto top = asked;
        while (!m_starters[top]) {
            way.push_back(top);
            m_starters[top] = top; // until it is known better; ends circles too
            const auto parent = m_tree.parentOf(top);
            if (!parent || staysAbove(*parent, top)) {
                break;
            }
            top = *parent;
        }
        const auto starter = *m_starters[top];
        for (const auto index : way) {
            m_starters[index] = starter;
        }
        return starter;
    }

    [[nodiscard]] bool staysAbove(Index parent, Index child)
    {
        auto reason = m_rules.reason(parent);
        if (!reason && isInTerminalOf(m_tree.info(child), m_tree.info(parent))) {
            reason = LeaveOutReason::Terminal;
        }
        if (reason && !m_members.isTarget(parent)) {
            leaveOut(parent, *reason);
        }
        return reason.has_value();
    }

    [[nodiscard]] bool isOrphan(Index index) const
    {
        const auto &process = m_tree.info(index);
        if (!m_sessions.contains(process.session) || process.session == process.id.pid) {
            return false;
        }
        const auto parent = m_tree.parentOf(index);
        return !parent || m_tree.info(*parent).session != process.session; // no child is born into another session
    }

    [[nodiscard]] bool isLedByTarget(const ProcessInfo &process) const
    {
        const auto isTarget = [this](pid_t pid) {
            const auto leader = m_tree.find(pid);
            return leader && m_members.isTarget(*leader);
        };
        return isTarget(process.session) || isTarget(process.processGroup);
    }

    const ProcessTree &m_tree;
    LeaveOutRules &m_rules;
    ScopeMembers m_members;
    std::vector<char> m_isLeftOut; ///< Of flags; char, for std::exchange().
    std::vector<char> m_hasTree; ///< All below it was added.
    std::vector<std::optional<Index>> m_starters;
    std::set<pid_t> m_sessions; ///< Kernel sessions of the starters.
};

} // namespace

bool isInTerminalOf(const ProcessInfo &child, const ProcessInfo &parent)
{
    return child.terminal && child.terminal != parent.terminal;
}

bool isDead(const ProcessInfo &process)
{
    const bool hasLeaderEnded = process.state == 'Z' || process.state == 'X';
    return hasLeaderEnded && process.threadCount <= 1; // else only its first thread has
}

ScopeMembers membersOf(KillScope scope, std::span<const Index> asked, const ProcessTree &tree, LeaveOutRules &rules)
{
    Collector collector(tree, rules);
    collector.addAsked(asked);
    if (scope != KillScope::Process) {
        for (const auto index : asked) {
            collector.addTree(index, TargetRole::Below);
        }
    }
    if (scope == KillScope::Session) {
        for (const auto index : asked) {
            collector.addSessionOf(index);
        }
        collector.addOrphans();
    }
    return std::move(collector).take();
}

} // namespace Quay
