// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/servergraph.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <ranges>
#include <utility>

namespace Quay {

namespace {

/// Walks along the needs, depth first and without recursion: a file may have many thousands.
class CycleSearch
{
public:
    explicit CycleSearch(const std::vector<ServerSpec> &servers)
        : m_servers(servers)
        , m_states(servers.size(), State::New)
    {
        for (std::size_t i = 0; i < servers.size(); ++i) {
            m_indices.emplace(servers[i].name, i);
        }
    }

    [[nodiscard]] std::vector<std::vector<std::string>> run()
    {
        for (std::size_t i = 0; i < m_servers.size(); ++i) {
            if (m_states[i] == State::New) {
                walkFrom(i);
            }
        }
        return std::move(m_cycles);
    }

private:
    enum class State : std::uint8_t
    {
        New,
        OnPath,
        Done,
    };
    struct Step
    {
        std::size_t server;
        std::size_t nextNeed = 0;
    };

    void walkFrom(std::size_t first)
    {
        enter(first);
        while (!m_path.empty()) {
            Step &step = m_path.back();
            const auto &needs = m_servers[step.server].needs;
            if (step.nextNeed == needs.size()) {
                m_states[step.server] = State::Done;
                m_path.pop_back();
                continue;
            }
            const auto needed = m_indices.find(needs[step.nextNeed++].server);
            if (needed == m_indices.end()) {
                continue;
            }
            if (m_states[needed->second] == State::OnPath) {
                keepCycle(needed->second);
            } else if (m_states[needed->second] == State::New) {
                enter(needed->second);
            }
        }
    }

    void enter(std::size_t server)
    {
        m_states[server] = State::OnPath;
        m_path.push_back({.server = server});
    }

    void keepCycle(std::size_t server)
    {
        const auto begin = std::ranges::find(m_path, server, &Step::server);
        auto members = std::ranges::subrange(begin, m_path.end()) | std::views::transform(&Step::server)
            | std::ranges::to<std::vector>();
        std::ranges::rotate(members, std::ranges::min_element(members));
        const auto nameOf = [this](std::size_t member) { return m_servers[member].name; };
        auto names = members | std::views::transform(nameOf) | std::ranges::to<std::vector>();
        if (!std::ranges::contains(m_cycles, names)) {
            m_cycles.push_back(std::move(names));
        }
    }

    const std::vector<ServerSpec> &m_servers;
    std::map<std::string, std::size_t> m_indices;
    std::vector<State> m_states;
    std::vector<Step> m_path;
    std::vector<std::vector<std::string>> m_cycles;
};

} // namespace

std::vector<std::vector<std::string>> findCycles(const std::vector<ServerSpec> &servers)
{
    return CycleSearch(servers).run();
}

} // namespace Quay
