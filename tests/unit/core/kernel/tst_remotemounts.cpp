// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/remotemounts.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <optional>
#include <string>

using Quay::RemoteMounts;

class tst_RemoteMounts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nearestOneAboveCounts_data();
    void nearestOneAboveCounts();
    void withoutATableNoneIsKnown();
};

void tst_RemoteMounts::nearestOneAboveCounts_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::optional<int>>("mount");
    using Number = std::optional<int>;
    QTest::addRow("local") << std::string("/home/me/shop") << Number();
    QTest::addRow("its root") << std::string("/net/home") << Number(41);
    QTest::addRow("below") << std::string("/net/home/me") << Number(41);
    QTest::addRow("only the same letters") << std::string("/net/homework") << Number();
    QTest::addRow("one in another") << std::string("/net/home/me/remote/shop") << Number(42);
    QTest::addRow("a local one in it") << std::string("/net/home/cache/shop") << Number(41); // reached through it
    QTest::addRow("one over another") << std::string("/auto/x") << Number(45);
    QTest::addRow("with a blank") << std::string("/my disk/shop") << Number(46);
}

void tst_RemoteMounts::nearestOneAboveCounts()
{
    const QTemporaryDir directory;
    QFile table(directory.filePath(QStringLiteral("mountinfo")));
    QVERIFY(table.open(QIODevice::WriteOnly));
    table.write("21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
                "41 21 0:50 / /net/home rw shared:1 - nfs4 server:/home rw\n"
                "42 41 0:51 / /net/home/me/remote rw - fuse.sshfs me@there: rw\n"
                "43 41 8:2 / /net/home/cache rw - ext4 /dev/sda2 rw\n"
                "44 21 0:52 / /auto/x rw - autofs systemd-1 rw\n"
                "45 44 0:53 / /auto/x rw - cifs //there/x rw\n"
                "46 21 0:54 / /my\\040disk rw - fuseblk /dev/sdb1 rw\n");
    table.close();
    QFETCH(const std::string, path);
    QFETCH(const std::optional<int>, mount);

    RemoteMounts mounts(table.fileName().toStdString());

    QVERIFY(mounts.above(path) == mount);
}

void tst_RemoteMounts::withoutATableNoneIsKnown()
{
    RemoteMounts mounts("/no/such/table");

    QVERIFY(!mounts.above("/"));
}

QTEST_APPLESS_MAIN(tst_RemoteMounts)
#include "tst_remotemounts.moc"
