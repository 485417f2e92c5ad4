// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/ports/listener.h"
#include "core/ports/portmonitor.h"
#include "core/ports/portsnapshot.h"
#include "core/processes/processinfo.h"
#include "tests/support/fakemachine.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

constexpr pid_t Leaving = 105;
constexpr std::string_view LeavingPrefix = "105/";
constexpr pid_t Staying = 200;

/// A file of the process that leaves.
enum class LeavingFile : std::uint8_t
{
    None, ///< It is no such file.
    Stat,
    Cmdline,
    Other,
};

// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables): what the system calls below share with the test
/// Called before each look at a file, while it is set.
std::function<void()> g_beforeRead;
/// Which descriptors are files of the process that leaves.
constinit std::array<LeavingFile, 1024> g_files{};
constinit bool g_hasLeft = false;
/// Of which of its files the reader was told that it had left, though they could be opened.
constinit bool g_endedStat = false;
constinit bool g_endedCmdline = false;
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

void aboutToRead()
{
    if (g_beforeRead) {
        const auto hook = std::exchange(g_beforeRead, nullptr); // what it does itself is not counted
        hook();
        g_beforeRead = hook;
    }
}

LeavingFile leavingFile(std::string_view path)
{
    if (!path.starts_with(LeavingPrefix)) {
        return LeavingFile::None;
    }
    path.remove_prefix(LeavingPrefix.size());
    if (path == "stat") {
        return LeavingFile::Stat;
    }
    return path == "cmdline" ? LeavingFile::Cmdline : LeavingFile::Other;
}

/// Whether @p fd is a file of the process that has left: its reader is told what /proc tells, ESRCH.
bool hasNothingToRead(int fd)
{
    const auto file = fd < 0 || static_cast<std::size_t>(fd) >= g_files.size() ? LeavingFile::None
                                                                               : g_files[static_cast<std::size_t>(fd)];
    if (file == LeavingFile::None) {
        return false;
    }
    aboutToRead();
    if (g_hasLeft) {
        g_endedStat = g_endedStat || file == LeavingFile::Stat;
        g_endedCmdline = g_endedCmdline || file == LeavingFile::Cmdline;
        errno = ESRCH;
    }
    return g_hasLeft;
}

template<typename Function>
Function *next(const char *name)
{
    return reinterpret_cast<Function *>(::dlsym(RTLD_NEXT, name));
}

} // namespace

// The system calls with which core/kernel looks at /proc: defined here they come before those of the C library.
extern "C" {

int openat(int directory, const char *path, int flags, ...) // NOLINT(cert-dcl50-cpp): as fcntl.h has it
{
    aboutToRead();
    static auto *const real = next<int(int, const char *, int, ...)>("openat");
    constexpr mode_t OwnersAlone = 0600; // looked at only where a file is made
    const int fd = real(directory, path, flags, OwnersAlone);
    if (fd >= 0 && static_cast<std::size_t>(fd) < g_files.size()) {
        g_files[static_cast<std::size_t>(fd)] = leavingFile(path);
    }
    return fd;
}

ssize_t read(int fd, void *buffer, size_t size)
{
    static auto *const real = next<ssize_t(int, void *, size_t)>("read");
    return hasNothingToRead(fd) ? -1 : real(fd, buffer, size);
}

ssize_t pread(int fd, void *buffer, size_t size, off_t offset)
{
    static auto *const real = next<ssize_t(int, void *, size_t, off_t)>("pread");
    return hasNothingToRead(fd) ? -1 : real(fd, buffer, size, offset);
}

ssize_t pread64(int fd, void *buffer, size_t size, off64_t offset)
{
    static auto *const real = next<ssize_t(int, void *, size_t, off64_t)>("pread64");
    return hasNothingToRead(fd) ? -1 : real(fd, buffer, size, offset);
}

ssize_t getdents64(int fd, void *buffer, size_t size) noexcept
{
    static auto *const real = next<ssize_t(int, void *, size_t)>("getdents64");
    return hasNothingToRead(fd) ? -1 : real(fd, buffer, size);
}

int fstatat(int directory, const char *path, struct stat *status, int flags) noexcept
{
    aboutToRead();
    static auto *const real = next<int(int, const char *, struct stat *, int)>("fstatat");
    return real(directory, path, status, flags);
}

ssize_t readlinkat(int directory, const char *path, char *buffer, size_t size) noexcept
{
    aboutToRead();
    static auto *const real = next<ssize_t(int, const char *, char *, size_t)>("readlinkat");
    return real(directory, path, buffer, size);
}
}

using Quay::PortMonitor;
using Quay::Test::FakeMachine;
using Quay::Test::FakeProcess;

namespace {

/// Counts what is read, and has the n-th reading come too late.
class Countdown
{
public:
    Countdown(FakeMachine &machine, int readings)
        : m_machine(machine)
        , m_left(readings)
    {
        g_hasLeft = false;
        g_beforeRead = [this] { count(); };
    }
    Countdown(const Countdown &) = delete;
    Countdown &operator=(const Countdown &) = delete;
    ~Countdown()
    {
        g_beforeRead = nullptr;
        g_hasLeft = false;
    }

    void count()
    {
        if (--m_left == 0) {
            const auto hook = std::exchange(g_beforeRead, nullptr);
            m_machine.end(Leaving);
            g_hasLeft = true;
            g_beforeRead = hook;
        }
    }
    [[nodiscard]] bool hasCome() const { return m_left <= 0; }

private:
    FakeMachine &m_machine;
    int m_left;
};

} // namespace

