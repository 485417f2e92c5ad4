// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"
#include "core/kernel/memoryfile.h"

#include <QObject>
#include <QTest>

#include <array>
#include <cerrno>
#include <string>

#include <fcntl.h>
#include <unistd.h>

using Quay::ErrorCode;
using Quay::makeMemoryFile;
using Quay::readMemoryFile;
using Quay::UniqueFd;

class tst_MemoryFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsPutInIsRead();
    void nobodyCanChangeIt();
    void limitIsAnError();
    void otherDescriptorsAreRefused();
};

void tst_MemoryFile::whatIsPutInIsRead()
{
    for (const auto &bytes : {std::string(), std::string("a\0b\n", 4), std::string(3'000'000, 'x')}) {
        const auto file = makeMemoryFile(bytes);
        QVERIFY(file.has_value());

        QVERIFY(readMemoryFile(file->get(), 3'000'000).value() == bytes);
        QVERIFY(readMemoryFile(file->get(), 3'000'000).value() == bytes); // wherever its position is
        QVERIFY((::fcntl(file->get(), F_GETFD) & FD_CLOEXEC) != 0);
    }
}

void tst_MemoryFile::nobodyCanChangeIt()
{
    const auto file = makeMemoryFile("secret");
    QVERIFY(file.has_value());

    QCOMPARE(::pwrite(file->get(), "x", 1, 0), ssize_t{-1});
    QCOMPARE(::ftruncate(file->get(), 0), -1);
    QCOMPARE(readMemoryFile(file->get(), 100).value(), std::string("secret"));
}

void tst_MemoryFile::limitIsAnError()
{
    const auto file = makeMemoryFile("secret");

    const auto bytes = readMemoryFile(file->get(), 5);

    QVERIFY(!bytes);
    QCOMPARE(bytes.error().sysErrno, EFBIG);
}

void tst_MemoryFile::otherDescriptorsAreRefused()
{
    std::array<int, 2> ends{};
    QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
    const UniqueFd reading(ends[0]);
    const UniqueFd writing(ends[1]);

    QCOMPARE(readMemoryFile(reading.get(), 100).error().code, ErrorCode::Invalid);
    QCOMPARE(readMemoryFile(-1, 100).error().sysErrno, EBADF);
}

QTEST_APPLESS_MAIN(tst_MemoryFile)
#include "tst_memoryfile.moc"
