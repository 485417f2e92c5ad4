// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonwords.h"
#include "app/cli/listenerjson.h"
#include "app/shared/usernames.h"
#include "core/ports/listener.h"
#include "core/processes/kindrules.h"
#include "core/processes/unit.h"
#include "tests/support/fakeclock.h"
#include "tests/support/snapshots.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QTest>

using Quay::JsonDetail;
using Quay::Test::listenerFrom;
using Quay::Test::ListenerSpec;

namespace {

/// The definitions of resources/schema/quay-listener.schema.json.
QJsonObject definitions()
{
    QFile file(QStringLiteral(QUAY_SOURCE_DIR "/resources/schema/quay-listener.schema.json"));
    return file.open(QIODevice::ReadOnly)
        ? QJsonDocument::fromJson(file.readAll()).object().value(QStringLiteral("$defs")).toObject()
        : QJsonObject();
}

/// The words that the schema allows for a property of one of its definitions.
QJsonArray wordsFor(const QString &definition, const QString &property)
{
    return definitions()
        .value(definition)
        .toObject()
        .value(QStringLiteral("properties"))
        .toObject()
        .value(property)
        .toObject()
        .value(QStringLiteral("enum"))
        .toArray();
}

} // namespace

class tst_ListenerJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void unknownIsNullWithReason();
    void projectOfASilentDirectoryIsUnknown();
    void sharedConnectionsAreNobodysAlone();
    void acceptQueueIsUnknownFromProcNet();
    void everyKnowledgeHasAReasonButComplete();
    void everyWordIsInTheSchema();
    void foreignTextIsAsItIs();
    void ancestryIsADetail();
    void unitsAreNamed();
    void timesAreUtc();

private:
    Quay::UserNames m_users;
    Quay::Test::FakeClock m_clock;
    Quay::JsonContext m_context{.users = m_users, .clock = m_clock};
};

void tst_ListenerJson::unknownIsNullWithReason()
{
    const auto listener = listenerFrom(
        {.protocol = Quay::Protocol::Udp, .owners = {{.directory = {}, .executable = {}}}, .connections = {}});

    const QJsonObject json = Quay::toJson(*listener, JsonDetail::Brief, m_context);
    const QJsonObject owner = json.value(QStringLiteral("owners")).toArray().first().toObject();

    QVERIFY(json.value(QStringLiteral("connections")).isNull());
    QCOMPARE(json.value(QStringLiteral("connectionsReason")).toString(), QStringLiteral("notTcp"));
    QVERIFY(json.value(QStringLiteral("acceptQueue")).isNull());
    QCOMPARE(json.value(QStringLiteral("acceptQueueReason")).toString(), QStringLiteral("notTcp"));
    QCOMPARE(json.value(QStringLiteral("v6OnlyReason")).toString(), QStringLiteral("notIpv6"));
    QVERIFY(owner.value(QStringLiteral("directory")).isNull());
    QCOMPARE(owner.value(QStringLiteral("directoryReason")).toString(), QStringLiteral("hidden"));
    QCOMPARE(owner.value(QStringLiteral("projectReason")).toString(), QStringLiteral("directoryHidden"));
}

void tst_ListenerJson::projectOfASilentDirectoryIsUnknown()
{
    const auto listener = listenerFrom({.owners = {{.isDirectorySilent = true}}});

    const QJsonObject json = Quay::toJson(*listener, JsonDetail::Brief, m_context);
    const QJsonObject owner = json.value(QStringLiteral("owners")).toArray().first().toObject();

    QVERIFY(owner.value(QStringLiteral("project")).isNull());
    QCOMPARE(owner.value(QStringLiteral("projectReason")).toString(), QStringLiteral("directorySilent"));
}

void tst_ListenerJson::sharedConnectionsAreNobodysAlone()
{
    const auto listener = listenerFrom({.connections = {}, .sharedConnections = 12});

    const QJsonObject json = Quay::toJson(*listener, JsonDetail::Brief, m_context);

    const QJsonValue reason = json.value(QStringLiteral("connectionsReason"));
    QVERIFY(json.value(QStringLiteral("connections")).isNull());
    QCOMPARE(reason.toString(), QStringLiteral("shared"));
    QVERIFY(wordsFor(QStringLiteral("listener"), QStringLiteral("connectionsReason")).contains(reason));
    QCOMPARE(json.value(QStringLiteral("sharedConnections")).toInt(), 12);
}

void tst_ListenerJson::acceptQueueIsUnknownFromProcNet()
{
    auto listener = *listenerFrom({});
    listener.socket.sendQueue = 0;
    QVERIFY(Quay::toJson(listener, JsonDetail::Brief, m_context).value(QStringLiteral("acceptQueue")).isObject());

    listener.socket.cookie = 0;

    const QJsonObject json = Quay::toJson(listener, JsonDetail::Brief, m_context);
    QVERIFY(json.value(QStringLiteral("acceptQueue")).isNull());
    QCOMPARE(json.value(QStringLiteral("acceptQueueReason")).toString(), QStringLiteral("notReported"));
}

