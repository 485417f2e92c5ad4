// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/filelock.h"
#include "tests/support/forkedwork.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using Quay::FileLock;

class tst_FileLock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneHoldsItAtATime();
    void awaitedIsHadOnceItIsFree();
    void fileAloneMeansNothing();
    void programThatIsExecutedDoesNotHoldIt();
    void deadProcessHoldsNothing();
    void placeThatIsNotThereIsAnError();
    void linkIsNotFollowed();

private:
    QTemporaryDir m_directory;
    std::string m_path = m_directory.path().toStdString() + "/lock";
};

namespace {

/// Whether somebody sleeps until the lock on @p path is free.
bool isWaitedFor(const std::string &path)
{
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) {
        return false;
    }
    const std::string file = ':' + std::to_string(status.st_ino) + ' ';
    std::ifstream locks("/proc/locks");
    for (std::string line; std::getline(locks, line);) {
        if (line.contains("-> FLOCK") && line.contains(file)) {
            return true;
        }
    }
    return false;
}

} // namespace

void tst_FileLock::oneHoldsItAtATime()
{
    auto first = FileLock::take(m_path);
    QVERIFY(first && first->has_value());

    const auto second = FileLock::take(m_path);
    QVERIFY(second.has_value());
    QVERIFY(!second->has_value());

    first->reset();
    QVERIFY(FileLock::take(m_path)->has_value());
}

void tst_FileLock::awaitedIsHadOnceItIsFree()
{
    auto first = FileLock::take(m_path);
    QVERIFY(first && first->has_value());
    bool isBlocked = false;
    bool isHeld = false;
    {
        const std::jthread waiting([&] { isHeld = FileLock::await(m_path).has_value(); });
        isBlocked = QTest::qWaitFor([this] { return isWaitedFor(m_path); });
        first->reset();
    }

    QVERIFY(isBlocked);
    QVERIFY(isHeld);
    QVERIFY(!FileLock::await(m_path + "/nowhere"));
}

void tst_FileLock::fileAloneMeansNothing()
{
    QVERIFY(FileLock::take(m_path)->has_value());

    QVERIFY(std::filesystem::exists(m_path));
    QVERIFY(FileLock::take(m_path)->has_value());
}

void tst_FileLock::programThatIsExecutedDoesNotHoldIt()
{
    pid_t child = 0;
    {
        const auto lock = FileLock::take(m_path);
        QVERIFY(lock && lock->has_value());
        child = ::fork();
        if (child == 0) {
            ::execl("/bin/sleep", "sleep", "1000", nullptr);
            ::_exit(1);
        }
        // It has executed the program once its name is no longer ours.
        QTRY_VERIFY(std::filesystem::read_symlink("/proc/" + std::to_string(child) + "/exe").filename()
                    != "tst_filelock");
    }

    QVERIFY(FileLock::take(m_path)->has_value());
    ::kill(child, SIGKILL); // our child, not waited for
    ::waitpid(child, nullptr, 0);
}

void tst_FileLock::deadProcessHoldsNothing()
{
    const auto told = Quay::Test::runForked([] { return true; },
                                            [this]() -> std::string {
                                                static auto lock = FileLock::take(m_path);
                                                return lock && lock->has_value() ? "held" : "not";
                                            });

    QCOMPARE(told.value(), std::string("held"));
    QVERIFY(FileLock::take(m_path)->has_value());
}

void tst_FileLock::placeThatIsNotThereIsAnError()
{
    const auto lock = FileLock::take("/nowhere/lock");

    QVERIFY(!lock);
    QCOMPARE(lock.error().subject, std::string("/nowhere/lock"));
}

void tst_FileLock::linkIsNotFollowed()
{
    const std::string link = m_directory.path().toStdString() + "/link";
    std::filesystem::create_symlink(m_directory.path().toStdString() + "/elsewhere", link);

    QVERIFY(!FileLock::take(link));
    QVERIFY(!std::filesystem::exists(m_directory.path().toStdString() + "/elsewhere"));
}

QTEST_APPLESS_MAIN(tst_FileLock)
#include "tst_filelock.moc"
