// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/readfile.h"
#include "core/base/uniquefd.h"
#include "core/history/appendline.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr std::uint64_t NeverFull = std::uint64_t{1} << 40U;

mode_t modeOf(const std::string &path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
}

std::string textOf(const std::string &path)
{
    return Quay::readFile(path, std::size_t{1} << 28U).value_or(std::string());
}

/// Lines by their text.
std::map<std::string, int> countedLines(const std::string &text)
{
    std::map<std::string, int> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        ++lines[line];
    }
    return lines;
}

/// What writer `number` writes as its `index`th line: long enough to come in several pages.
std::string longLine(int number, int index)
{
    const auto letter = static_cast<char>('a' + number);
    return std::to_string(number) + ' ' + std::to_string(index) + ' '
        + std::string(static_cast<std::size_t>(500 + index * 37 % 9000), letter);
}

/// Starts processes that all write, and waits for them. Whether all of them could.
bool writeAtOnce(const std::string &path, int writers, int lines, std::uint64_t mostBytes)
{
    std::vector<pid_t> pids;
    for (int number = 0; number < writers; ++number) {
        const pid_t pid = ::fork();
        if (pid == 0) {
            bool isGood = true;
            for (int index = 0; index < lines; ++index) {
                isGood = Quay::appendLine(path, longLine(number, index) + '\n', mostBytes).has_value() && isGood;
            }
            ::_exit(isGood ? 0 : 1);
        }
        pids.push_back(pid);
    }
    bool isGood = true;
    for (const pid_t pid : pids) {
        int status = -1;
        isGood = pid > 0 && ::waitpid(pid, &status, 0) == pid && status == 0 && isGood;
    }
    return isGood;
}

} // namespace

class tst_AppendLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void fileAndDirectoriesAreForTheUserOnly();
    void linesAreAppended();
    void fullFileIsRenamedAndOneIsKept();
    void fileIsRenamedWhenItIsFullNotBefore();
    void whoCannotHaveTheLockWritesOn();
    void tornLineIsEnded();
    void manyWritersNeverMix();
    void manyWritersRotateTogether();
    void fullDiskIsAnError();
    void missingPlaceIsAnError();
    void refusedPlaceIsAnError();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_path;
};

void tst_AppendLine::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_path = m_directory->path().toStdString() + "/state/quaymaster/audit.jsonl";
}

void tst_AppendLine::fileAndDirectoriesAreForTheUserOnly()
{
    const auto before = ::umask(0);

    const auto appended = Quay::appendLine(m_path, "a\n", NeverFull);
    ::umask(before);

    QVERIFY(appended.has_value());
    QCOMPARE(modeOf(m_path), mode_t{0600});
    QCOMPARE(modeOf(m_directory->path().toStdString() + "/state/quaymaster"), mode_t{0700});
    QCOMPARE(modeOf(m_directory->path().toStdString() + "/state"), mode_t{0700});
}

void tst_AppendLine::linesAreAppended()
{
    QVERIFY(Quay::appendLine(m_path, "a\n", NeverFull).has_value());
    QVERIFY(Quay::appendLine(m_path, "b\n", NeverFull).has_value());

    QCOMPARE(textOf(m_path), std::string("a\nb\n"));
    QVERIFY(!std::filesystem::exists(Quay::fullLogPath(m_path)));
}

void tst_AppendLine::fullFileIsRenamedAndOneIsKept()
{
    for (const char *const line : {"1111\n", "2222\n", "3333\n"}) {
        QVERIFY(Quay::appendLine(m_path, line, 5).has_value());
    }

    QCOMPARE(textOf(m_path), std::string("3333\n"));
    QCOMPARE(textOf(Quay::fullLogPath(m_path)), std::string("2222\n"));
    QCOMPARE(modeOf(m_path), mode_t{0600});
    const auto files = std::filesystem::directory_iterator(std::filesystem::path(m_path).parent_path());
    QCOMPARE(std::distance(begin(files), end(files)), 2);
}

