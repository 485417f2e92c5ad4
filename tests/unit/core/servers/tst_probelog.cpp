// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/probelog.h"

#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

using Quay::Attempt;
using Quay::Observation;
using Quay::ProbeLog;
using Quay::readProbeLog;
using namespace std::chrono_literals;

namespace {

const Attempt Refused{.isMet = false, .seen = {.what = Observation::What::Refused}};
const Attempt Answered{.isMet = true,
                       .seen = {.what = Observation::What::HttpStatus, .detail = "a line\nand one", .number = 200}};

} // namespace

class tst_ProbeLog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_log.emplace(path()); }
    void cleanup();

    void likeAttemptsAreCounted();
    void otherOutcomeBeginsAnew();
    void probesAreCountedApart();
    void nextRunBeginsAnew();
    void whoeverIsKilledLosesLessThanHalf();
    void logIsLimitedAndReadOverItsCut();
    void garbageIsLeftOut();
    void withoutALogThereIsNothing();

private:
    [[nodiscard]] std::string path() const { return m_directory.filePath(QStringLiteral("probes")).toStdString(); }

    QTemporaryDir m_directory;
    std::optional<ProbeLog> m_log;
};

void tst_ProbeLog::cleanup()
{
    m_log.reset();
    QFile::remove(QString::fromStdString(path()));
    QFile::remove(QString::fromStdString(path() + ".1"));
}

void tst_ProbeLog::likeAttemptsAreCounted()
{
    for (int i = 0; i < 7; ++i) {
        m_log->note("1", "web", Refused, 1s + i * 10ms);
    }
    m_log->conclude();

    const auto attempts = readProbeLog(path());

    QCOMPARE(attempts.size(), std::size_t{1});
    QCOMPARE(attempts.front(),
             (Quay::ProbeAttempts{
                 .run = "1", .probe = "web", .attempt = Refused, .count = 7, .firstAt = 1s, .lastAt = 1060ms}));
}

void tst_ProbeLog::otherOutcomeBeginsAnew()
{
    m_log->note("1", "web", Refused, 1s);
    m_log->note("1", "web", Refused, 2s);
    m_log->note("1", "web", Refused, 3s);
    m_log->note("1", "web", Answered, 4s);

    const auto attempts = readProbeLog(path());

    QCOMPARE(attempts.size(), std::size_t{2});
    QCOMPARE(attempts.front().count, std::uint64_t{3}); // written, though not the double of what was
    QCOMPARE(attempts.front().lastAt, 3s);
    QCOMPARE(attempts.back().attempt, Answered);
}

void tst_ProbeLog::probesAreCountedApart()
{
    for (int i = 0; i < 4; ++i) {
        m_log->note("1", "web", Refused, 1s + i * 1s);
        m_log->note("1", "log line", Answered, 1500ms + i * 1s);
    }

    const auto attempts = readProbeLog(path());

    QCOMPARE(attempts.size(), std::size_t{2});
    QCOMPARE(attempts.front().probe, std::string("web"));
    QCOMPARE(attempts.front().count, std::uint64_t{4});
    QCOMPARE(attempts.back().probe, std::string("log line"));
    QCOMPARE(attempts.back().count, std::uint64_t{4});
}

void tst_ProbeLog::nextRunBeginsAnew()
{
    m_log->note("1", "web", Refused, 1s);
    m_log->note("2", "web", Refused, 2s);

    QCOMPARE(readProbeLog(path()).size(), std::size_t{2});
}

void tst_ProbeLog::whoeverIsKilledLosesLessThanHalf()
{
    for (int i = 0; i < 1'000; ++i) {
        m_log->note("1", "web", Refused, std::chrono::seconds(i));
    }

    const auto attempts = readProbeLog(path()); // as it is when nobody concludes it

    QCOMPARE(attempts.size(), std::size_t{1});
    QCOMPARE(attempts.front().count, std::uint64_t{512});
    QCOMPARE(attempts.front().lastAt, 511s);
    QVERIFY(QFileInfo(QString::fromStdString(path())).size() < 1'000);
}

void tst_ProbeLog::logIsLimitedAndReadOverItsCut()
{
    std::uint64_t noted = 0;
    while (!QFile::exists(QString::fromStdString(path() + ".1"))) {
        QVERIFY(noted < 100'000);
        m_log->note("1", "web", noted % 2 == 0 ? Refused : Answered, std::chrono::seconds(noted));
        ++noted;
    }

    const auto attempts = readProbeLog(path());

    QCOMPARE(attempts.size(), static_cast<std::size_t>(noted));
    QCOMPARE(attempts.back().firstAt, std::chrono::seconds(noted - 1));
}

void tst_ProbeLog::garbageIsLeftOut()
{
    m_log->note("1", "web", Refused, 1s);
    QFile file(QString::fromStdString(path()));
    QVERIFY(file.open(QIODevice::Append));
    file.write(
        "repeated probe=other count=9 at=9\nattempt at=x\n\xff\xfe\nattempt at=2 run=1 probe=web met=1 what=new\n");
    file.write("repeated probe=web count=3 at=2000000000\nrepeated probe=web cou");
    file.close();

    const auto attempts = readProbeLog(path());

    QCOMPARE(attempts.size(), std::size_t{1});
    QCOMPARE(attempts.front().count, std::uint64_t{3});
    QCOMPARE(attempts.front().lastAt, 2s);
}

void tst_ProbeLog::withoutALogThereIsNothing()
{
    QVERIFY(readProbeLog(path()).empty());
}

QTEST_GUILESS_MAIN(tst_ProbeLog)
#include "tst_probelog.moc"