/// A process ends between any two readings of a look. Which ones is not left to chance: it ends before each in turn.
class tst_Vanishing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void processIsWholeOrNotThere_data();
    void processIsWholeOrNotThere();

private:
    [[nodiscard]] FakeProcess leaving() const
    {
        return {.pid = Leaving,
                .comm = "leaving",
                .parentPid = Staying,
                .startTicks = 700,
                .uid = m_uid,
                .arguments = {"leaving", "--soon"},
                .sockets = {{.fd = 4, .inode = 900}, {.fd = 5, .inode = 901}}};
    }
    [[nodiscard]] bool isWhole(const Quay::ProcessInfo &process) const
    {
        return process.id == Quay::ProcessId{.pid = Leaving, .startTicks = 700} && process.name == "leaving"
            && process.uid == m_uid && process.arguments == std::vector<std::string>{"leaving", "--soon"}
        && process.parentPid == Staying;
    }
    /// Empty when all is well.
    [[nodiscard]] std::string wrongIn(const Quay::PortSnapshot &snapshot) const;
    [[nodiscard]] static std::string traceIn(const Quay::PortSnapshot &snapshot);

    uid_t m_uid = ::getuid() == 0 ? 1000 : ::getuid();
};

std::string tst_Vanishing::wrongIn(const Quay::PortSnapshot &snapshot) const
{
    for (const auto &process : snapshot.processes) {
        if (process->id.pid == Leaving && !isWhole(*process)) {
            return "half a process in the table";
        }
    }
    for (const auto &listener : snapshot.listeners) {
        for (const auto &owner : listener->owners) {
            if (owner.process->id.pid == Leaving && !isWhole(*owner.process)) {
                return "half a process as owner";
            }
            if (!owner.profile) {
                return "an owner without profile";
            }
        }
        if (listener->socket.inode == 900 && !std::ranges::contains(listener->owners, Staying, [](const auto &owner) {
                return owner.process->id.pid;
            })) {
            return "the owner that stays is not there";
        }
    }
    return {};
}

/// What is left of the process that ended.
std::string tst_Vanishing::traceIn(const Quay::PortSnapshot &snapshot)
{
    const auto isGone = [](const Quay::ProcessInfoPtr &process) { return process->id.pid != Leaving; };
    if (!std::ranges::all_of(snapshot.processes, isGone)) {
        return "it is still in the table";
    }
    for (const auto &listener : snapshot.listeners) {
        if (!std::ranges::all_of(listener->owners, isGone, &Quay::Owner::process)) {
            return "it still owns " + std::to_string(listener->socket.localPort);
        }
    }
    return snapshot.processCount == 2 ? std::string() : "it is still counted";
}

void tst_Vanishing::processIsWholeOrNotThere_data()
{
    QTest::addColumn<bool>("wasKnown");
    QTest::addColumn<bool>("processes");
    QTest::addRow("new, owners") << false << false;
    QTest::addRow("new, all processes") << false << true;
    QTest::addRow("known, owners") << true << false;
    QTest::addRow("known, all processes") << true << true;
}

void tst_Vanishing::processIsWholeOrNotThere()
{
    using namespace std::chrono_literals;
    QFETCH(const bool, wasKnown);
    QFETCH(const bool, processes);
    const Quay::LookOptions options{.processes = processes};
    bool hasCome = true;
    int readings = 0;
    g_endedStat = false;
    g_endedCmdline = false;
    while (hasCome) {
        FakeMachine machine;
        machine.start({.pid = Staying, .comm = "staying", .sockets = {{.fd = 3, .inode = 900}}});
        machine.listen(900, 3000, m_uid);
        machine.listen(901, 4000, m_uid);
        machine.start(leaving());
        Countdown *countdown = nullptr;
        auto sources = machine.sources();
        sources.cpuClock = [&countdown, clock = machine.cpuClock()](pid_t pid) {
            if (countdown != nullptr) {
                countdown->count();
            }
            return clock(pid);
        };
        const auto monitor = PortMonitor::open(std::move(sources));
        QVERIFY(monitor);
        if (wasKnown) {
            QVERIFY((*monitor)->look(options));
            machine.clock().advance(1s);
            machine.start(leaving()); // it ran, so it is read again
        }
        ++readings;

        Countdown counting(machine, readings);
        countdown = &counting;
        const auto during = (*monitor)->look(options);
        const auto verified = (*monitor)->verifyAllOwners();
        countdown = nullptr;
        hasCome = counting.hasCome();
        machine.end(Leaving);
        machine.clock().advance(1s);
        const auto after = (*monitor)->look({.processes = processes});
        const auto swept = (*monitor)->verifyAllOwners();

        const std::string where = "reading " + std::to_string(readings) + ": ";
        QVERIFY(during);
        QVERIFY2(wrongIn(**during).empty(), (where + wrongIn(**during)).c_str());
        QVERIFY2(wrongIn(*verified).empty(), (where + wrongIn(*verified)).c_str());
        QVERIFY(after);
        QVERIFY2(wrongIn(**after).empty(), (where + wrongIn(**after)).c_str());
        QVERIFY2(traceIn(*swept).empty(), (where + traceIn(*swept)).c_str());
    }
    QVERIFY2(readings > 30, std::to_string(readings).c_str()); // else the readings are not counted
    QVERIFY(g_endedStat); // after it was opened
    QVERIFY(g_endedCmdline);
    qInfo("%d readings", readings - 1);
}

QTEST_GUILESS_MAIN(tst_Vanishing)
#include "tst_vanishing.moc"
