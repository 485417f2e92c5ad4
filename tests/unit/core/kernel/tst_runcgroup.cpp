// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/readfile.h"
#include "core/kernel/procfs.h"
#include "core/kernel/runcgroup.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <optional>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

using Quay::parseOutOfMemoryKills;
using Quay::ProcFs;
using Quay::RunCgroup;

class tst_RunCgroup : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoeverIsInItIsEnded();
    void itIsRemoved();
    void withoutTheRightItIsAnError();
    void killsForWantOfMemoryAreCounted_data();
    void killsForWantOfMemoryAreCounted();

private:
    ProcFs m_proc = ProcFs::open().value();
};

void tst_RunCgroup::whoeverIsInItIsEnded()
{
    const auto cgroup = RunCgroup::make(m_proc, "0001");
    if (!cgroup) {
        QSKIP("no cgroup can be made here");
    }
    const pid_t child = ::fork();
    if (child == 0) {
        if (cgroup->enter() && ::fork() == 0) {
            ::setsid();
        }
        ::pause();
        ::_exit(1);
    }
    const auto members = [&] {
        const auto text = Quay::readFile(cgroup->directory() + "/cgroup.procs").value_or(std::string());
        return std::ranges::count(text, '\n');
    };
    QTRY_COMPARE(members(), 2);

    QVERIFY(cgroup->kill().has_value());

    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    QTRY_COMPARE(members(), 0);
}

void tst_RunCgroup::itIsRemoved()
{
    std::string directory;
    {
        const auto cgroup = RunCgroup::make(m_proc, "0002");
        if (!cgroup) {
            QSKIP("no cgroup can be made here");
        }
        directory = cgroup->directory();
        QVERIFY(std::filesystem::is_directory(directory));
        QVERIFY(!RunCgroup::make(m_proc, "0002")); // it is there
    }

    QVERIFY(!std::filesystem::exists(directory));
}

void tst_RunCgroup::withoutTheRightItIsAnError()
{
    if (::geteuid() != 0) {
        QSKIP("only root can give up its rights");
    }
    const Quay::Test::Unprivileged nobody;

    const auto cgroup = RunCgroup::make(m_proc, "0003");

    QVERIFY(!cgroup);
}

void tst_RunCgroup::killsForWantOfMemoryAreCounted_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::optional<unsigned long>>("kills");
    QTest::addRow("none") << std::string("low 0\nhigh 0\nmax 3\noom 0\noom_kill 0\noom_group_kill 0\n")
                          << std::optional(0UL);
    QTest::addRow("some") << std::string("max 3\noom 1\noom_kill 12\n") << std::optional(12UL);
    QTest::addRow("empty") << std::string() << std::optional<unsigned long>();
    QTest::addRow("no number") << std::string("oom_kill -1\n") << std::optional<unsigned long>();
    QTest::addRow("cut off") << std::string("oom_kill") << std::optional<unsigned long>();
}

void tst_RunCgroup::killsForWantOfMemoryAreCounted()
{
    QFETCH(const std::string, text);
    QFETCH(const std::optional<unsigned long>, kills);

    QCOMPARE(parseOutOfMemoryKills(text), kills);
}

QTEST_APPLESS_MAIN(tst_RunCgroup)
#include "tst_runcgroup.moc"
