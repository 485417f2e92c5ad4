// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/readfile.h"
#include "core/kernel/directory.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>

class tst_Directory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyDirectoryHasNoEntries();
    void entryTellsItsInodeAndKind();
    void namesBeyondOneBufferAreListed();
    void closedDescriptorFails();
};

namespace {

std::vector<std::string> namesIn(const std::string &path)
{
    const auto directory = Quay::openDirectoryAt(AT_FDCWD, path).value();
    Quay::DirectoryReader reader(directory.get(), path);
    std::vector<std::string> names;
    for (auto entry = reader.next(); entry && *entry; entry = reader.next()) {
        names.emplace_back((*entry)->name);
    }
    std::ranges::sort(names);
    return names;
}

} // namespace

void tst_Directory::emptyDirectoryHasNoEntries()
{
    const QTemporaryDir empty;

    QVERIFY(namesIn(empty.path().toStdString()).empty());
}

void tst_Directory::entryTellsItsInodeAndKind()
{
    Quay::Test::FakeProc files;
    files.write("folder/file", "1");
    const std::string path = files.path() + "/folder";
    const auto outer = Quay::openDirectoryAt(AT_FDCWD, files.path()).value();
    const auto inner = Quay::openDirectoryAt(AT_FDCWD, path).value();
    struct stat status{};
    QCOMPARE(::stat((path + "/file").c_str(), &status), 0);
    Quay::DirectoryReader reader(inner.get(), path);

    const auto file = reader.next();

    QVERIFY(file && *file);
    QCOMPARE((*file)->name, "file");
    QCOMPARE((*file)->inode, status.st_ino);
    QVERIFY(!(*file)->isDirectory);
    Quay::DirectoryReader outerReader(outer.get(), files.path());
    auto folder = outerReader.next();
    while (folder && *folder && (*folder)->name != std::string("folder")) {
        folder = outerReader.next();
    }
    QVERIFY(folder && *folder);
    QVERIFY((*folder)->isDirectory);
}

void tst_Directory::namesBeyondOneBufferAreListed()
{
    constexpr int Count = 500;
    Quay::Test::FakeProc files;
    std::vector<std::string> expected;
    for (int i = 0; i < Count; ++i) {
        const std::string name = std::string(100, 'x') + std::to_string(i);
        files.write("many/" + name, "");
        expected.push_back(name);
    }
    std::ranges::sort(expected);

    QVERIFY(namesIn(files.path() + "/many") == expected);
}

void tst_Directory::closedDescriptorFails()
{
    Quay::DirectoryReader reader(-1, "42/fd");

    const auto entry = reader.next();

    QVERIFY(!entry);
    QVERIFY((entry.error() == Quay::Error{.code = Quay::ErrorCode::Io, .subject = "42/fd", .sysErrno = EBADF}));
}

QTEST_GUILESS_MAIN(tst_Directory)
#include "tst_directory.moc"
