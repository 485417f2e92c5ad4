// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/livelook.h"
#include "tests/support/clientsocket.h"
#include "tests/support/enclosure.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/realsystemd.h"
#include "tests/support/testserver.h"

#include <QObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>
#include <string>

using Quay::BusKind;
using Quay::Test::connectTo;
using Quay::Test::Finished;
using Quay::Test::RealSystemd;
using Quay::Test::why;

namespace {

constexpr int LongEnoughMs = 30'000;
// Of a network that nobody else is in.
constexpr std::uint16_t Port = 48'000;
constexpr std::uint16_t OtherPort = 48'001;

} // namespace

/// The program `quay` and systemd itself: of a machine, as pid 1, and of a user.
class tst_QuayUnits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void killedServiceCameBack_data() { kinds(); }
    void killedServiceCameBack();
    void unitIsStopped_data() { kinds(); }
    void unitIsStopped();
    void socketThatWouldStartItAgainIsStoppedToo_data() { kinds(); }
    void socketThatWouldStartItAgainIsStoppedToo();
    void socketThatNobodyServesLeavesSystemdAlone_data() { kinds(); }
    void socketThatNobodyServesLeavesSystemdAlone();
    void serviceThatEndsUncleanlyIsNoObstacle_data() { kinds(); }
    void serviceThatEndsUncleanlyIsNoObstacle();

private:
    static void kinds();
    /// Starts systemd with @p units, and waits until one of them answers on @p port.
    void boot(const std::map<std::string, std::string> &units, std::uint16_t port = Port);
    [[nodiscard]] Finished free(const QStringList &options) const;
    [[nodiscard]] Finished freeOnce(const QStringList &options) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::optional<RealSystemd> m_systemd;
};

namespace {

std::string serverUnit(std::uint16_t port = Port, const std::string &mode = "listen", const std::string &more = {})
{
    return "[Service]\nExecStart=\"" + Quay::Test::programPath("testserver") + "\" " + mode + " --port "
        + std::to_string(port) + "\nRestart=always\nRestartSec=20ms\n" + more;
}

/// It serves the socket that systemd has opened.
std::string socketServerUnit()
{
    return "[Service]\nStandardInput=null\nExecStart=\"" + Quay::Test::programPath("testserver") + "\" hold\n";
}

} // namespace

void tst_QuayUnits::initTestCase()
{
    const auto left = Quay::Test::leaveNetwork();
    if (!left) {
        QSKIP(qPrintable(QStringLiteral("This machine does not give us ") + QLatin1StringView(why(left))));
    }
}

void tst_QuayUnits::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void tst_QuayUnits::cleanup()
{
    m_systemd.reset();
}

void tst_QuayUnits::kinds()
{
    QTest::addColumn<BusKind>("kind");
    QTest::newRow("machine") << BusKind::System;
    QTest::newRow("user") << BusKind::User;
}

void tst_QuayUnits::boot(const std::map<std::string, std::string> &units, std::uint16_t port)
{
    QFETCH(const BusKind, kind);
    auto started = RealSystemd::start(kind, m_directory->path().toStdString(), units);
    if (!started && started.error().code == Quay::ErrorCode::Unsupported) {
        QSKIP(qPrintable(QStringLiteral("This machine does not give us ") + QLatin1StringView(why(started))));
    }
    QVERIFY2(started, why(started));
    m_systemd.emplace(*std::move(started));
    QTRY_VERIFY2_WITH_TIMEOUT(connectTo(port), qPrintable(m_directory->path()), LongEnoughMs);
    QTRY_VERIFY_WITH_TIMEOUT(m_systemd->answers(), LongEnoughMs);
}

/// What is still being started has helpers that hold the port for a moment: whoever reads the plan sees that, and asks
/// again.
Finished tst_QuayUnits::free(const QStringList &options) const
{
    constexpr int Attempts = 5;
    Finished quay = freeOnce(options);
    for (int i = 1; i < Attempts && quay.err.contains("has ended in the meantime. Nothing was done."); ++i) {
        quay = freeOnce(options);
    }
    return quay;
}

