// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"

#include <QObject>
#include <QTest>

#include <utility>

#include <fcntl.h>
#include <unistd.h>

class tst_UniqueFd : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void closesAtItsEnd();
    void movingHandsItOver();
    void assigningClosesWhatItHad();
    void emptyOneIsFalse();
};

namespace {

Quay::UniqueFd openSomething()
{
    return Quay::UniqueFd(::open("/", O_PATH | O_CLOEXEC));
}

bool isOpen(int fd)
{
    return ::fcntl(fd, F_GETFD) >= 0;
}

} // namespace

void tst_UniqueFd::closesAtItsEnd()
{
    int number = -1;
    {
        const auto fd = openSomething();
        number = fd.get();
        QVERIFY(isOpen(number));
    }

    QVERIFY(!isOpen(number));
}

void tst_UniqueFd::movingHandsItOver()
{
    auto first = openSomething();
    const int number = first.get();

    const Quay::UniqueFd second(std::move(first));

    QCOMPARE(second.get(), number);
    QVERIFY(!first); // NOLINT(bugprone-use-after-move): what is left is the contract
    QVERIFY(isOpen(number));
}

void tst_UniqueFd::assigningClosesWhatItHad()
{
    auto first = openSomething();
    auto second = openSomething();
    const int closed = first.get();
    const int kept = second.get();

    first = std::move(second);

    QVERIFY(!isOpen(closed));
    QCOMPARE(first.get(), kept);
    QVERIFY(isOpen(kept));
}

void tst_UniqueFd::emptyOneIsFalse()
{
    auto fd = openSomething();
    fd.reset();

    QVERIFY(!fd);
    QVERIFY(!Quay::UniqueFd());
    QCOMPARE(fd.get(), -1);
}

QTEST_GUILESS_MAIN(tst_UniqueFd)
#include "tst_uniquefd.moc"
