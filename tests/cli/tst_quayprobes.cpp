// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/agentroom.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/freeport.h"
#include "tests/support/misfitserver.h"
#include "tests/support/supervisedrun.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>

using Quay::Test::waitUntil;

/// What `quay logs --probes` tells of the attempts of probes.
class tst_QuayProbes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_room = std::make_unique<Quay::Test::AgentRoom>(); }
    void cleanup() { m_room.reset(); }

    void attemptsAreToldWithTheirOutcomes();
    void attemptsSurviveTheAgent();
    void acceptingIsAskedAgainAndAgain();
    void withoutProbesThatIsSaid();

private:
    [[nodiscard]] QJsonArray attempts() const;
    [[nodiscard]] bool becomes(const QString &state) const;
    [[nodiscard]] bool make(const QString &name) const;

    std::unique_ptr<Quay::Test::AgentRoom> m_room;
};

QJsonArray tst_QuayProbes::attempts() const
{
    const auto logs = m_room->quay(
        {QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("--probes"), QStringLiteral("--json")});
    return QJsonDocument::fromJson(logs.out).object().value(QStringLiteral("attempts")).toArray();
}

bool tst_QuayProbes::becomes(const QString &state) const
{
    return waitUntil([&] { return m_room->state(QStringLiteral("api")) == state; });
}

bool tst_QuayProbes::make(const QString &name) const
{
    QFile file(m_room->path(name));
    return file.open(QIODevice::WriteOnly);
}

void tst_QuayProbes::attemptsAreToldWithTheirOutcomes()
{
    m_room->write("  api: { command: sleep 600, ready: [{ name: migrated, command: test -e done, interval: 20ms, "
                  "start_interval: 20ms }] }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up")}).exitCode, 0);
    QVERIFY(waitUntil([this] { return attempts().at(0).toObject().value(QStringLiteral("count")).toInt() >= 4; }));
    QVERIFY(make(QStringLiteral("done")));
    QVERIFY(becomes(QStringLiteral("ready")));

    const auto list = attempts();
    const auto text = m_room->quay({QStringLiteral("logs"), QStringLiteral("--probes")});
    const auto last =
        m_room->quay({QStringLiteral("logs"), QStringLiteral("--probes"), QStringLiteral("-n"), QStringLiteral("1")});

    QCOMPARE(list.size(), 2);
    const auto first = list.at(0).toObject();
    QCOMPARE(first.value(QStringLiteral("probe")).toString(), QStringLiteral("migrated"));
    QVERIFY(!first.value(QStringLiteral("isMet")).toBool(true));
    QCOMPARE(first.value(QStringLiteral("seen")).toObject().value(QStringLiteral("number")).toInt(), 1);
    QVERIFY(list.at(1).toObject().value(QStringLiteral("isMet")).toBool());
    QVERIFY2(text.out.contains("| migrated: not met, ") && text.out.contains(" times, until "), text.out.constData());
    QVERIFY2(text.out.contains("| migrated: met, "), text.out.constData());
    QCOMPARE(last.out.count('\n'), 1);
    QVERIFY2(last.out.contains("| migrated: met, "), last.out.constData());
}

void tst_QuayProbes::attemptsSurviveTheAgent()
{
    m_room->write("  api: { command: sleep 600, ready: [{ name: up, command: 'true' }], "
                  "alive: [{ name: well, command: test ! -e ill, interval: 20ms }] }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);
    QVERIFY(waitUntil([this] {
        return attempts().last().toObject().value(QStringLiteral("probe")).toString() == QStringLiteral("well");
    }));
    QVERIFY(make(QStringLiteral("ill")));
    QVERIFY(becomes(QStringLiteral("unhealthy")));
    QVERIFY(m_room->endAgent(SIGKILL));

    const auto list = attempts();

    QCOMPARE(list.last().toObject().value(QStringLiteral("probe")).toString(), QStringLiteral("well"));
    QVERIFY(!list.last().toObject().value(QStringLiteral("isMet")).toBool(true));
}

/// Each time it takes the server a moment, which is no failure.
void tst_QuayProbes::acceptingIsAskedAgainAndAgain()
{
    const auto port = Quay::Test::freePort();
    m_room->write("  api: { command: " + Quay::Test::misfitServer("migrating " + port) + ", ports: [" + port
                  + "], alive: [{ name: well, accepting: true, interval: 20ms, failures: 1 }] }\n");
    QCOMPARE(m_room->quay({QStringLiteral("up"), QStringLiteral("--wait")}).exitCode, 0);

    QVERIFY(waitUntil([this] {
        return attempts().last().toObject().value(QStringLiteral("count")).toInt() >= 5; // in a row, with one outcome
    }));

    const auto list = attempts();
    QCOMPARE(list.last().toObject().value(QStringLiteral("probe")).toString(), QStringLiteral("well"));
    const auto isMet = [](const QJsonValue &attempt) {
        return attempt.toObject().value(QStringLiteral("isMet")).toBool();
    };
    const auto ofHealth = [](const QJsonValue &attempt) {
        return attempt.toObject().value(QStringLiteral("probe")).toString() == QStringLiteral("well");
    };
    QVERIFY(std::ranges::all_of(list, [&](const QJsonValue &attempt) { return !ofHealth(attempt) || isMet(attempt); }));
    QCOMPARE(m_room->state(QStringLiteral("api")), QStringLiteral("ready"));
}

void tst_QuayProbes::withoutProbesThatIsSaid()
{
    m_room->write("  api: { command: sleep 600 }\n");

    const auto logs = m_room->quay({QStringLiteral("logs"), QStringLiteral("api"), QStringLiteral("--probes")});

    QCOMPARE(logs.exitCode, 4);
    QVERIFY2(logs.err.contains("No probe was asked yet."), logs.err.constData());
}

QTEST_GUILESS_MAIN(tst_QuayProbes)
#include "tst_quayprobes.moc"
