// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/servergraph.h"

#include <QObject>
#include <QTest>

#include <string>
#include <utility>
#include <vector>

using Quay::ServerSpec;

namespace {

ServerSpec server(std::string name, std::vector<std::string> needed)
{
    ServerSpec spec{.name = std::move(name)};
    for (auto &other : needed) {
        spec.needs.push_back({.server = std::move(other)});
    }
    return spec;
}

using Cycles = std::vector<std::vector<std::string>>;

} // namespace

class tst_ServerGraph : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void treesHaveNoCycles();
    void aCycleIsNamedInFull();
    void whoNeedsItselfIsACycle();
    void everyCycleIsToldOnce();
    void aLongChainIsNoTrouble();
};

void tst_ServerGraph::treesHaveNoCycles()
{
    const auto cycles = Quay::findCycles(
        {server("web", {"api", "db"}), server("api", {"db", "cache"}), server("db", {}), server("cache", {"nobody"})});

    QVERIFY(cycles.empty());
}

void tst_ServerGraph::aCycleIsNamedInFull()
{
    const auto cycles = Quay::findCycles({server("web", {"api"}), server("api", {"db"}), server("db", {"api"})});

    QVERIFY((cycles == Cycles{{"api", "db"}}));
}

void tst_ServerGraph::whoNeedsItselfIsACycle()
{
    const auto cycles = Quay::findCycles({server("api", {"api"})});

    QVERIFY((cycles == Cycles{{"api"}}));
}

void tst_ServerGraph::everyCycleIsToldOnce()
{
    const auto cycles = Quay::findCycles(
        {server("a", {"b", "b"}), server("b", {"a", "c"}), server("c", {"d"}), server("d", {"c"}), server("e", {"a"})});

    QVERIFY((cycles == Cycles{{"a", "b"}, {"c", "d"}}));
}

void tst_ServerGraph::aLongChainIsNoTrouble()
{
    constexpr int Count = 100'000;
    std::vector<ServerSpec> servers;
    for (int i = 0; i < Count; ++i) {
        servers.push_back(server(std::to_string(i), {std::to_string((i + 1) % Count)}));
    }

    const auto cycles = Quay::findCycles(servers);

    QCOMPARE(cycles.size(), std::size_t{1});
    QCOMPARE(cycles.front().size(), std::size_t{Count});
}

QTEST_GUILESS_MAIN(tst_ServerGraph)
#include "tst_servergraph.moc"
