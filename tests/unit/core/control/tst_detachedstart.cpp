// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"
#include "core/control/detachedstart.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"

#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using Quay::ErrorCode;
using Quay::StartSpec;

namespace {

StartSpec shell(const std::string &script)
{
    return {.name = "sh",
            .executable = "/bin/sh",
            .arguments = {"sh", "-c", script},
            .directory = "/",
            .environment = {"PATH=/usr/bin:/bin", "QUAY_MARK=it is I"}};
}

} // namespace

class tst_DetachedStart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void programRunsAsItDid();
    void logIsForTheUserAlone();
    void outputIsAppended();
    void logInUseIsLeftAlone();
    void sessionIsItsOwn();
    void noDescriptorOfOursIsLeft();
    void signalsAreAsAShellLeavesThem();
    void failureSaysWhy_data();
    void failureSaysWhy();

private:
    [[nodiscard]] std::string log() const { return m_directory->path().toStdString() + "/logs/a.log"; }
    [[nodiscard]] QString written() const;
    /// Whether everybody who wrote to the log has ended, and not only written.
    [[nodiscard]] bool isLogFree() const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

void tst_DetachedStart::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

QString tst_DetachedStart::written() const
{
    QFile file(QString::fromStdString(log()));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

bool tst_DetachedStart::isLogFree() const
{
    const Quay::UniqueFd file(::open(log().c_str(), O_RDONLY | O_CLOEXEC));
    return file && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0;
}

void tst_DetachedStart::programRunsAsItDid()
{
    auto spec = shell("pwd; echo \"$QUAY_MARK\" >&2; cat; echo end");
    spec.directory = "/usr";

    const auto started = Quay::startDetached(spec, log());

    QVERIFY2(started, started ? "" : started.error().subject.c_str());
    QTRY_COMPARE(written(), QStringLiteral("/usr\nit is I\nend\n")); // there was nothing to read for cat
}

void tst_DetachedStart::logIsForTheUserAlone()
{
    QVERIFY(Quay::startDetached(shell("exit 0"), log()));

    const QFileInfo file(QString::fromStdString(log()));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
}

void tst_DetachedStart::outputIsAppended()
{
    QVERIFY(Quay::startDetached(shell("echo one"), log()));
    QTRY_VERIFY(isLogFree());

    QVERIFY(Quay::startDetached(shell("echo two"), log()));

    QTRY_COMPARE(written(), QStringLiteral("one\ntwo\n"));
}

void tst_DetachedStart::logInUseIsLeftAlone()
{
    const auto first = Quay::startDetached(shell("exec sleep 600"), log());
    QVERIFY(first);
    const auto handle = Quay::PidFd::open(*first);
    QVERIFY(handle);

    const auto second = Quay::startDetached(shell("echo two"), log());
    QVERIFY(handle->signal(SIGKILL));

    QVERIFY(!second);
    QCOMPARE(second.error().sysErrno, EAGAIN);
    QCOMPARE(second.error().subject, log());
    QTRY_VERIFY(isLogFree());
    QCOMPARE(written(), QString());
}

void tst_DetachedStart::sessionIsItsOwn()
{
    const auto started = Quay::startDetached(
        {.name = "sleep", .executable = "/bin/sleep", .arguments = {"sleep", "600"}, .directory = "/"}, log());
    QVERIFY(started);
    const auto handle = Quay::PidFd::open(*started);
    QVERIFY(handle);

    const auto stat = Quay::readProcStat(Quay::ProcFs::open().value(), *started);
    QVERIFY(handle->signal(SIGKILL));

    QVERIFY(stat);
    QCOMPARE(stat->session, *started);
    QVERIFY(stat->parentPid != ::getpid());
}

void tst_DetachedStart::noDescriptorOfOursIsLeft()
{
    constexpr int Leak = 77;
    QCOMPARE(::dup2(STDIN_FILENO, Leak), Leak); // without FD_CLOEXEC

    QVERIFY(Quay::startDetached(shell("[ -e /proc/self/fd/77 ] && echo leaked; echo end"), log()));
    ::close(Leak);

    QTRY_COMPARE(written(), QStringLiteral("end\n"));
}

void tst_DetachedStart::signalsAreAsAShellLeavesThem()
{
    sigset_t blocked;
    sigset_t before;
    ::sigemptyset(&blocked);
    ::sigaddset(&blocked, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
    std::signal(SIGPIPE, SIG_IGN);

    const auto started = Quay::startDetached(shell("exec grep -E 'Sig(Blk|Ign)' /proc/self/status"), log());
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    std::signal(SIGPIPE, SIG_DFL);

    QVERIFY(started);
    QTRY_COMPARE(written(), QStringLiteral("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n"));
}

void tst_DetachedStart::failureSaysWhy_data()
{
    QTest::addColumn<StartSpec>("spec");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<std::string>("subject");
    const auto row = [](const char *name, const StartSpec &spec, ErrorCode code, const std::string &subject) {
        QTest::addRow("%s", name) << spec << code << subject;
    };
    auto noProgram = shell("exit 0");
    noProgram.executable = "/nonexistent/program";
    row("no program", noProgram, ErrorCode::Gone, "/nonexistent/program");
    auto noProgramFile = shell("exit 0");
    noProgramFile.executable = "/etc/passwd";
    row("no program file", noProgramFile, ErrorCode::Denied, "/etc/passwd");
    auto noDirectory = shell("exit 0");
    noDirectory.directory = "/nonexistent";
    row("no directory", noDirectory, ErrorCode::Gone, "/nonexistent");
}

void tst_DetachedStart::failureSaysWhy()
{
    QFETCH(const StartSpec, spec);
    QFETCH(const ErrorCode, code);
    QFETCH(const std::string, subject);

    const auto started = Quay::startDetached(spec, log());

    QVERIFY(!started);
    QCOMPARE(started.error().code, code);
    QCOMPARE(started.error().subject, subject);
    QVERIFY(started.error().sysErrno != 0);
}

QTEST_GUILESS_MAIN(tst_DetachedStart)
#include "tst_detachedstart.moc"
