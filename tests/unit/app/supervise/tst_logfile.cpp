// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/logfile.h"
#include "core/base/readfile.h"
#include "core/base/writefile.h"
#include "tests/support/fakeclock.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <sys/resource.h>

using Quay::LogFile;
using Quay::LogLimits;

namespace {

std::string textOf(const std::string &path)
{
    return Quay::readFile(path).value_or("(none)");
}

/// No file of this process may become larger, as on a full disk.
class SizeLimit
{
public:
    explicit SizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{.rlim_cur = bytes, .rlim_max = m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    SizeLimit(const SizeLimit &) = delete;
    SizeLimit &operator=(const SizeLimit &) = delete;
    ~SizeLimit() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

} // namespace

class tst_LogFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void linesAreAppended();
    void logOfAnEarlierRunGoesOn();
    void tornLineStandsAlone();
    void fullFileIsPutAside();
    void nothingIsPutAsideInTheMiddleOfALine();
    void noneIsKeptWhenNoneIsWanted();
    void lossIsCountedAndSaid();
    void cutOffLineCountsAsLost();
    void fileThatCannotBeOpenedIsAnError();
    void writingGoesOnWhenPuttingAsideFails();

private:
    [[nodiscard]] LogFile open(LogLimits limits = {}) const { return LogFile::open(m_path, limits, m_clock).value(); }

    Quay::Test::FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_path;
};

void tst_LogFile::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_path = m_directory->path().toStdString() + "/log";
}

void tst_LogFile::linesAreAppended()
{
    auto log = open();

    log.write("one\n", true);
    log.write("two\nthree\n", true);

    QCOMPARE(textOf(m_path), std::string("one\ntwo\nthree\n"));
    QCOMPARE(log.position().bytes, std::uint64_t{14});
    QVERIFY(!log.takeNews());
}

void tst_LogFile::logOfAnEarlierRunGoesOn()
{
    QVERIFY(Quay::replaceFile(m_path, "before\n").has_value());

    auto log = open();
    log.write("after\n", true);

    QCOMPARE(textOf(m_path), std::string("before\nafter\n"));
    QCOMPARE(log.position().bytes, std::uint64_t{13});
}

void tst_LogFile::tornLineStandsAlone()
{
    QVERIFY(Quay::replaceFile(m_path, "tor").has_value());

    auto log = open();
    log.write("whole\n", true);
    log.write("next\n", true);

    QCOMPARE(textOf(m_path), std::string("tor\nwhole\nnext\n"));
    QCOMPARE(log.position().bytes, std::uint64_t{15});
}

void tst_LogFile::fullFileIsPutAside()
{
    auto log = open({.fileBytes = 10, .filesKept = 2});
    for (const auto *const line : {"11111111\n", "22222222\n", "33333333\n", "44444444\n"}) {
        log.write(line, true);
    }

    QCOMPARE(textOf(m_path), std::string("44444444\n"));
    QCOMPARE(textOf(m_path + ".1"), std::string("33333333\n"));
    QCOMPARE(textOf(m_path + ".2"), std::string("22222222\n"));
    QVERIFY(!std::filesystem::exists(m_path + ".3"));
    QCOMPARE(log.position().rotations, std::uint64_t{3});
    QCOMPARE(log.position().bytes, std::uint64_t{9});
}

void tst_LogFile::nothingIsPutAsideInTheMiddleOfALine()
{
    auto log = open({.fileBytes = 10, .filesKept = 2});

    log.write("1111111\n", false);
    log.write("2222222\n", false);
    QVERIFY(!std::filesystem::exists(m_path + ".1"));
    log.write("3333333\n", false); // as it never ends, it is cut after all

    QCOMPARE(textOf(m_path + ".1"), std::string("1111111\n2222222\n"));
    QCOMPARE(textOf(m_path), std::string("3333333\n"));
}

void tst_LogFile::noneIsKeptWhenNoneIsWanted()
{
    auto log = open({.fileBytes = 10, .filesKept = 0});

    log.write("11111111\n", true);
    log.write("22222222\n", true);

    QCOMPARE(textOf(m_path), std::string("22222222\n"));
    QVERIFY(!std::filesystem::exists(m_path + ".1"));
}

void tst_LogFile::lossIsCountedAndSaid()
{
    auto log = open();
    log.write("before\n", true);
    {
        const SizeLimit full(7);
        log.write("lost one\n", true);
        const auto news = log.takeNews();
        QVERIFY(news.has_value());
        QCOMPARE(news->bytes, std::uint64_t{9});
        QCOMPARE(news->sysErrno, EFBIG);
        log.write("lost two\nlost three\n", true);
        log.retry();
        QVERIFY(!log.takeNews()); // told once
        QCOMPARE(log.sysErrno(), std::optional(EFBIG));
    }

    log.write("after\n", true);

    const auto text = textOf(m_path);
    QVERIFY2(text.starts_with("before\n2"), text.c_str());
    QVERIFY2(
        text.contains(" stderr F quaymaster: 3 lines (29 bytes) could not be written here: File too large\nafter\n"),
        text.c_str());
    const auto news = log.takeNews();
    QVERIFY(news.has_value());
    QCOMPARE(*news, (Quay::OutputLoss{.bytes = 29, .lines = 3, .sysErrno = EFBIG}));
    QCOMPARE(log.lostBytes(), std::uint64_t{29});
    QCOMPARE(log.sysErrno(), std::optional<int>());
}

void tst_LogFile::cutOffLineCountsAsLost()
{
    auto log = open();
    {
        const SizeLimit full(6);
        log.write("one\ntwo\n", true);
    }

    log.write("three\n", true);

    const auto text = textOf(m_path);
    QVERIFY2(text.starts_with("one\ntw\n20"), text.c_str());
    QVERIFY2(text.contains(": 1 lines (4 bytes)"), text.c_str());
    QVERIFY2(text.ends_with("\nthree\n"), text.c_str());
}

void tst_LogFile::fileThatCannotBeOpenedIsAnError()
{
    const auto log = LogFile::open("/nowhere/log", {});

    QVERIFY(!log);
    QCOMPARE(log.error().sysErrno, ENOENT);
    QCOMPARE(log.error().subject, std::string("/nowhere/log"));
}

void tst_LogFile::writingGoesOnWhenPuttingAsideFails()
{
    auto log = open({.fileBytes = 10, .filesKept = 1});
    log.write("11111111\n", true);
    // A directory that is not empty is nobody's place.
    std::filesystem::create_directories(m_path + ".1/full");

    log.write("22222222\n", true);

    QCOMPARE(textOf(m_path), std::string("11111111\n22222222\n"));
    QVERIFY(!log.takeNews());
}

QTEST_APPLESS_MAIN(tst_LogFile)
#include "tst_logfile.moc"
