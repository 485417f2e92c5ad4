// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclink.h"
#include "tests/support/fakeproc.h"
#include "tests/support/unprivileged.h"

#include <QDir>
#include <QObject>
#include <QTest>

#include <cerrno>
#include <filesystem>
#include <string>

#include <unistd.h>

using Quay::ErrorCode;
using Quay::ProcLink;

class tst_ProcLink : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void markOfDeletedFilesIsTakenOff_data();
    void markOfDeletedFilesIsTakenOff();
    void ownProgramIsRead();
    void ownDirectoryIsRead();
    void deletedDirectoryIsSaidToBe();
    void replacedProgramIsSaidToBe();
    void fileMayBeCalledDeleted();
    void otherFileOfThatNameDoesNotCount();
    void directoryOfOtherMountsIsElsewhere();
    void sameMountsMeanTheSameDirectory();
    void remoteDirectoryOfOtherMountsIsNotAskedFor_data();
    void remoteDirectoryOfOtherMountsIsNotAskedFor();
    void remoteFileIsTakenForDeleted();
    void hostilePathStays();
    void kernelThreadHasNoProgram();
    void otherUsersProgramIsDenied();
};

void tst_ProcLink::markOfDeletedFilesIsTakenOff_data()
{
    QTest::addColumn<std::string>("target");
    QTest::addColumn<bool>("stillExists");
    QTest::addColumn<std::string>("path");
    QTest::addColumn<bool>("isDeleted");
    QTest::addRow("there") << std::string("/usr/bin/a") << true << std::string("/usr/bin/a") << false;
    QTest::addRow("deleted") << std::string("/usr/bin/a (deleted)") << false << std::string("/usr/bin/a") << true;
    QTest::addRow("called so") << std::string("/a (deleted)") << true << std::string("/a (deleted)") << false;
    QTest::addRow("called so and deleted")
        << std::string("/a (deleted) (deleted)") << false << std::string("/a (deleted)") << true;
    QTest::addRow("not to be seen from here") << std::string("/a") << false << std::string("/a") << false;
    QTest::addRow("mark in the middle") << std::string("/a (deleted)/b") << false << std::string("/a (deleted)/b")
                                        << false;
    QTest::addRow("empty") << std::string() << false << std::string() << false;
}

void tst_ProcLink::markOfDeletedFilesIsTakenOff()
{
    QFETCH(const std::string, target);
    QFETCH(const bool, stillExists);
    QFETCH(const std::string, path);
    QFETCH(const bool, isDeleted);

    const auto link = Quay::parseProcLink(target, stillExists);

    QVERIFY((link == ProcLink{.path = path, .isDeleted = isDeleted}));
}

void tst_ProcLink::ownProgramIsRead()
{
    const auto proc = Quay::ProcFs::open().value();

    const auto link = Quay::readExecutable(proc, ::getpid());

    QVERIFY(link.has_value());
    QVERIFY(link->path.ends_with("/tst_proclink"));
    QVERIFY(!link->isDeleted);
}

void tst_ProcLink::ownDirectoryIsRead()
{
    const auto proc = Quay::ProcFs::open().value();

    const auto link = Quay::readWorkingDirectory(proc, ::getpid());

    QVERIFY(link.has_value());
    QVERIFY(link->path == std::filesystem::current_path());
    QVERIFY(!link->isDeleted);
}

void tst_ProcLink::deletedDirectoryIsSaidToBe()
{
    const auto proc = Quay::ProcFs::open().value();
    const QString before = QDir::currentPath();
    QTemporaryDir directory;
    const std::string path = QDir(directory.path()).canonicalPath().toStdString();
    QVERIFY(QDir::setCurrent(directory.path()));
    QVERIFY(directory.remove());

    const auto link = Quay::readWorkingDirectory(proc, ::getpid());
    QVERIFY(QDir::setCurrent(before));

    QVERIFY(link.has_value());
    QVERIFY((*link == ProcLink{.path = path, .isDeleted = true}));
}

void tst_ProcLink::replacedProgramIsSaidToBe()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42, .executable = "/usr/bin/no-such-program (deleted)"});

    const auto link = Quay::readExecutable(fake.open(), 42);

    QVERIFY(link.has_value());
    QVERIFY((*link == ProcLink{.path = "/usr/bin/no-such-program", .isDeleted = true}));
}

void tst_ProcLink::fileMayBeCalledDeleted()
{
    Quay::Test::FakeProc fake;
    const std::string name = fake.path() + "/program (deleted)";
    fake.write("program (deleted)", "");
    fake.add({.pid = 42, .executable = name});

    const auto link = Quay::readExecutable(fake.open(), 42);

    QVERIFY(link.has_value());
    QVERIFY((*link == ProcLink{.path = name, .isDeleted = false}));
}

