// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/recordwriter.h"
#include "core/supervise/runrecord.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <format>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sys/resource.h>

using namespace std::chrono_literals;
using Quay::RecordWriter;
using Quay::RunEvent;
using Quay::RunEventKind;

namespace {

RunEvent eventWith(std::uint64_t number)
{
    return {.kind = RunEventKind::Ready, .number = number, .at = {.realTime = 1s, .sinceBoot = 2s}};
}

void limitFiles(rlim_t bytes)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

} // namespace

class tst_RecordWriter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void eventsAreThereAtOnce();
    void whatCannotBeWrittenWaits();
    void newestWait();
    void oldestRecordsAreForgotten();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_path;
};

void tst_RecordWriter::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_path = m_directory->path().toStdString() + "/ff";
    std::signal(SIGXFSZ, SIG_IGN);
}

void tst_RecordWriter::eventsAreThereAtOnce()
{
    auto writer = RecordWriter::open(m_path).value();

    writer.write(eventWith(1));
    writer.write(eventWith(2));

    QCOMPARE(Quay::readRunRecord(m_path)->events, (std::vector<RunEvent>{eventWith(1), eventWith(2)}));
    QVERIFY(!writer.sysErrno());
}

void tst_RecordWriter::whatCannotBeWrittenWaits()
{
    auto writer = RecordWriter::open(m_path).value();
    limitFiles(10); // in the middle of a line
    writer.write(eventWith(1));
    writer.write(eventWith(2));
    QVERIFY(writer.sysErrno().has_value());
    limitFiles(RLIM_INFINITY);

    writer.retry();

    const auto record = Quay::readRunRecord(m_path).value();
    QCOMPARE(record.events, (std::vector<RunEvent>{eventWith(1), eventWith(2)}));
    QCOMPARE(record.unreadableLines, std::size_t{1});
    QVERIFY(!writer.sysErrno());
}

void tst_RecordWriter::newestWait()
{
    auto writer = RecordWriter::open(m_path).value();
    limitFiles(0);
    for (std::uint64_t number = 1; number <= RecordWriter::MostWaiting + 5; ++number) {
        writer.write(eventWith(number));
    }
    QCOMPARE(writer.sysErrno(), std::optional(EFBIG));
    limitFiles(RLIM_INFINITY);

    writer.retry();

    const auto events = Quay::readRunRecord(m_path)->events;
    QCOMPARE(events.size(), RecordWriter::MostWaiting);
    QCOMPARE(events.back().number, std::uint64_t{RecordWriter::MostWaiting + 5});
}

void tst_RecordWriter::oldestRecordsAreForgotten()
{
    const std::string directory = m_directory->path().toStdString();
    for (int number = 0; number < 150; ++number) {
        std::ofstream(directory + '/' + std::format("{:04}", number)) << "x";
    }

    const auto writer = RecordWriter::open(m_path);

    QVERIFY(writer.has_value());
    const auto runs = Quay::listRuns(directory);
    QCOMPARE(runs.size(), RecordWriter::MostRuns);
    QCOMPARE(runs.front(), std::string("ff"));
    QCOMPARE(runs.back(), std::string("0051"));
}

QTEST_APPLESS_MAIN(tst_RecordWriter)
#include "tst_recordwriter.moc"
