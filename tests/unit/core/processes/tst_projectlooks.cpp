// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/project.h"
#include "core/processes/projectlooks.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

using Quay::Project;
using Quay::ProjectLooks;
using Quay::ProjectPtr;
using namespace std::chrono_literals;

namespace {

/// Looks for as long as it is held.
class Gate
{
public:
    void hold() { set(true); }
    void open() { set(false); }
    void pass()
    {
        std::unique_lock lock(m_mutex);
        ++m_arrived;
        m_changed.wait(lock, [this] { return !m_isHeld; });
    }
    [[nodiscard]] int arrived()
    {
        const std::scoped_lock lock(m_mutex);
        return m_arrived;
    }

private:
    void set(bool isHeld)
    {
        const std::scoped_lock lock(m_mutex);
        m_isHeld = isHeld;
        m_changed.notify_all();
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isHeld = false;
    int m_arrived = 0;
};

} // namespace

class tst_ProjectLooks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void hereItIsLookedAtAtOnce();
    void thereItIsLookedAtAside();
    void silentMountIsAskedOnce();
    void otherMountsAreAskedAllTheSame();
    void lastAnswerStays();
    void whoCameBackIsAskedAgain();
    void stopEndsTheWaiting();

private:
    [[nodiscard]] ProjectLooks looks(std::chrono::milliseconds patience);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::shared_ptr<Gate> m_gate;
    std::shared_ptr<std::atomic<std::thread::id>> m_thread; ///< That looked last.
};

void tst_ProjectLooks::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QFile table(m_directory->filePath(QStringLiteral("mountinfo")));
    QVERIFY(table.open(QIODevice::WriteOnly));
    table.write("41 21 0:50 / /net rw - nfs4 server:/ rw\n42 21 0:51 / /other rw - fuse.sshfs me@there: rw\n");
    m_gate = std::make_shared<Gate>();
    m_thread = std::make_shared<std::atomic<std::thread::id>>();
}

/// The name of a project is its directory. What is below `/net` passes the gate.
ProjectLooks tst_ProjectLooks::looks(std::chrono::milliseconds patience)
{
    const auto look = [gate = m_gate, thread = m_thread](const std::string &directory) -> ProjectPtr {
        *thread = std::this_thread::get_id();
        if (directory.starts_with("/net/")) {
            gate->pass();
        }
        Project project;
        project.name = directory;
        return std::make_shared<const Project>(project);
    };
    return {[look] { return look; }, m_directory->filePath(QStringLiteral("mountinfo")).toStdString(), patience};
}

void tst_ProjectLooks::hereItIsLookedAtAtOnce()
{
    auto looks = this->looks(1h);

    const auto project = looks.find("/home/me");

    QVERIFY(project && *project && (*project)->name == "/home/me");
    QVERIFY(m_thread->load() == std::this_thread::get_id());
}

void tst_ProjectLooks::thereItIsLookedAtAside()
{
    auto looks = this->looks(1h);

    const auto project = looks.find("/net/me");

    QVERIFY(project && *project && (*project)->name == "/net/me");
    QVERIFY(m_thread->load() != std::this_thread::get_id());
}

void tst_ProjectLooks::silentMountIsAskedOnce()
{
    auto looks = this->looks(50ms);
    m_gate->hold();

    QVERIFY(!looks.find("/net/me"));
    QTRY_COMPARE(m_gate->arrived(), 1);
    QVERIFY(!looks.find("/net/you"));

    QCOMPARE(m_gate->arrived(), 1);
    m_gate->open();
}

void tst_ProjectLooks::otherMountsAreAskedAllTheSame()
{
    auto looks = this->looks(1ms);
    m_gate->hold();
    QVERIFY(!looks.find("/net/me"));

    QTRY_VERIFY(looks.find("/other/me"));
    QVERIFY(looks.find("/home/me"));

    m_gate->open();
}

void tst_ProjectLooks::lastAnswerStays()
{
    auto looks = this->looks(1ms);
    QTRY_VERIFY(looks.find("/net/me"));
    m_gate->hold();

    QVERIFY(looks.find("/net/me"));

    m_gate->open();
}

void tst_ProjectLooks::whoCameBackIsAskedAgain()
{
    auto looks = this->looks(1ms);
    m_gate->hold();
    QVERIFY(!looks.find("/net/me"));

    m_gate->open();

    QTRY_VERIFY(looks.find("/net/you"));
    QVERIFY(looks.find("/net/me"));
}

/// The window does not close later for it.
void tst_ProjectLooks::stopEndsTheWaiting()
{
    auto looks = this->looks(1h);
    std::stop_source stop;
    looks.setStopToken(stop.get_token());
    stop.request_stop();
    m_gate->hold();

    QVERIFY(!looks.find("/net/me"));

    m_gate->open();
}

QTEST_APPLESS_MAIN(tst_ProjectLooks)
#include "tst_projectlooks.moc"