void tst_ProcLink::otherFileOfThatNameDoesNotCount()
{
    const QTemporaryDir directory;
    QVERIFY(QDir(directory.path()).mkpath(QStringLiteral("work")));
    const std::string path = QDir(directory.path()).canonicalPath().toStdString() + "/work";
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(directory.filePath(QStringLiteral("work"))));
    QVERIFY(std::filesystem::remove(path));
    QVERIFY(std::filesystem::create_directory(path + " (deleted)"));

    const auto link = Quay::readWorkingDirectory(Quay::ProcFs::open().value(), ::getpid());
    QVERIFY(QDir::setCurrent(before));

    QVERIFY(link.has_value());
    QVERIFY((*link == ProcLink{.path = path, .isDeleted = true}));
}

/// A path that is taken from another directory leads elsewhere, as one that is taken from other mounts does.
void tst_ProcLink::directoryOfOtherMountsIsElsewhere()
{
    const QTemporaryDir directory;
    const std::string here = directory.path().toStdString();
    Quay::Test::FakeProc fake;
    fake.add({.pid = 41, .workingDirectory = here});
    fake.add({.pid = 42, .workingDirectory = "fd"}); // below 42
    fake.add({.pid = 43, .workingDirectory = here + "/nothing"});
    const auto proc = fake.open();

    QVERIFY(!Quay::isDirectoryElsewhere(proc, 41, here));
    QVERIFY(Quay::isDirectoryElsewhere(proc, 42, "fd")); // there is none here
    QVERIFY(Quay::isDirectoryElsewhere(proc, 41, "/")); // which is another one
    QVERIFY(!Quay::isDirectoryElsewhere(proc, 43, here + "/nothing")); // nobody can tell
}

void tst_ProcLink::sameMountsMeanTheSameDirectory()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 41, .workingDirectory = "/"});
    fake.link("41/ns/mnt", "mnt:[1]");
    fake.link("self/ns/mnt", "mnt:[1]");

    QVERIFY(!Quay::isDirectoryElsewhere(fake.open(), 41, "/no/such/directory")); // nobody asked whether it is
}

void tst_ProcLink::remoteDirectoryOfOtherMountsIsNotAskedFor_data()
{
    QTest::addColumn<std::string>("table");
    QTest::addRow("remote for it") << std::string("41/mountinfo");
    QTest::addRow("remote for us") << std::string("self/mountinfo");
}

void tst_ProcLink::remoteDirectoryOfOtherMountsIsNotAskedFor()
{
    QFETCH(const std::string, table);
    const QTemporaryDir directory;
    const std::string here = directory.path().toStdString();
    Quay::Test::FakeProc fake;
    fake.add({.pid = 41, .workingDirectory = here});
    QVERIFY(!Quay::isDirectoryElsewhere(fake.open(), 41, here));

    fake.write(table, "41 21 0:50 / " + here + " rw - nfs4 there:/ rw\n");

    QVERIFY(Quay::isDirectoryElsewhere(fake.open(), 41, here));
}

void tst_ProcLink::remoteFileIsTakenForDeleted()
{
    Quay::Test::FakeProc fake;
    const std::string name = fake.path() + "/program (deleted)";
    fake.write("program (deleted)", "");
    fake.write("self/mountinfo", "41 21 0:50 / " + fake.path() + " rw - fuse.sshfs there: rw\n");
    fake.add({.pid = 42, .executable = name});

    const auto link = Quay::readExecutable(fake.open(), 42);

    QVERIFY(link.has_value());
    QVERIFY(link->isDeleted); // as most are of which the kernel says so
}

void tst_ProcLink::hostilePathStays()
{
    const std::string hostile = "/tmp/a\nb\x1B[31m\xFF";
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42, .workingDirectory = hostile});

    const auto link = Quay::readWorkingDirectory(fake.open(), 42);

    QVERIFY(link.has_value());
    QVERIFY(link->path == hostile);
}

void tst_ProcLink::kernelThreadHasNoProgram()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 2, .executable = ""});

    const auto link = Quay::readExecutable(fake.open(), 2);

    QVERIFY(!link);
    QVERIFY((link.error() == Quay::Error{.code = ErrorCode::Gone, .subject = "2/exe", .sysErrno = ENOENT}));
}

void tst_ProcLink::otherUsersProgramIsDenied()
{
    if (::geteuid() != 0) {
        QSKIP("needs a process of somebody else to be refused: root can become nobody");
    }
    const auto proc = Quay::ProcFs::open().value();
    const Quay::Test::Unprivileged user;

    const auto link = Quay::readExecutable(proc, 1);

    QVERIFY(!link);
    QVERIFY((link.error() == Quay::Error{.code = ErrorCode::Denied, .subject = "1/exe", .sysErrno = EACCES}));
}

QTEST_GUILESS_MAIN(tst_ProcLink)
#include "tst_proclink.moc"
