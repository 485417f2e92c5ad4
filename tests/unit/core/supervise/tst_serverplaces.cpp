// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/writefile.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/serverplaces.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <unistd.h>

using Quay::nameInKey;
using Quay::ServerIdentity;
using Quay::serverKey;

/// Keys of servers, and where their files are.
class tst_ServerPlaces : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keyIsReadableAndStays();
    void keyIsSafeAsTheNameOfAFile_data();
    void keyIsSafeAsTheNameOfAFile();
    void nameIsReadFromItsKey();
    void otherServersHaveOtherKeys();
    void environmentNamesThePlaces();
    void withoutASessionTheyAreBelowTheState();
    void serversAreListed();
};

void tst_ServerPlaces::keyIsReadableAndStays()
{
    // Written down: what one version locks, the next one has to find locked.
    QCOMPARE(serverKey({.project = "/home/a/shop", .name = "web"}), std::string("web-101346878442e7e4"));
}

void tst_ServerPlaces::keyIsSafeAsTheNameOfAFile_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addRow("parent") << std::string("..");
    QTest::addRow("slash") << std::string("../../etc/passwd");
    QTest::addRow("control") << std::string("a\nb\33c");
    QTest::addRow("not UTF-8") << std::string("\xff\xfe");
    QTest::addRow("long") << std::string(5000, 'x');
    QTest::addRow("umlauts") << std::string("Böötßerver");
}

void tst_ServerPlaces::keyIsSafeAsTheNameOfAFile()
{
    QFETCH(const std::string, name);

    const auto key = serverKey({.project = "/p", .name = name});

    constexpr std::string_view Safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    QVERIFY2(key.find_first_not_of(Safe) == std::string::npos, key.c_str());
    QVERIFY(key.size() <= 57);
    QVERIFY(key.front() != '-' && key.front() != '.');
}

void tst_ServerPlaces::nameIsReadFromItsKey()
{
    for (const std::string name : {"web", "my_web-1.x", "a", "9-", "abcdefghijabcdefghijabcdefghijabcdefghi"}) {
        QCOMPARE(std::string(nameInKey(serverKey({.project = "/p", .name = name}))), name);
    }
    QVERIFY(nameInKey(serverKey({.project = "/p", .name = std::string(64, 'a')})).empty()); // cut
    QVERIFY(nameInKey("web").empty());
    QVERIFY(nameInKey("").empty());
}

void tst_ServerPlaces::otherServersHaveOtherKeys()
{
    const std::vector<ServerIdentity> servers{
        {.project = "/a", .name = "web"}, {.project = "/b", .name = "web"}, {.project = "/a", .name = "web2"},
        {.project = "/a", .name = "we!"}, {.project = "/a", .name = "we?"}, {.project = "/aw", .name = "eb"},
        {.project = "", .name = "web"},   {.project = "/a", .name = "Web"},
    };
    std::set<std::string> keys;
    for (const auto &server : servers) {
        keys.insert(serverKey(server));
    }

    QCOMPARE(keys.size(), servers.size());
}

void tst_ServerPlaces::environmentNamesThePlaces()
{
    const QTemporaryDir made;
    const std::string directory = made.path().toStdString();
    ::setenv("XDG_RUNTIME_DIR", directory.c_str(), 1);
    ::setenv("XDG_STATE_HOME", (directory + "/state").c_str(), 1);

    const auto places = Quay::serversPlaces();

    QVERIFY(places.has_value());
    QCOMPARE(places->runtimeDirectory, directory + "/quaymaster/servers");
    QCOMPARE(places->stateDirectory, directory + "/state/quaymaster/servers");
    const auto of = places->of({.project = "/p", .name = "web"});
    QVERIFY(of.control().starts_with(directory + "/quaymaster/servers/web-"));
    QVERIFY(of.log().starts_with(directory + "/state/quaymaster/servers/web-"));
}

void tst_ServerPlaces::withoutASessionTheyAreBelowTheState()
{
    const QTemporaryDir made;
    const std::string directory = made.path().toStdString();
    if (std::filesystem::exists("/run/user/" + std::to_string(::geteuid()))) {
        QSKIP("this user has a session, which is found without the environment");
    }
    ::unsetenv("XDG_RUNTIME_DIR");
    ::setenv("XDG_STATE_HOME", directory.c_str(), 1);

    const auto places = Quay::serversPlaces();

    QVERIFY(places.has_value());
    QCOMPARE(places->runtimeDirectory, directory + "/quaymaster/run/servers");
}

void tst_ServerPlaces::serversAreListed()
{
    const QTemporaryDir made;
    const Quay::ServersPlaces places{.runtimeDirectory = made.path().toStdString(), .stateDirectory = "/nowhere"};
    const ServerIdentity web{.project = "/home/a b/shop", .name = "web\nserver"};
    const ServerIdentity worker{.project = "", .name = "worker"};
    for (const auto &server : {worker, web}) {
        std::filesystem::create_directories(places.of(server).runtimeDirectory);
        QVERIFY(Quay::replaceFile(places.of(server).identity(), Quay::identityText(server)).has_value());
    }
    // One of which nothing is known, one that is garbage, and one in the place of another.
    for (const auto *const name : {"empty", "garbage", "moved"}) {
        std::filesystem::create_directories(places.runtimeDirectory + '/' + name);
    }
    QVERIFY(Quay::replaceFile(places.runtimeDirectory + "/garbage/server", "\xff").has_value());
    QVERIFY(Quay::replaceFile(places.runtimeDirectory + "/moved/server", Quay::identityText(web)).has_value());

    const auto servers = Quay::listServers(places);

    QCOMPARE(servers, (std::vector<ServerIdentity>{worker, web}));
    QVERIFY(Quay::listServers({.runtimeDirectory = "/nowhere", .stateDirectory = "/nowhere"}).empty());
}

QTEST_APPLESS_MAIN(tst_ServerPlaces)
#include "tst_serverplaces.moc"
