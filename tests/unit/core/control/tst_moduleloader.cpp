// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/control/moduleloader.h"
#include "core/probes/httpprobe.h"
#include "core/probes/httprequester.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QIODevice>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

using Quay::ModuleLoader;

class tst_ModuleLoader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsInstalledLaterIsLoaded_data();
    void whatIsInstalledLaterIsLoaded();
};

void tst_ModuleLoader::whatIsInstalledLaterIsLoaded_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addRow("was not there") << QByteArray();
    QTest::addRow("could not be loaded") << QByteArray("no library");
}

/// A program that runs for long need not be started again for it.
void tst_ModuleLoader::whatIsInstalledLaterIsLoaded()
{
    QFETCH(const QByteArray, before);
    const QTemporaryDir directory;
    const QString module = directory.filePath(QStringLiteral("module"));
    const QString path = QString(module + QStringLiteral(".so"));
    if (!before.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(before) == before.size());
    }
    ModuleLoader loader(
        QDir(QCoreApplication::applicationDirPath()).relativeFilePath(module)); // that is where it looks
    const auto missing = loader.load<Quay::HttpModule>();
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, Quay::ErrorCode::Unsupported);
    QVERIFY(!missing.error().subject.empty());
    QVERIFY(!Quay::canRequestHttp(loader));
    QVERIFY(!QFile::exists(path) || QFile::remove(path));
    QVERIFY(QFile::copy(QStringLiteral(QUAY_BIN_DIR "/quay-http.so"), path));

    const auto installed = loader.load<Quay::HttpModule>();

    QVERIFY2(installed, installed ? "" : installed.error().subject.c_str());
    QVERIFY(Quay::canRequestHttp(loader));
    QCOMPARE(loader.load<Quay::HttpModule>().value(), installed.value()); // loaded once
}

QTEST_GUILESS_MAIN(tst_ModuleLoader)
#include "tst_moduleloader.moc"
