// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/readfile.h"
#include "core/base/uniquefd.h"
#include "core/base/writefile.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <filesystem>
#include <string>

#include <fcntl.h>

using Quay::replaceFile;

class tst_WriteFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void contentIsReplaced();
    void fileIsForTheUserOnly();
    void whatFailsLeavesTheOldContent();
    void nothingUnfinishedIsLeft();
    void fullDiskIsAnError();

private:
    QTemporaryDir m_directory;
    std::string m_path = m_directory.path().toStdString() + "/file";
};

void tst_WriteFile::contentIsReplaced()
{
    QVERIFY(replaceFile(m_path, std::string(100'000, 'x')).has_value());
    QVERIFY(replaceFile(m_path, "short").has_value());

    QCOMPARE(Quay::readFile(m_path).value(), std::string("short"));
}

void tst_WriteFile::fileIsForTheUserOnly()
{
    QVERIFY(replaceFile(m_path, "x").has_value());

    QCOMPARE(std::filesystem::status(m_path).permissions(),
             std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

void tst_WriteFile::whatFailsLeavesTheOldContent()
{
    QVERIFY(replaceFile(m_path, "old").has_value());
    std::filesystem::create_directory(m_path + ".new"); // in the way

    const auto written = replaceFile(m_path, "new");

    QVERIFY(!written);
    QCOMPARE(written.error().sysErrno, EISDIR);
    QCOMPARE(written.error().subject, m_path);
    QCOMPARE(Quay::readFile(m_path).value(), std::string("old"));
    std::filesystem::remove(m_path + ".new");
}

void tst_WriteFile::nothingUnfinishedIsLeft()
{
    const std::string directory = m_directory.path().toStdString() + "/taken";
    std::filesystem::create_directories(directory + "/by/files");

    const auto written = replaceFile(directory, "x");

    QVERIFY(!written);
    QVERIFY(!std::filesystem::exists(directory + ".new"));
}

void tst_WriteFile::fullDiskIsAnError()
{
    const Quay::UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));

    const auto written = Quay::writeAll(full.get(), "x", "disk");

    QVERIFY(!written);
    QCOMPARE(written.error().sysErrno, ENOSPC);
    QCOMPARE(written.error().subject, std::string("disk"));
}

QTEST_APPLESS_MAIN(tst_WriteFile)
#include "tst_writefile.moc"
