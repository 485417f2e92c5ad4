// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/tablechange.h"

#include <QByteArray>
#include <QObject>
#include <QTest>

#include <cstdint>
#include <span>
#include <vector>

using Quay::SocketRecord;

namespace {

/// One socket a letter: equal letters are equal sockets.
std::vector<SocketRecord> tableOf(const QByteArray &letters)
{
    std::vector<SocketRecord> table;
    for (const char letter : letters) {
        table.push_back({.cookie = static_cast<std::uint64_t>(letter)});
    }
    return table;
}

QByteArray lettersOf(std::span<const SocketRecord> part)
{
    QByteArray letters;
    for (const auto &record : part) {
        letters.append(static_cast<char>(record.cookie));
    }
    return letters;
}

} // namespace

class tst_TableChange : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyWhatDiffersIsGiven_data();
    void onlyWhatDiffersIsGiven();
};

void tst_TableChange::onlyWhatDiffersIsGiven_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("changedBefore");
    QTest::addColumn<QByteArray>("changedAfter");
    QTest::addRow("nothing at all") << QByteArray() << QByteArray() << QByteArray() << QByteArray();
    QTest::addRow("equal") << QByteArray("abc") << QByteArray("abc") << QByteArray() << QByteArray();
    QTest::addRow("the first table") << QByteArray() << QByteArray("abc") << QByteArray() << QByteArray("abc");
    QTest::addRow("all gone") << QByteArray("abc") << QByteArray() << QByteArray("abc") << QByteArray();
    QTest::addRow("one more in front") << QByteArray("abc") << QByteArray("xabc") << QByteArray() << QByteArray("x");
    QTest::addRow("one more between") << QByteArray("abc") << QByteArray("abxc") << QByteArray() << QByteArray("x");
    QTest::addRow("one more behind") << QByteArray("abc") << QByteArray("abcx") << QByteArray() << QByteArray("x");
    QTest::addRow("one less") << QByteArray("abc") << QByteArray("ac") << QByteArray("b") << QByteArray();
    QTest::addRow("another one") << QByteArray("abc") << QByteArray("axc") << QByteArray("b") << QByteArray("x");
    QTest::addRow("the same again") << QByteArray("aa") << QByteArray("aaa") << QByteArray() << QByteArray("a");
    QTest::addRow("moved") << QByteArray("abcd") << QByteArray("acbd") << QByteArray("bc") << QByteArray("cb");
}

void tst_TableChange::onlyWhatDiffersIsGiven()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    const auto older = tableOf(before);
    const auto newer = tableOf(after);

    const auto change = Quay::changeOf(older, newer);

    QTEST(lettersOf(change.before), "changedBefore");
    QTEST(lettersOf(change.after), "changedAfter");
    QCOMPARE(change.isNothing(), before == after);
}

QTEST_GUILESS_MAIN(tst_TableChange)
#include "tst_tablechange.moc"
