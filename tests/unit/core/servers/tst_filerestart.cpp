// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/pollset.h"
#include "core/servers/filerestart.h"
#include "core/servers/filewatch.h"
#include "core/servers/restartbook.h"
#include "core/servers/serverlife.h"
#include "core/servers/serverspec.h"
#include "core/servers/serverstate.h"
#include "tests/support/fakeclock.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <cstddef>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

using namespace std::chrono_literals;

using Quay::FileRestart;
using Quay::ServerLife;

class tst_FileRestart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void oneThatRunsIsRestarted();
    void oneThatHasEndedIsStarted();
    void oneThatIsStoppedIsLeftAlone();
    void oneThatWaitsForAChangeCanBeStopped();
    void changeDuringTheStartIsNotLost();
    void groupThatIsToEndEnds();
    void changesRightAfterEachStartAreGivenUp();
    void changesAfterAWhileAreNot();

private:
    void begin(Quay::OnExit onExit = Quay::OnExit::Nothing);
    void launch();
    /// As the change of a file has it, until it runs again.
    void restart();
    /// Whether a change of the file restarts it, so long from now.
    [[nodiscard]] bool restarts(std::chrono::nanoseconds after = 1s);

    Quay::Test::FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_file;
    std::unique_ptr<ServerLife> m_life;
    std::unique_ptr<FileRestart> m_files;
};

void tst_FileRestart::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_file = m_directory->filePath(QStringLiteral("a")).toStdString();
    begin();
}

void tst_FileRestart::begin(Quay::OnExit onExit)
{
    Quay::ServerSpec spec;
    spec.watch.paths = {m_directory->path().toStdString()};
    spec.onExit = onExit;
    m_life = std::make_unique<ServerLife>(spec.restart, m_clock, [] { return 0.5; });
    m_files = std::make_unique<FileRestart>(spec);
    (void)m_life->start();
    m_files->follow(*m_life);
}

void tst_FileRestart::launch()
{
    (void)m_life->needsMet();
    m_files->follow(*m_life);
    (void)m_life->checked(true);
    m_files->follow(*m_life);
    (void)m_life->launched();
}

void tst_FileRestart::restart()
{
    (void)m_life->restart({.cause = Quay::StateCause::Files});
    m_files->follow(*m_life);
    (void)m_life->exited({.code = 0});
    m_files->follow(*m_life);
    launch();
}

bool tst_FileRestart::restarts(std::chrono::nanoseconds after)
{
    const auto look = [this](std::chrono::nanoseconds now) {
        Quay::PollSet set;
        m_files->collect(set);
        set.wait(0s);
        return m_files->proceed(now, set, *m_life);
    };
    const auto then = m_clock.monotonic() + after;
    (void)look(then);
    std::ofstream(m_file) << "text";
    (void)look(then);
    return look(then + 10s) == m_file;
}

void tst_FileRestart::oneThatRunsIsRestarted()
{
    launch();

    QVERIFY(restarts());
    QVERIFY(!m_files->awaitsFiles(*m_life));
}

void tst_FileRestart::oneThatHasEndedIsStarted()
{
    for (const int code : {0, 3}) {
        begin();
        launch();
        (void)m_life->exited({.code = code});
        m_files->follow(*m_life);

        QVERIFY(m_files->awaitsFiles(*m_life));
        QVERIFY(restarts());
    }
}

void tst_FileRestart::oneThatIsStoppedIsLeftAlone()
{
    launch();

    m_files->stopAsked();
    (void)m_life->stop();
    m_files->follow(*m_life);
    QVERIFY(!restarts());
    (void)m_life->exited({.code = 3});
    m_files->follow(*m_life);

    QVERIFY(!restarts());
    QVERIFY(!m_files->awaitsFiles(*m_life));
}

/// It has ended already: its state does not change by that.
void tst_FileRestart::oneThatWaitsForAChangeCanBeStopped()
{
    launch();
    (void)m_life->exited({.code = 0});
    m_files->follow(*m_life);
    QVERIFY(m_files->awaitsFiles(*m_life));

    m_files->stopAsked();
    (void)m_life->stop();
    m_files->follow(*m_life);

    QVERIFY(!m_files->awaitsFiles(*m_life));
    QVERIFY(!restarts());
}

void tst_FileRestart::changeDuringTheStartIsNotLost()
{
    (void)m_life->needsMet();
    m_files->follow(*m_life);
    QVERIFY(!restarts()); // checks are being made

    (void)m_life->checked(false);
    m_files->follow(*m_life);

    QCOMPARE(m_files->proceed(m_clock.monotonic() + 20s, Quay::PollSet(), *m_life), std::optional(m_file));
}

void tst_FileRestart::groupThatIsToEndEnds()
{
    begin(Quay::OnExit::StopGroup);
    launch();

    (void)m_life->exited({.code = 0});
    m_files->follow(*m_life);

    QVERIFY(!m_files->awaitsFiles(*m_life));
}

void tst_FileRestart::changesRightAfterEachStartAreGivenUp()
{
    launch();
    for (int i = 0; i < FileRestart::MostInARow; ++i) {
        QVERIFY(restarts());
        restart();
    }

    QVERIFY(!restarts());
    const auto problems = m_files->takeProblems();
    QCOMPARE(problems.size(), std::size_t{1});
    QVERIFY(problems.front().kind == Quay::WatchProblemKind::RestartsForEver && problems.front().path == m_file);
    QVERIFY(m_files->unwatchedFor() == m_file);
    (void)m_life->exited({.code = 1});
    m_files->follow(*m_life);
    QVERIFY(!m_files->awaitsFiles(*m_life));

    (void)m_life->start(); // somebody does
    m_files->follow(*m_life);
    launch();
    QVERIFY(restarts());
    QVERIFY(!m_files->unwatchedFor());
}

void tst_FileRestart::changesAfterAWhileAreNot()
{
    launch();

    for (int i = 0; i <= FileRestart::MostInARow; ++i) {
        QVERIFY(restarts(FileRestart::SoonAfterStart));
        restart();
    }
}

QTEST_APPLESS_MAIN(tst_FileRestart)
#include "tst_filerestart.moc"
