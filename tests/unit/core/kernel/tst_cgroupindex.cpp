// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/readfile.h"
#include "core/kernel/cgroupindex.h"
#include "core/kernel/proccgroup.h"
#include "core/kernel/procfs.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

using Quay::CgroupIndex;
using Quay::ErrorCode;

class tst_CgroupIndex : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void directoriesAreFoundByTheirInode();
    void newDirectoryIsFoundOnceRefreshed();
    void missingIdsCostNoMoreWalks();
    void missingIdIsLookedForAgainAfterAMinute();
    void processesOfACgroupAreRead();
    void processesOfAnUnknownCgroupAreGone();
    void processesOfARemovedCgroupAreGone();
    void machineWithoutCgroup2HasNone();
    void mountIsFound_data();
    void mountIsFound();
    void idsOfProcessesParse();
    void malformedProcessesFail_data();
    void malformedProcessesFail();
    void ownCgroupIsFound();
};

namespace {

/// Another one of its kind will do: the index looks at directories and one file in them.
class CgroupTree
{
public:
    CgroupTree() { m_files.write("system.slice/nginx.service/cgroup.procs", "7\n9\n"); }

    void addCgroup(const std::string &name) { m_files.write(name + "/cgroup.procs", ""); }
    void removeCgroup(const std::string &name) const { std::filesystem::remove_all(path() + '/' + name); }
    void moveCgroup(const std::string &from, const std::string &to) const
    {
        std::filesystem::rename(path() + '/' + from, path() + '/' + to);
    }
    [[nodiscard]] std::string path() const { return m_files.path(); }
    [[nodiscard]] std::uint64_t id(const std::string &name) const
    {
        struct stat status{};
        return ::stat((path() + '/' + name).c_str(), &status) == 0 ? status.st_ino : 0;
    }

private:
    Quay::Test::FakeProc m_files;
};

} // namespace

void tst_CgroupIndex::directoriesAreFoundByTheirInode()
{
    const CgroupTree tree;
    CgroupIndex index(tree.path());

    QVERIFY(index.path(tree.id("")) == "/");
    QVERIFY(index.path(tree.id("system.slice")) == "/system.slice");
    QVERIFY(index.path(tree.id("system.slice/nginx.service")) == "/system.slice/nginx.service");
    QVERIFY(!index.path(tree.id("system.slice/nginx.service/cgroup.procs")));
    QVERIFY(!index.path(0));
}

void tst_CgroupIndex::newDirectoryIsFoundOnceRefreshed()
{
    CgroupTree tree;
    CgroupIndex index(tree.path());
    QVERIFY(!index.path(0)); // uses up the walk
    tree.addCgroup("later.slice");

    const auto before = index.path(tree.id("later.slice"));
    index.refresh();
    const auto after = index.path(tree.id("later.slice"));

    QVERIFY(!before);
    QVERIFY(after == "/later.slice");
}

void tst_CgroupIndex::missingIdsCostNoMoreWalks()
{
    CgroupTree tree;
    CgroupIndex index(tree.path());
    QVERIFY(!index.path(0)); // the walk that finds out
    QVERIFY(!index.path(1)); // asked for after it: the next walk finds out
    index.refresh();
    QVERIFY(!index.path(1));
    tree.addCgroup("later.slice"); // a walk would know it

    for (int looks = 0; looks < 3; ++looks) {
        index.refresh();
        QVERIFY(!index.path(0));
        QVERIFY(!index.path(1));
    }
    const auto mayStillWalk = index.path(tree.id("later.slice"));

    QVERIFY(mayStillWalk == "/later.slice"); // had one of those walked, this one could not
}

void tst_CgroupIndex::missingIdIsLookedForAgainAfterAMinute()
{
    using namespace std::chrono_literals;
    CgroupTree tree;
    Quay::Test::FakeClock clock;
    CgroupIndex index(tree.path() + "/mounted-later", clock);
    tree.addCgroup("elsewhere");
    const auto id = tree.id("elsewhere");
    QVERIFY(!index.path(id));
    tree.moveCgroup("elsewhere", "mounted-later");

    clock.advance(59s);
    index.refresh();
    const auto before = index.path(id);
    clock.advance(2s);
    index.refresh();
    const auto after = index.path(id);

    QVERIFY(!before);
    QVERIFY(after == "/");
}

void tst_CgroupIndex::processesOfACgroupAreRead()
{
    const CgroupTree tree;
    CgroupIndex index(tree.path());

    const auto pids = index.processes(tree.id("system.slice/nginx.service"));

    QVERIFY(pids.has_value());
    QVERIFY((*pids == std::vector<pid_t>{7, 9}));
}

void tst_CgroupIndex::processesOfAnUnknownCgroupAreGone()
{
    const CgroupTree tree;
    CgroupIndex index(tree.path());

    const auto pids = index.processes(0);

    QVERIFY(!pids);
    QVERIFY((pids.error() == Quay::Error{.code = ErrorCode::Gone, .subject = "cgroup 0"}));
}

