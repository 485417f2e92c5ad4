// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bootid.h"
#include "core/kernel/procfs.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <string>

class tst_BootId : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void kernelHasOne();
    void otherTextsAreMalformed_data();
    void otherTextsAreMalformed();
};

void tst_BootId::kernelHasOne()
{
    const auto proc = Quay::ProcFs::open().value();

    const auto id = Quay::readBootId(proc);

    QVERIFY(id.has_value());
    QCOMPARE(id->size(), std::size_t{36});
    QCOMPARE(Quay::readBootId(proc).value(), *id);
}

void tst_BootId::otherTextsAreMalformed_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addRow("empty") << std::string();
    QTest::addRow("short") << std::string("0c1dee\n");
    QTest::addRow("other letters") << std::string(36, 'x') + '\n';
}

void tst_BootId::otherTextsAreMalformed()
{
    QFETCH(const std::string, text);
    const QTemporaryDir made;
    const std::string directory = made.path().toStdString() + "/sys/kernel/random";
    std::filesystem::create_directories(directory);
    std::ofstream(directory + "/boot_id") << text;

    const auto id = Quay::readBootId(Quay::ProcFs::open(made.path().toStdString()).value());

    QVERIFY(!id);
    QCOMPARE(id.error().code, Quay::ErrorCode::Malformed);
}

QTEST_APPLESS_MAIN(tst_BootId)
#include "tst_bootid.moc"