void tst_ListenerJson::everyKnowledgeHasAReasonButComplete()
{
    using Quay::OwnerKnowledge;
    for (const auto knowledge :
         {OwnerKnowledge::Pending, OwnerKnowledge::Hidden, OwnerKnowledge::InferredFromUnit, OwnerKnowledge::NoProcess,
          OwnerKnowledge::Told, OwnerKnowledge::FirstFound, OwnerKnowledge::Complete}) {
        const auto listener = listenerFrom({.knowledge = knowledge});

        const QJsonObject json = Quay::toJson(*listener, JsonDetail::Brief, m_context);

        const QJsonValue reason = json.value(QStringLiteral("ownersReason"));
        QCOMPARE(reason.isNull(), knowledge == OwnerKnowledge::Complete);
        QVERIFY(wordsFor(QStringLiteral("listener"), QStringLiteral("ownersReason")).contains(reason));
        QVERIFY(wordsFor(QStringLiteral("listener"), QStringLiteral("ownersKnown"))
                    .contains(json.value(QStringLiteral("ownersKnown"))));
    }
}

void tst_ListenerJson::everyWordIsInTheSchema()
{
    const auto warnings = wordsFor(QStringLiteral("warning"), QStringLiteral("kind"));
    for (int kind = 0; kind <= static_cast<int>(Quay::WarningKind::DevelopmentServerOnNetwork); ++kind) {
        QVERIFY(warnings.contains(Quay::jsonWord(static_cast<Quay::WarningKind>(kind))));
    }
    const auto units = wordsFor(QStringLiteral("unit"), QStringLiteral("kind"));
    for (int kind = static_cast<int>(Quay::UnitKind::None) + 1; kind <= static_cast<int>(Quay::UnitKind::Container);
         ++kind) {
        QVERIFY(units.contains(Quay::jsonWord(static_cast<Quay::UnitKind>(kind))));
    }
    const auto launchers = definitions()
                               .value(QStringLiteral("ancestry"))
                               .toObject()
                               .value(QStringLiteral("properties"))
                               .toObject()
                               .value(QStringLiteral("steps"))
                               .toObject()
                               .value(QStringLiteral("items"))
                               .toObject()
                               .value(QStringLiteral("properties"))
                               .toObject()
                               .value(QStringLiteral("launcher"))
                               .toObject()
                               .value(QStringLiteral("enum"))
                               .toArray();
    for (int kind = 0; kind <= static_cast<int>(Quay::LauncherKind::PackageScript); ++kind) {
        QVERIFY(launchers.contains(Quay::jsonWord(static_cast<Quay::LauncherKind>(kind))));
    }
}

void tst_ListenerJson::foreignTextIsAsItIs()
{
    const auto listener = listenerFrom({.owners = {{.name = "a\x1b[31m\nb",
                                                    .arguments = {"\xff",
                                                                  "\u202e"
                                                                  "gnp.exe"}}}});

    const std::string json = Quay::jsonLine(Quay::toJson(*listener, JsonDetail::Brief, m_context));

    QVERIFY(json.contains(R"("name":"a\u001b[31m\nb")"));
    QVERIFY(json.contains("[\"\uFFFD\",\""
                          R"(\u202egnp.exe"])"));
    QCOMPARE(std::ranges::count(json, '\n'), 1); // one object a line
    QVERIFY(!json.contains('\x1b'));
}

void tst_ListenerJson::ancestryIsADetail()
{
    const auto listener = listenerFrom({.owners = {{}}});
    const auto ownerOf = [&](JsonDetail detail) {
        return Quay::toJson(*listener, detail, m_context).value(QStringLiteral("owners")).toArray().first().toObject();
    };

    QVERIFY(!ownerOf(JsonDetail::Brief).contains(QStringLiteral("ancestry")));
    QVERIFY(ownerOf(JsonDetail::WithAncestry).contains(QStringLiteral("ancestry")));
}

void tst_ListenerJson::unitsAreNamed()
{
    Quay::UnitInfo container;
    container.kind = Quay::UnitKind::Container;
    container.name = "web";
    container.containerRuntime = "podman";

    const QJsonObject json = Quay::toJson(container).toObject();

    QVERIFY(Quay::toJson(Quay::UnitInfo()).isNull());
    QCOMPARE(json.value(QStringLiteral("containerRuntime")).toString(), QStringLiteral("podman"));
    QVERIFY(json.value(QStringLiteral("containerId")).isNull());
}

void tst_ListenerJson::timesAreUtc()
{
    QCOMPARE(Quay::jsonTime(std::chrono::seconds(1'700'000'000)).toString(), QStringLiteral("2023-11-14T22:13:20Z"));
}

QTEST_GUILESS_MAIN(tst_ListenerJson)
#include "tst_listenerjson.moc"
