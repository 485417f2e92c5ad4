// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/uniquefd.h"
#include "core/kernel/procfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/support/endchild.h"
#include "tests/support/fakeproc.h"
#include "tests/support/forkedchild.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using Quay::ErrorCode;

class tst_ProcFd : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlySocketLinksHaveAnInode_data();
    void onlySocketLinksHaveAnInode();
    void socketsAreListedAmongOtherFiles();
    void thousandsOfSocketsAreListed();
    void ownSocketIsFound();
    void inheritedSocketIsFound();
    void descriptorsThatComeAndGoDoNotDisturb();
    void zombieHasNoSockets();
    void socketsOutliveTheMainThread();
    void vanishedProcessIsGone();
    void otherUsersProcessIsDenied();
    void socketIsRecognised();
    void closedDescriptorIsGone();
    void refusedDescriptorIsDenied();
    void openingOneMoreCountsOneMore();
    void zombieHasNoDescriptors();
    void kernelThatDoesNotCountIsUnsupported();
    void countOfAVanishedProcessIsGone();

private:
    const Quay::ProcFs m_proc = Quay::ProcFs::open().value();
};

namespace {

Quay::UniqueFd openSocket()
{
    return Quay::UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

Quay::SocketFd described(const Quay::UniqueFd &socket)
{
    struct stat status{};
    ::fstat(socket.get(), &status);
    return {.fd = socket.get(), .inode = status.st_ino};
}

/// A copy of this process whose main thread has ended, as by pthread_exit(), while another one goes on.
class HeadlessChild
{
public:
    HeadlessChild()
        : m_pid(Quay::Test::forkWithoutHandlers())
    {
        if (m_pid == 0) {
            std::thread([] {
                ::prctl(PR_SET_PDEATHSIG, SIGKILL); // whatever becomes of the test
                ::pause();
            }).detach();
            ::syscall(SYS_exit, 0); // not of the whole process, and nothing is unwound
        }
    }
    HeadlessChild(const HeadlessChild &) = delete;
    HeadlessChild &operator=(const HeadlessChild &) = delete;
    ~HeadlessChild() { Quay::Test::endChild(m_pid); }

    [[nodiscard]] pid_t pid() const noexcept { return m_pid; }

private:
    pid_t m_pid;
};

} // namespace

void tst_ProcFd::onlySocketLinksHaveAnInode_data()
{
    QTest::addColumn<std::string>("target");
    QTest::addColumn<std::optional<std::uint64_t>>("inode");
    const std::optional<std::uint64_t> none;
    QTest::addRow("socket") << std::string("socket:[12345]") << std::optional<std::uint64_t>(12345);
    QTest::addRow("largest") << std::string("socket:[18446744073709551615]")
                             << std::optional<std::uint64_t>(18446744073709551615U);
    QTest::addRow("too big") << std::string("socket:[18446744073709551616]") << none;
    QTest::addRow("empty") << std::string() << none;
    QTest::addRow("pipe") << std::string("pipe:[12345]") << none;
    QTest::addRow("file") << std::string("/tmp/socket:[1]") << none;
    QTest::addRow("truncated") << std::string("socket:[12345") << none;
    QTest::addRow("prefix only") << std::string("socket:[") << none;
    QTest::addRow("no number") << std::string("socket:[]") << none;
    QTest::addRow("negative") << std::string("socket:[-1]") << none;
    QTest::addRow("not a number") << std::string("socket:[12a]") << none;
    QTest::addRow("more behind") << std::string("socket:[1] (deleted)") << none;
}

void tst_ProcFd::onlySocketLinksHaveAnInode()
{
    QFETCH(const std::string, target);
    QFETCH(const std::optional<std::uint64_t>, inode);

    QVERIFY(Quay::socketInodeFromLink(target) == inode);
}

void tst_ProcFd::socketsAreListedAmongOtherFiles()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42,
              .sockets = {{.fd = 3, .inode = 4711}, {.fd = 255, .inode = 18446744073709551615U}},
              .files = {{0, "/dev/null"}, {1, "pipe:[5]"}, {4, std::string(300, 'x')}, {5, "anon_inode:[eventpoll]"}}});

    auto sockets = Quay::readSocketFds(fake.open(), 42);

    QVERIFY(sockets.has_value());
    std::ranges::sort(sockets->sockets, {}, &Quay::SocketFd::fd);
    const std::vector<Quay::SocketFd> expected{{.fd = 3, .inode = 4711}, {.fd = 255, .inode = 18446744073709551615U}};
    QVERIFY(sockets->sockets == expected);
}

void tst_ProcFd::thousandsOfSocketsAreListed()
{
    constexpr int Count = 3000; // more than one getdents64() gives
    Quay::Test::FakeProcess process{.pid = 42};
    for (int fd = 0; fd < Count; ++fd) {
        process.sockets.push_back({.fd = fd, .inode = 100000U + static_cast<unsigned>(fd)});
    }
    Quay::Test::FakeProc fake;
    fake.add(process);

    auto sockets = Quay::readSocketFds(fake.open(), 42);

    QVERIFY(sockets.has_value());
    std::ranges::sort(sockets->sockets, {}, &Quay::SocketFd::fd);
    QVERIFY(sockets->sockets == process.sockets);
}

void tst_ProcFd::ownSocketIsFound()
{
    const auto socket = openSocket();

    const auto sockets = Quay::readSocketFds(m_proc, ::getpid());

    QVERIFY(sockets.has_value());
    QCOMPARE(std::ranges::count(sockets->sockets, described(socket)), 1);
    QVERIFY(Quay::openFdCount(m_proc, ::getpid()) == sockets->fdCount - 1); // the one through which they were read
}

