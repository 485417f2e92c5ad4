// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/powersupply.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Quay;

namespace {

/// The attributes of one supply.
struct Supply
{
    QByteArray type;
    QByteArray online; ///< Empty: no such file.
    QByteArray status;
    QByteArray scope;
};

} // namespace

Q_DECLARE_METATYPE(Supply)

class tst_PowerSupply : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void suppliesDecide_data();
    void suppliesDecide();
    void machineWithoutSuppliesSaysSo();
    void missingDirectoryIsUnsupported();
};

void tst_PowerSupply::suppliesDecide_data()
{
    QTest::addColumn<QList<Supply>>("supplies");
    QTest::addColumn<bool>("onBattery");
    const Supply unplugged{.type = "Mains", .online = "0", .status = {}, .scope = {}};
    const Supply plugged{.type = "Mains", .online = "1", .status = {}, .scope = {}};
    const Supply discharging{.type = "Battery", .online = {}, .status = "Discharging", .scope = {}};
    const Supply full{.type = "Battery", .online = {}, .status = "Full", .scope = {}};
    const Supply mouse{.type = "Battery", .online = {}, .status = "Discharging", .scope = "Device"};
    const Supply dock{.type = "USB", .online = "1", .status = {}, .scope = {}};
    QTest::addRow("laptop on battery") << QList{unplugged, discharging} << true;
    QTest::addRow("laptop plugged in") << QList{plugged, full} << false;
    QTest::addRow("plugged in, weak adapter") << QList{plugged, discharging} << false;
    QTest::addRow("charged by USB") << QList{unplugged, discharging, dock} << false;
    QTest::addRow("two batteries, one in use") << QList{full, discharging} << true;
    QTest::addRow("desktop with a mouse") << QList{plugged, mouse} << false;
    QTest::addRow("unplugged, battery says nothing") << QList{unplugged} << false;
}

void tst_PowerSupply::suppliesDecide()
{
    QFETCH(const QList<Supply>, supplies);
    QFETCH(const bool, onBattery);
    const QTemporaryDir directory;
    for (int i = 0; i < supplies.size(); ++i) {
        const auto path = directory.filePath(QStringLiteral("supply%1").arg(i));
        QVERIFY(QDir().mkpath(path));
        const auto write = [&path](const char *name, const QByteArray &value) {
            if (!value.isEmpty()) {
                QFile file(path + QLatin1Char('/') + QLatin1String(name));
                QVERIFY(file.open(QIODevice::WriteOnly));
                file.write(value + '\n');
            }
        };
        write("type", supplies[i].type);
        write("online", supplies[i].online);
        write("status", supplies[i].status);
        write("scope", supplies[i].scope);
    }

    const auto result = isOnBattery(directory.path().toStdString());

    QVERIFY(result);
    QCOMPARE(*result, onBattery);
}

void tst_PowerSupply::machineWithoutSuppliesSaysSo()
{
    const QTemporaryDir directory;

    const auto result = isOnBattery(directory.path().toStdString());

    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Unsupported);
}

void tst_PowerSupply::missingDirectoryIsUnsupported()
{
    const auto result = isOnBattery("/no/such/directory");

    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Unsupported);
    QCOMPARE(result.error().subject, std::string("/no/such/directory"));
}

QTEST_GUILESS_MAIN(tst_PowerSupply)
#include "tst_powersupply.moc"
