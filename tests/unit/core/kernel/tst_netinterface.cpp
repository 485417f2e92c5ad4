// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netinterface.h"

#include <QObject>
#include <QTest>

#include <cstdint>
#include <limits>

#include <net/if.h>

class tst_NetInterface : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void loopbackHasItsName();
    void unknownIndexHasNone();
};

void tst_NetInterface::loopbackHasItsName()
{
    const std::uint32_t index = ::if_nametoindex("lo");
    if (index == 0) {
        QSKIP("no loopback interface here");
    }

    QVERIFY(Quay::interfaceName(index) == "lo");
}

void tst_NetInterface::unknownIndexHasNone()
{
    QVERIFY(Quay::interfaceName(0).empty());
    QVERIFY(Quay::interfaceName(std::numeric_limits<std::int32_t>::max()).empty());
}

QTEST_GUILESS_MAIN(tst_NetInterface)
#include "tst_netinterface.moc"