void tst_CgroupIndex::processesOfARemovedCgroupAreGone()
{
    const CgroupTree tree;
    CgroupIndex index(tree.path());
    const auto id = tree.id("system.slice/nginx.service");
    QVERIFY(index.path(id).has_value());
    tree.removeCgroup("system.slice");

    const auto pids = index.processes(id);

    QVERIFY(!pids);
    QCOMPARE(pids.error().code, ErrorCode::Gone);
}

void tst_CgroupIndex::machineWithoutCgroup2HasNone()
{
    CgroupIndex unmounted(std::nullopt);
    CgroupIndex missing("/nonexistent/cgroup");

    QVERIFY(!unmounted.path(1));
    QVERIFY(!missing.path(1));
    QCOMPARE(unmounted.processes(1).error().code, ErrorCode::Gone);
}

void tst_CgroupIndex::mountIsFound_data()
{
    const auto recorded = [](const std::string &name) {
        return Quay::readFile(QUAY_TEST_DATA "/proc/mountinfo/" + name).value();
    };
    using Mount = std::optional<std::string>;
    QTest::addColumn<std::string>("mountinfo");
    QTest::addColumn<Mount>("mount");
    QTest::addRow("v2") << recorded("v2") << Mount("/sys/fs/cgroup");
    QTest::addRow("hybrid") << recorded("hybrid") << Mount("/sys/fs/cgroup/unified");
    QTest::addRow("v1") << recorded("v1") << Mount();
    QTest::addRow("empty") << std::string() << Mount();
    QTest::addRow("truncated") << std::string("31 23 0:27 / /sys/fs/cgroup rw shared:9") << Mount();
    QTest::addRow("truncated before the type") << std::string("31 23 0:27 / /sys/fs/cgroup rw -") << Mount();
    QTest::addRow("no optional fields") << std::string("31 23 0:27 / /cg rw - cgroup2 c rw") << Mount("/cg");
    QTest::addRow("several optional fields")
        << std::string("31 23 0:27 / /cg rw shared:9 master:1 propagate_from:2 - cgroup2 c rw\n") << Mount("/cg");
    QTest::addRow("type in another place")
        << std::string("31 23 0:27 / /cg rw cgroup2 - tmpfs cgroup2 cgroup2\n") << Mount();
    QTest::addRow("blank in the path") << std::string("31 23 0:27 / /my\\040cg rw - cgroup2 c rw\n") << Mount("/my cg");
    QTest::addRow("backslash in the path")
        << std::string("31 23 0:27 / /my\\134cg\\ rw - cgroup2 c rw\n") << Mount("/my\\cg\\");
    QTest::addRow("whole tree before a part")
        << std::string("30 23 0:27 /part /part rw - cgroup2 c rw\n31 23 0:27 / /all rw - cgroup2 c rw\n")
        << Mount("/all");
    QTest::addRow("only a part") << std::string("30 23 0:27 /../part /cg rw - cgroup2 c rw\n") << Mount("/cg");
}

void tst_CgroupIndex::mountIsFound()
{
    QFETCH(const std::string, mountinfo);
    QFETCH(const std::optional<std::string>, mount);

    QVERIFY(Quay::findCgroup2Mount(mountinfo) == mount);
}

void tst_CgroupIndex::idsOfProcessesParse()
{
    QVERIFY(Quay::parseCgroupProcs("") == std::vector<pid_t>{});
    QVERIFY((Quay::parseCgroupProcs("12\n7\n2147483647\n") == std::vector<pid_t>{12, 7, 2147483647}));
    QVERIFY((Quay::parseCgroupProcs("0\n0\n12\n") == std::vector<pid_t>{12}));
}

void tst_CgroupIndex::malformedProcessesFail_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addRow("empty line") << std::string();
    QTest::addRow("negative") << std::string("-1");
    QTest::addRow("not a number") << std::string("12a");
    QTest::addRow("too big") << std::string("2147483648");
    QTest::addRow("two on a line") << std::string("1 2");
}

void tst_CgroupIndex::malformedProcessesFail()
{
    QFETCH(const std::string, line);

    const auto pids = Quay::parseCgroupProcs("1\n" + line + "\n");

    QVERIFY(!pids);
    QVERIFY((pids.error() == Quay::Error{.code = ErrorCode::Malformed, .subject = line}));
}

void tst_CgroupIndex::ownCgroupIsFound()
{
    const auto mount = Quay::findCgroup2Mount(Quay::readFile("/proc/self/mountinfo").value());
    const auto own = Quay::readProcCgroup(Quay::ProcFs::open().value(), ::getpid()).value().unified;
    struct stat status{};
    if (!mount || !own || ::stat((*mount + *own).c_str(), &status) != 0) {
        QSKIP("our cgroup is out of sight here");
    }
    CgroupIndex index(mount);

    const auto path = index.path(status.st_ino);
    const auto pids = index.processes(status.st_ino);

    QVERIFY(path == own);
    QVERIFY(pids.has_value());
    QVERIFY(std::ranges::contains(*pids, ::getpid()));
}

QTEST_GUILESS_MAIN(tst_CgroupIndex)
#include "tst_cgroupindex.moc"