Finished tst_QuayUnits::freeOnce(const QStringList &options) const
{
    QFETCH(const BusKind, kind);
    QProcess quay;
    auto environment = Quay::Test::environmentIn(m_directory->path());
    environment.insert(kind == BusKind::System ? QStringLiteral("DBUS_SYSTEM_BUS_ADDRESS")
                                               : QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                       QString::fromStdString(m_systemd->busAddress()));
    quay.setProcessEnvironment(environment);
    quay.start(QString::fromStdString(Quay::Test::programPath("quay")),
               QStringList{QStringLiteral("free"), QString::number(Port)} + options);
    return Quay::Test::finish(quay);
}

void tst_QuayUnits::killedServiceCameBack()
{
    boot({{"app.service", serverUnit()}});
    if (!m_systemd) {
        return;
    }

    const Finished quay = free({QStringLiteral("--force"), QStringLiteral("--yes")});

    QCOMPARE(quay.exitCode, 1);
    QVERIFY2(quay.err.contains("systemd may start it again: it belongs to app.service."), quay.err.constData());
    QVERIFY2(quay.err.contains("Port 48000 was free and came back: "), quay.err.constData());
    QVERIFY2(quay.err.contains(" for the unit app.service."), quay.err.constData());
    QTRY_VERIFY(connectTo(Port));
}

void tst_QuayUnits::unitIsStopped()
{
    boot({{"app.service", serverUnit()}});
    if (!m_systemd) {
        return;
    }

    const Finished quay = free({QStringLiteral("--stop-manager"), QStringLiteral("--yes")});

    QVERIFY2(quay.exitCode == 0, quay.err.constData());
    QVERIFY2(quay.err.contains("app.service is started again by itself (always)"), quay.err.constData());
    QVERIFY2(quay.out.startsWith("The unit app.service was stopped.\n"), quay.out.constData());
    QVERIFY2(quay.out.endsWith("Port 48000 is free.\n"), quay.out.constData());
    QVERIFY(!connectTo(Port));
}

void tst_QuayUnits::socketThatWouldStartItAgainIsStoppedToo()
{
    boot({{"app.socket", "[Socket]\nListenStream=127.0.0.1:48000\n"},
          {"app.service", "Requires=app.socket\n" + socketServerUnit()}});
    if (!m_systemd) {
        return;
    }

    const Finished quay = free({QStringLiteral("--stop-manager"), QStringLiteral("--yes")});

    QVERIFY2(quay.exitCode == 0, quay.err.constData());
    QVERIFY2(quay.err.contains(" stays: holds the port for a unit that it starts on demand"), quay.err.constData());
    QVERIFY2(quay.out.startsWith("The unit app.service was stopped, and app.socket with it.\n"), quay.out.constData());
    QVERIFY2(quay.out.endsWith("Port 48000 is free.\n"), quay.out.constData());
    QVERIFY(!connectTo(Port));
}

void tst_QuayUnits::socketThatNobodyServesLeavesSystemdAlone()
{
    // Nobody may connect to see whether it is there: that would start the service.
    boot({{"app.socket", "[Socket]\nListenStream=127.0.0.1:48000\n"},
          {"later.service", "After=app.socket\n" + serverUnit(OtherPort)},
          {"app.service", socketServerUnit()}},
         OtherPort);
    if (!m_systemd) {
        return;
    }

    const Finished quay = free({QStringLiteral("--force"), QStringLiteral("--yes")});

    QCOMPARE(quay.exitCode, 1);
    QVERIFY2(quay.err.contains(" stays: holds the port for a unit that it starts on demand"), quay.err.constData());
    QVERIFY(connectTo(Port));
    QVERIFY(connectTo(OtherPort));
}

void tst_QuayUnits::serviceThatEndsUncleanlyIsNoObstacle()
{
    boot({{"app.service", serverUnit(Port, "deaf", "TimeoutStopSec=200ms\n")}}); // systemd has to kill it
    if (!m_systemd) {
        return;
    }

    const Finished quay = free({QStringLiteral("--stop-manager"), QStringLiteral("--yes")});

    QVERIFY2(quay.exitCode == 0, quay.err.constData());
    QVERIFY2(quay.out.endsWith("Port 48000 is free.\n"), quay.out.constData());
    QVERIFY(!connectTo(Port));
}

QTEST_GUILESS_MAIN(tst_QuayUnits)
#include "tst_quayunits.moc"
