// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/readfile.h"
#include "tests/support/fakeproc.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTest>

#include <array>
#include <cerrno>
#include <string>

#include <fcntl.h>

using Quay::ErrorCode;

class tst_ReadFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wholeFileIsRead_data();
    void wholeFileIsRead();
    void fileOfUnknownSizeIsRead();
    void capIsAnError();
    void beginningIsCut();
    void oneReadFillsTheCallersMemory();
    void filledMemoryIsAnError();
    void missingFileIsGone();
    void refusedFileIsDenied();
    void directoryIsNoFile();
    void linkIsNotFollowed();
    void fileIsNoLink();

private:
    Quay::Test::FakeProc m_files;
};

void tst_ReadFile::wholeFileIsRead_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addRow("empty") << std::string();
    QTest::addRow("one buffer") << std::string(2048, 'a');
    QTest::addRow("one byte more") << std::string(2049, 'b');
    QTest::addRow("many buffers") << std::string(100000, 'c');
    QTest::addRow("NULs") << std::string(10, '\0');
}

void tst_ReadFile::wholeFileIsRead()
{
    QFETCH(const std::string, text);
    m_files.write("file", text);
    const auto directory = m_files.open();

    const auto read = Quay::readFileAt(directory.directory(), "file");

    QVERIFY(read.has_value());
    QVERIFY(*read == text);
}

void tst_ReadFile::fileOfUnknownSizeIsRead()
{
    const auto text = Quay::readFile("/proc/self/stat"); // its st_size is 0

    QVERIFY(text.has_value());
    QVERIFY(text->ends_with('\n'));
}

void tst_ReadFile::capIsAnError()
{
    m_files.write("file", "12345");
    const std::string path = m_files.path() + "/file";

    const auto fits = Quay::readFile(path, 5);
    const auto tooLong = Quay::readFile(path, 4);

    QVERIFY(fits.has_value());
    QVERIFY(*fits == "12345");
    QVERIFY(!tooLong);
    QVERIFY((tooLong.error() == Quay::Error{.code = ErrorCode::Io, .subject = path, .sysErrno = EFBIG}));
}

void tst_ReadFile::beginningIsCut()
{
    m_files.write("file", "12345");
    const auto directory = m_files.open();

    const auto start = Quay::readFileStartAt(directory.directory(), "file", 3);
    const auto all = Quay::readFileStartAt(directory.directory(), "file", 10);

    QVERIFY(start.has_value());
    QVERIFY(*start == "123");
    QVERIFY(all.has_value());
    QVERIFY(*all == "12345");
}

void tst_ReadFile::oneReadFillsTheCallersMemory()
{
    m_files.write("file", "1234");
    const auto directory = m_files.open();
    std::array<char, 5> buffer{};

    const auto read = Quay::readOnceAt(directory.directory(), "file", buffer);

    QVERIFY(read.has_value());
    QVERIFY(*read == "1234");
    QVERIFY(read->data() == buffer.data());
}

void tst_ReadFile::filledMemoryIsAnError()
{
    m_files.write("file", "12345");
    const auto directory = m_files.open();
    std::array<char, 5> buffer{};

    const auto read = Quay::readOnceAt(directory.directory(), "file", buffer);

    QVERIFY(!read);
    QVERIFY((read.error() == Quay::Error{.code = ErrorCode::Io, .subject = "file", .sysErrno = EFBIG}));
}

void tst_ReadFile::missingFileIsGone()
{
    const auto directory = m_files.open();
    std::array<char, 5> buffer{};

    const auto whole = Quay::readFileAt(directory.directory(), "missing");
    const auto once = Quay::readOnceAt(directory.directory(), "missing", buffer);
    const auto opened = Quay::openDirectoryAt(directory.directory(), "missing");

    const Quay::Error gone{.code = ErrorCode::Gone, .subject = "missing", .sysErrno = ENOENT};
    QVERIFY(!whole && whole.error() == gone);
    QVERIFY(!once && once.error() == gone);
    QVERIFY(!opened && opened.error() == gone);
}

void tst_ReadFile::refusedFileIsDenied()
{
    m_files.write("secret", "1");
    m_files.deny("secret");
    const auto directory = m_files.open();
    const Quay::Test::Unprivileged user;

    const auto text = Quay::readFileAt(directory.directory(), "secret");

    QVERIFY(!text);
    QVERIFY((text.error() == Quay::Error{.code = ErrorCode::Denied, .subject = "secret", .sysErrno = EACCES}));
}

void tst_ReadFile::directoryIsNoFile()
{
    const auto text = Quay::readFile("/");

    QVERIFY(!text);
    QVERIFY((text.error() == Quay::Error{.code = ErrorCode::Io, .subject = "/", .sysErrno = EISDIR}));
}

void tst_ReadFile::linkIsNotFollowed()
{
    m_files.link("link", "somewhere (deleted)");
    const auto directory = m_files.open();

    const auto target = Quay::readLinkAt(directory.directory(), "link");

    QVERIFY(target.has_value());
    QVERIFY(*target == "somewhere (deleted)");
}

void tst_ReadFile::fileIsNoLink()
{
    m_files.write("file", "1");
    const auto directory = m_files.open();

    const auto target = Quay::readLinkAt(directory.directory(), "file");

    QVERIFY(!target);
    QCOMPARE(target.error().code, ErrorCode::Invalid);
    QVERIFY(target.error().subject == "file");
}

QTEST_GUILESS_MAIN(tst_ReadFile)
#include "tst_readfile.moc"