void tst_ProcFd::inheritedSocketIsFound()
{
    const auto socket = openSocket();
    const Quay::Test::ForkedChild child;

    const auto sockets = Quay::readSocketFds(m_proc, child.pid());

    QVERIFY(sockets.has_value());
    QCOMPARE(std::ranges::count(sockets->sockets, described(socket)), 1);
}

void tst_ProcFd::descriptorsThatComeAndGoDoNotDisturb()
{
    const auto socket = openSocket();
    const std::jthread churn([](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            const auto first = openSocket();
            const auto second = openSocket();
        }
    });

    for (int i = 0; i < 100; ++i) {
        const auto sockets = Quay::readSocketFds(m_proc, ::getpid());
        QVERIFY(sockets.has_value());
        QVERIFY(std::ranges::contains(sockets->sockets, described(socket)));
    }
}

void tst_ProcFd::zombieHasNoSockets()
{
    const auto socket = openSocket();
    Quay::Test::ForkedChild child;
    child.end();

    const auto sockets = Quay::readSocketFds(m_proc, child.pid());

    QVERIFY(sockets.has_value());
    QVERIFY(sockets->sockets.empty());
}

void tst_ProcFd::socketsOutliveTheMainThread()
{
    const auto socket = openSocket();
    const HeadlessChild child;
    QTRY_COMPARE(Quay::readProcStat(m_proc, child.pid()).value().state, 'Z');

    const auto sockets = Quay::readSocketFds(m_proc, child.pid());

    QVERIFY(sockets.has_value());
    QCOMPARE(std::ranges::count(sockets->sockets, described(socket)), 1);
    QVERIFY(Quay::openFdCount(m_proc, child.pid()).value_or(0) == sockets->fdCount);
}

void tst_ProcFd::vanishedProcessIsGone()
{
    Quay::Test::ForkedChild child;
    child.end();
    child.reap();

    const auto sockets = Quay::readSocketFds(m_proc, child.pid());

    QVERIFY(!sockets);
    QCOMPARE(sockets.error().code, ErrorCode::Gone);
    QVERIFY(sockets.error().subject == std::to_string(child.pid()) + "/fd");
}

void tst_ProcFd::otherUsersProcessIsDenied()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42, .sockets = {{.fd = 3, .inode = 4711}}});
    fake.deny("42/fd");
    const auto proc = fake.open();
    const Quay::Test::Unprivileged user;

    const auto sockets = Quay::readSocketFds(proc, 42);

    QVERIFY(!sockets);
    QVERIFY((sockets.error() == Quay::Error{.code = ErrorCode::Denied, .subject = "42/fd", .sysErrno = EACCES}));
}

void tst_ProcFd::socketIsRecognised()
{
    const auto socket = openSocket();
    const auto own = described(socket);

    const auto same = Quay::isSocketFd(m_proc, ::getpid(), own);
    const auto other = Quay::isSocketFd(m_proc, ::getpid(), {.fd = own.fd, .inode = own.inode + 1});
    const auto noSocket = Quay::isSocketFd(m_proc, ::getpid(), {.fd = m_proc.directory(), .inode = own.inode});

    QVERIFY(same == true);
    QVERIFY(other == false);
    QVERIFY(noSocket == false);
}

void tst_ProcFd::closedDescriptorIsGone()
{
    auto socket = openSocket();
    const auto own = described(socket);
    socket.reset();

    const auto same = Quay::isSocketFd(m_proc, ::getpid(), own);

    QVERIFY(!same);
    QCOMPARE(same.error().code, ErrorCode::Gone);
    QVERIFY(same.error().subject == std::to_string(::getpid()) + "/fd/" + std::to_string(own.fd));
}

void tst_ProcFd::refusedDescriptorIsDenied()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42, .sockets = {{.fd = 3, .inode = 4711}}});
    fake.deny("42/fd");
    const auto proc = fake.open();
    const Quay::Test::Unprivileged user;

    const auto same = Quay::isSocketFd(proc, 42, {.fd = 3, .inode = 4711});

    QVERIFY(!same);
    QCOMPARE(same.error().code, ErrorCode::Denied);
}

void tst_ProcFd::openingOneMoreCountsOneMore()
{
    const auto before = Quay::openFdCount(m_proc, ::getpid());
    if (!before && before.error().code == ErrorCode::Unsupported) {
        QSKIP("this kernel does not count descriptors");
    }
    QVERIFY(before.has_value());

    const auto socket = openSocket();

    QVERIFY(Quay::openFdCount(m_proc, ::getpid()) == *before + 1);
}

void tst_ProcFd::zombieHasNoDescriptors()
{
    if (!Quay::openFdCount(m_proc, ::getpid())) {
        QSKIP("this kernel does not count descriptors");
    }
    Quay::Test::ForkedChild child;
    child.end();

    QVERIFY(Quay::openFdCount(m_proc, child.pid()) == 0U);
}

void tst_ProcFd::kernelThatDoesNotCountIsUnsupported()
{
    Quay::Test::FakeProc fake;
    fake.link("42/fd", "/proc/self/task"); // a directory of size 0, as every fd directory was before 6.2
    fake.link("self", "42");

    const auto count = Quay::openFdCount(fake.open(), 42);

    QVERIFY(!count);
    QVERIFY((count.error() == Quay::Error{.code = ErrorCode::Unsupported, .subject = "42/fd", .sysErrno = ENOSYS}));
}

void tst_ProcFd::countOfAVanishedProcessIsGone()
{
    const Quay::Test::FakeProc fake;

    const auto count = Quay::openFdCount(fake.open(), 42);

    QVERIFY(!count);
    QVERIFY((count.error() == Quay::Error{.code = ErrorCode::Gone, .subject = "42/fd", .sysErrno = ENOENT}));
}

QTEST_GUILESS_MAIN(tst_ProcFd)
#include "tst_procfd.moc"
