// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/pidfd.h"
#include "tests/live/livelook.h"
#include "tests/support/clientsocket.h"
#include "tests/support/enclosure.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/realcontainers.h"
#include "tests/support/testserver.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

using Quay::Test::connectTo;
using Quay::Test::ContainerEngine;
using Quay::Test::Finished;
using Quay::Test::RealContainers;
using Quay::Test::why;

namespace {

constexpr std::uint16_t Port = 48'000; // of a network that nobody else is in

} // namespace

/// The program `quay` with Docker and Podman themselves.
class tst_QuayContainers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void killedServerCameBack_data() { engines(); }
    void killedServerCameBack();
    void containerIsStopped_data() { engines(); }
    void containerIsStopped();
    void whoHoldsAPublishedPortIsNeverSignalled_data() { engines(); }
    void whoHoldsAPublishedPortIsNeverSignalled();

private:
    static void engines();
    /// Starts the engine with a server in the container `web`, on Port.
    void serve(bool isPublished);
    [[nodiscard]] Finished free(const QStringList &options) const;
    /// Everybody who holds Port, as `quay ports` says.
    [[nodiscard]] pid_t holder() const;
    [[nodiscard]] Finished run(const QStringList &words) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::optional<RealContainers> m_containers;
};

void tst_QuayContainers::initTestCase()
{
    const auto left = Quay::Test::leaveNetwork();
    if (!left) {
        QSKIP(qPrintable(QStringLiteral("This machine does not give us ") + QLatin1StringView(why(left))));
    }
}

void tst_QuayContainers::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void tst_QuayContainers::cleanup()
{
    m_containers.reset();
}

void tst_QuayContainers::engines()
{
    QTest::addColumn<ContainerEngine>("engine");
    QTest::newRow("Docker") << ContainerEngine::Docker;
    QTest::newRow("Podman") << ContainerEngine::Podman;
}

void tst_QuayContainers::serve(bool isPublished)
{
    QFETCH(const ContainerEngine, engine);
    auto started = RealContainers::start(engine, m_directory->path().toStdString());
    if (!started && started.error().code == Quay::ErrorCode::Unsupported) {
        QSKIP(qPrintable(QStringLiteral("This machine does not give us ") + QLatin1StringView(why(started))));
    }
    QVERIFY2(started, why(started));
    m_containers.emplace(*std::move(started));
    const auto ran = m_containers->run({.name = "web", .port = Port, .isPublished = isPublished});
    QVERIFY2(ran, why(ran));
}

Finished tst_QuayContainers::run(const QStringList &words) const
{
    QProcess quay;
    auto environment = Quay::Test::environmentIn(m_directory->path());
    environment.insert(QStringLiteral("DOCKER_HOST"),
                       QString(QStringLiteral("unix://") + QString::fromStdString(m_containers->socket())));
    quay.setProcessEnvironment(environment);
    quay.start(QString::fromStdString(Quay::Test::programPath("quay")), words);
    return Quay::Test::finish(quay);
}

Finished tst_QuayContainers::free(const QStringList &options) const
{
    // The server is pid 1 of its container, which hears no SIGTERM: a short grace spares the test five seconds.
    return run(
        QStringList{QStringLiteral("free"), QString::number(Port), QStringLiteral("--grace"), QStringLiteral("1s")}
        + options);
}

pid_t tst_QuayContainers::holder() const
{
    const Finished quay = run({QStringLiteral("ports"), QString::number(Port), QStringLiteral("--json")});
    const auto listeners = QJsonDocument::fromJson(quay.out).object().value(QLatin1StringView("listeners")).toArray();
    const auto owners = listeners.at(0).toObject().value(QLatin1StringView("owners")).toArray();
    return owners.size() == 1 ? owners.at(0).toObject().value(QLatin1StringView("pid")).toInt() : 0;
}

void tst_QuayContainers::killedServerCameBack()
{
    serve(false);
    if (!m_containers) {
        return;
    }

    const Finished quay =
        run({QStringLiteral("free"), QString::number(Port), QStringLiteral("--force"), QStringLiteral("--yes")});

    QCOMPARE(quay.exitCode, 1);
    QVERIFY2(quay.err.contains("It runs in the container "), quay.err.constData());
    QVERIFY2(quay.err.contains("Port 48000 was free and came back: "), quay.err.constData());
    QVERIFY2(quay.err.contains(" in the container "), quay.err.constData());
}

void tst_QuayContainers::containerIsStopped()
{
    serve(false);
    if (!m_containers) {
        return;
    }

    const Finished quay = free({QStringLiteral("--stop-manager"), QStringLiteral("--yes")});

    QVERIFY2(quay.exitCode == 0, quay.err.constData());
    QVERIFY2(quay.err.contains("web is started again by itself (always)"), quay.err.constData());
    QVERIFY2(quay.out.startsWith("The container web was stopped.\n"), quay.out.constData());
    QVERIFY2(quay.out.endsWith("Port 48000 is free.\n"), quay.out.constData());
    QVERIFY(!connectTo(Port));
}

void tst_QuayContainers::whoHoldsAPublishedPortIsNeverSignalled()
{
    serve(true);
    if (!m_containers) {
        return;
    }
    const auto proxy = Quay::PidFd::open(holder());
    QVERIFY2(proxy, why(proxy));

    const Finished refused = free({QStringLiteral("--force"), QStringLiteral("--yes")});

    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.err.contains("stays: holds ports for a container only"), refused.err.constData());
    QVERIFY(!proxy->hasEnded().value());
    QVERIFY(connectTo(Port));

    const Finished stopped = free({QStringLiteral("--stop-manager"), QStringLiteral("--yes")});

    QVERIFY2(stopped.exitCode == 0, stopped.err.constData());
    QVERIFY2(stopped.out.startsWith("The container web was stopped.\n"), stopped.out.constData());
    QVERIFY2(stopped.out.endsWith("Port 48000 is free.\n"), stopped.out.constData());
    QVERIFY(!connectTo(Port));
}

QTEST_GUILESS_MAIN(tst_QuayContainers)
#include "tst_quaycontainers.moc"
