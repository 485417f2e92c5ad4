// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/rowmerge.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <random>
#include <ranges>
#include <vector>

using Quay::NewRow;
using Quay::planRowMerge;
using Quay::RowRun;

namespace {

std::vector<RowRun> runs(std::initializer_list<RowRun> list)
{
    return list;
}

/// Carries the plan out on numbers.
std::vector<int> mergedByPlan(std::vector<int> rows, const std::vector<int> &next, const Quay::RowMergePlan &plan)
{
    for (const RowRun &run : plan.removals | std::views::reverse) {
        rows.erase(rows.begin() + run.first, rows.begin() + run.first + run.count);
    }
    for (const RowRun &run : plan.insertions) {
        rows.insert(rows.begin() + run.first, next.begin() + run.first, next.begin() + run.first + run.count);
    }
    return rows;
}

std::vector<int> randomSubset(std::mt19937 &random)
{
    std::vector<int> subset;
    std::ranges::copy_if(std::views::iota(0, 40), std::back_inserter(subset),
                         [&random](int) { return random() % 2 == 0; });
    return subset;
}

} // namespace

class tst_RowMerge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameRowsNeedNothing();
    void neighboursAreOneRun();
    void allGoneIsOneRemoval();
    void allNewIsOneInsertion();
    void changedOrderIsSeen();
    void planLeadsFromTheOldToTheNew();
};

void tst_RowMerge::sameRowsNeedNothing()
{
    const auto plan = planRowMerge(3, std::vector{0, 1, 2});

    QVERIFY(plan.isEmpty());
    QCOMPARE(plan.runCount(), 0U);
}

void tst_RowMerge::neighboursAreOneRun()
{
    const auto plan = planRowMerge(6, std::vector{0, NewRow, NewRow, 3, NewRow});

    QVERIFY(!plan.isReordered);
    QCOMPARE(plan.removals, runs({{.first = 1, .count = 2}, {.first = 4, .count = 2}}));
    QCOMPARE(plan.insertions, runs({{.first = 1, .count = 2}, {.first = 4, .count = 1}}));
}

void tst_RowMerge::allGoneIsOneRemoval()
{
    const auto plan = planRowMerge(10'000, {});

    QCOMPARE(plan.removals, runs({{.first = 0, .count = 10'000}}));
    QVERIFY(plan.insertions.empty());
}

void tst_RowMerge::allNewIsOneInsertion()
{
    const auto plan = planRowMerge(0, std::vector(10'000, NewRow));

    QCOMPARE(plan.insertions, runs({{.first = 0, .count = 10'000}}));
    QVERIFY(plan.removals.empty());
}

void tst_RowMerge::changedOrderIsSeen()
{
    const auto plan = planRowMerge(3, std::vector{2, NewRow, 0});

    QVERIFY(plan.isReordered);
    QCOMPARE(plan.removals, runs({{.first = 1, .count = 1}}));
    QCOMPARE(plan.insertions, runs({{.first = 1, .count = 1}}));
}

void tst_RowMerge::planLeadsFromTheOldToTheNew()
{
    std::mt19937 random(3); // NOLINT(bugprone-random-generator-seed): the same run each time
    for (int round = 0; round < 500; ++round) {
        const auto before = randomSubset(random);
        const auto after = randomSubset(random);
        std::vector<int> former;
        for (const int value : after) {
            const auto found = std::ranges::lower_bound(before, value);
            const bool isKnown = found != before.end() && *found == value;
            former.push_back(isKnown ? static_cast<int>(found - before.begin()) : NewRow);
        }

        const auto plan = planRowMerge(static_cast<int>(before.size()), former);

        QVERIFY(!plan.isReordered);
        QCOMPARE(mergedByPlan(before, after, plan), after);
    }
}

QTEST_GUILESS_MAIN(tst_RowMerge)
#include "tst_rowmerge.moc"
