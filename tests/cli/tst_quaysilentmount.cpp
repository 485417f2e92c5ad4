// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/pidfd.h"
#include "core/kernel/remotemounts.h"
#include "core/ports/portmonitor.h"
#include "tests/live/livelook.h"
#include "tests/support/fakeclock.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/silentmount.h"
#include "tests/support/testserver.h"

#include <QByteArray>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using Quay::OwnerProfile;
using Quay::PortMonitor;
using Quay::Test::Finished;
using Quay::Test::TestServer;
using Quay::Test::why;

/// A server runs in a directory whose file system does not answer any more. Everything else about it is to be had all
/// the same.
class tst_QuaySilentMount : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void whatWasKnownStays();
    void ownerIsFoundWithoutItsProject();
    void portIsFreed();
    void homeMayBeSilentToo();
    void mountIsNoticedToBeGone();

private:
    [[nodiscard]] std::optional<OwnerProfile> profileIn(PortMonitor &monitor) const;
    [[nodiscard]] Finished quay(const QStringList &words) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Quay::Test::SilentMount> m_mount;
    std::optional<TestServer> m_server;
};

void tst_QuaySilentMount::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    const QString work = QDir(m_directory->path()).canonicalPath() + QStringLiteral("/work");
    QVERIFY(QDir().mkpath(work));
    m_mount = std::make_unique<Quay::Test::SilentMount>(work.toStdString());
    if (!m_mount->isMounted()) {
        QSKIP("only root can mount, and not in every container");
    }
    auto server = TestServer::start({"listen"}, work.toStdString());
    QVERIFY2(server, why(server));
    m_server.emplace(*std::move(server));
}

void tst_QuaySilentMount::cleanup()
{
    m_server.reset();
    m_mount.reset();
    m_directory.reset();
}

std::optional<OwnerProfile> tst_QuaySilentMount::profileIn(PortMonitor &monitor) const
{
    const auto snapshot = monitor.look({.allOwners = true});
    const auto listener = snapshot ? Quay::Test::listenerOn(**snapshot, m_server->port()) : nullptr;
    return listener && !listener->owners.empty() ? std::optional(*listener->owners.front().profile) : std::nullopt;
}

Finished tst_QuaySilentMount::quay(const QStringList &words) const
{
    QProcess process;
    auto environment = Quay::Test::environmentIn(m_directory->path());
    environment.insert(QStringLiteral("HOME"), m_directory->filePath(QStringLiteral("work")));
    // Of a build with sanitizers: the search for leaks would wait for the thread that waits for the mount.
    environment.insert(QStringLiteral("ASAN_OPTIONS"),
                       environment.value(QStringLiteral("ASAN_OPTIONS")) + QStringLiteral(":detect_leaks=0"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(QUAY_BIN_DIR "/quay"), words);
    return Quay::Test::finish(process);
}

void tst_QuaySilentMount::whatWasKnownStays()
{
    Quay::Test::FakeClock clock;
    auto monitor = PortMonitor::open({.clock = &clock});
    QVERIFY2(monitor, why(monitor));
    std::optional<OwnerProfile> before;
    QTRY_VERIFY((before = profileIn(**monitor)) && !before->isDirectorySilent);

    m_mount->fallSilent();

    for (int second = 0; second < 20; ++second) { // each owner has its turn to be looked at again
        clock.advance(std::chrono::seconds(1));
        QVERIFY(profileIn(**monitor) == before);
    }
}

void tst_QuaySilentMount::ownerIsFoundWithoutItsProject()
{
    m_mount->fallSilent();
    auto monitor = PortMonitor::open();
    QVERIFY2(monitor, why(monitor));

    const auto profile = profileIn(**monitor);

    QVERIFY(profile);
    QVERIFY(profile->isDirectorySilent);
    QVERIFY(profile->workingDirectory.has_value());
    QVERIFY(!profile->project);
}

void tst_QuaySilentMount::portIsFreed()
{
    const auto handle = Quay::PidFd::open(m_server->pid());
    QVERIFY(handle);
    m_mount->fallSilent();

    const auto freed = quay({QStringLiteral("free"), QString::number(m_server->port()), QStringLiteral("--json")});

    QVERIFY2(freed.exitCode == 0, freed.err.constData());
    QVERIFY(QJsonDocument::fromJson(freed.out).object().value(QStringLiteral("isSuccess")).toBool());
    QVERIFY(handle->hasEnded().value());
}

void tst_QuaySilentMount::homeMayBeSilentToo()
{
    m_mount->fallSilent();

    const auto seen = quay({QStringLiteral("ports"), QString::number(m_server->port()), QStringLiteral("--json")});

    QVERIFY2(seen.exitCode == 0, seen.err.constData());
    QVERIFY2(seen.out.contains(QByteArray("\"pid\": " + QByteArray::number(m_server->pid()))), seen.out.constData());
}

void tst_QuaySilentMount::mountIsNoticedToBeGone()
{
    const std::string work = QDir(m_directory->path()).canonicalPath().toStdString() + "/work";
    Quay::RemoteMounts mounts("/proc/self/mountinfo");
    QVERIFY(mounts.above(work));

    m_server.reset();
    m_mount.reset();

    QVERIFY(!mounts.above(work));
}

QTEST_GUILESS_MAIN(tst_QuaySilentMount)
#include "tst_quaysilentmount.moc"
