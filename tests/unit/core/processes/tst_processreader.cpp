// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procfs.h"
#include "core/processes/processreader.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

using Quay::ProcessReader;
using Quay::ProcessReading;
using Quay::ProcFs;
using Quay::Test::FakeClock;
using Quay::Test::FakeProc;
using namespace std::chrono_literals;

class tst_ProcessReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatIsTheSameStaysTheSameObject();
    void whatChangedIsAnotherObject();
    void titleIsReadWhenItIsItsTurn();
    void otherProcessTakesNothingOver();
    void kernelThreadIsNotAskedForItsArguments();
    void dyingOneIsWhatItWas();
    void endedOneIsRefused();

private:
    void read(bool readsArguments = false) { m_reader->read(100, m_reading, 1s, readsArguments); }
    /// Until it is no longer taken for one that is about to execute something.
    void readWhileYoung();

    std::optional<FakeProc> m_files;
    std::optional<ProcFs> m_proc;
    FakeClock m_clock;
    std::optional<ProcessReader> m_reader;
    ProcessReading m_reading;
};

void tst_ProcessReader::init()
{
    m_files.emplace();
    m_files->add({.pid = 100, .comm = "node", .arguments = {"node", "a.js"}});
    m_proc.emplace(m_files->open());
    m_reader.emplace(*m_proc, m_clock);
    m_reading = {};
}

void tst_ProcessReader::readWhileYoung()
{
    for (int i = 0; i < 10; ++i) {
        read();
    }
}

void tst_ProcessReader::whatIsTheSameStaysTheSameObject()
{
    read();
    QVERIFY(m_reading.info != nullptr);
    QCOMPARE(m_reading.info->name, std::string("node"));
    QCOMPARE(m_reading.info->arguments, (std::vector<std::string>{"node", "a.js"}));
    QCOMPARE(m_reading.parentPid, m_reading.info->parentPid);
    const auto before = m_reading.info;

    read();

    QCOMPARE(m_reading.info, before);
}

void tst_ProcessReader::whatChangedIsAnotherObject()
{
    readWhileYoung();
    const auto before = m_reading.info;
    m_files->add({.pid = 100, .comm = "node", .state = 'Z', .parentPid = 7, .arguments = {"node", "a.js"}});

    read();

    QVERIFY(m_reading.info != before);
    QCOMPARE(before->state, 'S'); // it may be anywhere by now
    QCOMPARE(m_reading.info->state, 'Z');
    QCOMPARE(m_reading.parentPid, 7);
}

void tst_ProcessReader::titleIsReadWhenItIsItsTurn()
{
    readWhileYoung();
    m_files->add({.pid = 100, .comm = "node", .arguments = {"a title"}});

    read();
    QCOMPARE(m_reading.info->arguments.front(), std::string("node"));

    read(true);
    QCOMPARE(m_reading.info->arguments.front(), std::string("a title"));
}

void tst_ProcessReader::otherProcessTakesNothingOver()
{
    readWhileYoung();
    m_reading.cpuShare = 0.5;
    m_files->add({.pid = 100, .comm = "node", .startTicks = 2000, .arguments = {"node", "b.js"}});

    read();

    QCOMPARE(m_reading.info->id.startTicks, std::uint64_t{2000});
    QCOMPARE(m_reading.info->arguments.back(), std::string("b.js"));
    QVERIFY(!m_reading.info->cpuShare.has_value());
    QCOMPARE(m_reading.reads, 1U);
}

void tst_ProcessReader::kernelThreadIsNotAskedForItsArguments()
{
    m_files->add({.pid = 100, .comm = "kworker", .isKernelThread = true, .arguments = {"never there"}});

    read();

    QVERIFY(m_reading.info->isKernelThread);
    QVERIFY(m_reading.info->arguments.empty());
}

/// Its memory, and with it its command line, is let go of before its sockets are.
void tst_ProcessReader::dyingOneIsWhatItWas()
{
    read();
    const auto before = m_reading.info;
    m_files->add({.pid = 100, .comm = "node", .state = 'R', .residentPages = 0, .arguments = {}});

    read(true);

    QCOMPARE(m_reading.info, before);
    QVERIFY(!m_reading.isRefused);
}

void tst_ProcessReader::endedOneIsRefused()
{
    read();
    m_files->remove(100);

    read();

    QVERIFY(m_reading.info == nullptr);
    QVERIFY(m_reading.isRefused);
    QVERIFY(m_reading.cpuTime == 1s);
}

QTEST_GUILESS_MAIN(tst_ProcessReader)
#include "tst_processreader.moc"