void tst_AppendLine::fileIsRenamedWhenItIsFullNotBefore()
{
    QVERIFY(Quay::appendLine(m_path, "1111\n", 6).has_value());
    QVERIFY(Quay::appendLine(m_path, "2222\n", 6).has_value());

    QCOMPARE(textOf(m_path), std::string("1111\n2222\n"));
}

void tst_AppendLine::whoCannotHaveTheLockWritesOn()
{
    QVERIFY(Quay::appendLine(m_path, "1111\n", 5).has_value());
    const Quay::UniqueFd other(::open(m_path.c_str(), O_RDONLY | O_CLOEXEC));
    QCOMPARE(::flock(other.get(), LOCK_EX), 0);

    QVERIFY(Quay::appendLine(m_path, "2222\n", 5).has_value());

    QCOMPARE(textOf(m_path), std::string("1111\n2222\n"));
}

void tst_AppendLine::tornLineIsEnded()
{
    QVERIFY(Quay::appendLine(m_path, "torn", NeverFull).has_value());

    QVERIFY(Quay::appendLine(m_path, "whole\n", NeverFull).has_value());

    QCOMPARE(textOf(m_path), std::string("torn\nwhole\n"));
}

void tst_AppendLine::manyWritersNeverMix()
{
    constexpr int Writers = 8;
    constexpr int Lines = 100;

    QVERIFY(writeAtOnce(m_path, Writers, Lines, NeverFull));

    auto lines = countedLines(textOf(m_path));
    for (int number = 0; number < Writers; ++number) {
        for (int index = 0; index < Lines; ++index) {
            QCOMPARE(lines[longLine(number, index)], 1);
        }
    }
    lines.erase(""); // who saw a line half-written began a new one
    QCOMPARE(lines.size(), std::size_t{Writers * Lines});
}

void tst_AppendLine::manyWritersRotateTogether()
{
    constexpr int Writers = 8;
    constexpr int Lines = 100;

    QVERIFY(writeAtOnce(m_path, Writers, Lines, 200'000));

    auto lines = countedLines(textOf(Quay::fullLogPath(m_path)) + textOf(m_path));
    lines.erase("");
    for (const auto &[line, count] : lines) {
        std::istringstream stream(line);
        int number = -1;
        int index = -1;
        stream >> number >> index;
        QCOMPARE(count, 1);
        QCOMPARE(line, longLine(number, index));
    }
    QVERIFY(textOf(Quay::fullLogPath(m_path)).size() >= 200'000); // nobody renamed one that was not full
}

void tst_AppendLine::fullDiskIsAnError()
{
    const auto appended = Quay::appendLine("/dev/full", "a\n", 1);

    QVERIFY(!appended);
    QCOMPARE(appended.error().code, Quay::ErrorCode::Io);
    QCOMPARE(appended.error().sysErrno, ENOSPC);
    QCOMPARE(appended.error().subject, std::string("/dev/full"));
}

void tst_AppendLine::missingPlaceIsAnError()
{
    QVERIFY(Quay::appendLine(m_path, "a\n", NeverFull).has_value());

    const auto appended = Quay::appendLine(m_path + "/below/a/file", "a\n", NeverFull);

    QVERIFY(!appended);
    QCOMPARE(appended.error().sysErrno, ENOTDIR);
    QCOMPARE(textOf(m_path), std::string("a\n"));
}

void tst_AppendLine::refusedPlaceIsAnError()
{
    const auto appended = Quay::appendLine("/proc/quaymaster/audit.jsonl", "a\n", NeverFull); // cannot be made there

    QVERIFY(!appended);
    QCOMPARE(appended.error().subject, std::string("/proc/quaymaster/audit.jsonl"));
}

QTEST_GUILESS_MAIN(tst_AppendLine)
#include "tst_appendline.moc"
