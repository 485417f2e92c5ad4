// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/toldholders.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cstdint>
#include <vector>

using Quay::ToldHolder;
using Quay::ToldHolders;

namespace {

ToldHolder holder(std::uint64_t inode, pid_t pid)
{
    return {.inode = inode, .process = {.pid = pid, .startTicks = 1000}, .fd = 3};
}

std::vector<ToldHolder> of(const ToldHolders &told, std::uint64_t inode)
{
    const auto holders = told.of(inode);
    return {holders.begin(), holders.end()};
}

} // namespace

class tst_ToldHolders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyHolderIsKept();
    void newsReplaceWhatWasTold();
    void goneSocketIsForgotten();
    void goneProcessesAreDropped();
};

void tst_ToldHolders::everyHolderIsKept()
{
    ToldHolders told;

    told.add(std::vector{holder(900, 100), holder(901, 100), holder(900, 101)});

    QCOMPARE(of(told, 900), (std::vector{holder(900, 100), holder(900, 101)}));
    QCOMPARE(of(told, 901), std::vector{holder(901, 100)});
    QVERIFY(told.of(902).empty());
}

void tst_ToldHolders::newsReplaceWhatWasTold()
{
    ToldHolders told;
    told.add(std::vector{holder(900, 100), holder(901, 100)});

    told.add(std::vector{holder(900, 102)});

    QCOMPARE(of(told, 900), std::vector{holder(900, 102)});
    QCOMPARE(of(told, 901), std::vector{holder(901, 100)});
}

void tst_ToldHolders::goneSocketIsForgotten()
{
    ToldHolders told;
    told.add(std::vector{holder(900, 100)});

    told.forget(900);

    QVERIFY(told.of(900).empty());
}

void tst_ToldHolders::goneProcessesAreDropped()
{
    ToldHolders told;
    told.add(std::vector{holder(900, 100), holder(900, 101), holder(901, 100), holder(902, 101)});

    auto touched = told.dropIf([](Quay::ProcessId process) { return process.pid == 100; });

    std::ranges::sort(touched);
    QCOMPARE(touched, (std::vector<std::uint64_t>{900, 901}));
    QCOMPARE(of(told, 900), std::vector{holder(900, 101)});
    QVERIFY(told.of(901).empty());
    QCOMPARE(of(told, 902), std::vector{holder(902, 101)});
}

QTEST_APPLESS_MAIN(tst_ToldHolders)
#include "tst_toldholders.moc"
