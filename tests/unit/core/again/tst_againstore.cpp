// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/againstore.h"
#include "core/kernel/ipaddress.h"

#include <QByteArray>
#include <QFile>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include <sys/stat.h>

using Quay::AgainStore;
using Quay::EndedThings;
using Quay::ErrorCode;
using Quay::ReviverKind;

namespace {

EndedThings things(const std::string &attempt)
{
    return {
        .attempt = attempt,
        .processes = {{.name = "no\xff"
                               "de",
                       .executable = "/usr/bin/node",
                       .arguments = {"node", "", "server.js\n"},
                       .directory = "/home/me",
                       .environment = {"TOKEN=geheim", "EMPTY="}}},
        .services = {{.kind = ReviverKind::Container, .name = "web", .parts = {"4711"}, .endpoint = "/run/docker.sock"},
                     {.name = "app.service", .parts = {"app.socket", "app.service"}, .isOfUser = true}},
        .ports =
            {{.address = Quay::ipAddressFromText("::1").value(), .port = 3000, .v6Only = true, .interfaceIndex = 2},
             {.protocol = Quay::Protocol::Udp, .port = 53}},
        .started = {{.pid = 4711, .startTicks = 12345678901}}};
}

std::string name(int number)
{
    return "18a2b3c4d5e6f7" + std::to_string(number) + "-1-2-3";
}

} // namespace

class tst_AgainStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatWasKeptIsRead();
    void fileIsForTheUserAlone();
    void whatAKilledWriterLeftIsReplaced();
    void lastOneIsFirst();
    void oldestAreForgotten();
    void tooMuchIsRefused();
    void otherWordsAreNoPaths_data();
    void otherWordsAreNoPaths();
    void badFileIsMalformed_data();
    void badFileIsMalformed();
    void missingDirectoryHasNothing();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<AgainStore> m_store;
};

void tst_AgainStore::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_store = std::make_unique<AgainStore>(m_directory->path().toStdString() + "/again");
}

void tst_AgainStore::whatWasKeptIsRead()
{
    QVERIFY(m_store->keep(things(name(10))));

    const auto read = m_store->read(name(10));

    QVERIFY2(read, read ? "" : read.error().subject.c_str());
    QVERIFY(*read == things(name(10)));
}

void tst_AgainStore::fileIsForTheUserAlone()
{
    QVERIFY(m_store->keep(things(name(10))));

    struct stat file = {};
    struct stat directory = {};
    const std::string path = m_directory->path().toStdString() + "/again";
    QCOMPARE(::stat((path + '/' + name(10) + ".json").c_str(), &file), 0);
    QCOMPARE(::stat(path.c_str(), &directory), 0);
    QCOMPARE(file.st_mode & 0777U, 0600U);
    QCOMPARE(directory.st_mode & 0777U, 0700U);
}

void tst_AgainStore::whatAKilledWriterLeftIsReplaced()
{
    QVERIFY(m_store->keep(things("18a2")));
    QFile unfinished(m_directory->filePath(QStringLiteral("again/18a2.json.new")));
    QVERIFY(unfinished.open(QIODevice::WriteOnly));
    unfinished.write("{");
    unfinished.close();
    auto later = things("18a2");
    later.starts = 1;

    QVERIFY(m_store->keep(later));

    QVERIFY(m_store->read("18a2").value() == later);
    QVERIFY(!unfinished.exists());
}

void tst_AgainStore::lastOneIsFirst()
{
    for (const int number : {11, 13, 12}) {
        QVERIFY(m_store->keep(things(name(number))));
    }

    QCOMPARE(m_store->attempts(), (std::vector{name(13), name(12), name(11)}));
}

void tst_AgainStore::oldestAreForgotten()
{
    constexpr int More = static_cast<int>(AgainStore::MostKept) + 3;
    for (int number = 10; number < 10 + More; ++number) {
        QVERIFY(m_store->keep(things(name(number))));
    }

    QCOMPARE(m_store->attempts().size(), AgainStore::MostKept);
    QCOMPARE(m_store->attempts().front(), name(9 + More));
    QVERIFY(!m_store->read(name(10)));
}

void tst_AgainStore::tooMuchIsRefused()
{
    auto much = things(name(10));
    much.processes.front().environment.emplace_back(AgainStore::MostKeptBytes, 'a');

    const auto kept = m_store->keep(much);

    QVERIFY(!kept);
    QCOMPARE(kept.error().sysErrno, EFBIG);
    QVERIFY(m_store->attempts().empty());
}

void tst_AgainStore::otherWordsAreNoPaths_data()
{
    QTest::addColumn<std::string>("word");
    QTest::addRow("empty") << std::string();
    QTest::addRow("parent") << std::string("../again/18a2");
    QTest::addRow("absolute") << std::string("/etc/passwd");
    QTest::addRow("unknown") << name(99);
}

void tst_AgainStore::otherWordsAreNoPaths()
{
    QFETCH(const std::string, word);
    QVERIFY(m_store->keep(things("18a2")));

    const auto read = m_store->read(word);

    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Gone);
}

void tst_AgainStore::badFileIsMalformed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isGood");
    const auto file = [](const QByteArray &processes, const QByteArray &services, const QByteArray &starts = "0") {
        return QByteArray(R"({"schema":1,"attempt":"MTgwYQ==","ports":[],"started":[],"processes":)" + processes
                          + R"(,"services":)" + services + R"(,"starts":)" + starts + '}');
    };
    const auto process = [&file](const QByteArray &executable, const QByteArray &arguments) {
        return file(R"([{"name":"","executable":")" + executable + R"(","arguments":)" + arguments
                        + R"(,"directory":"Lw==","environment":[]}])",
                    "[]");
    };
    const auto service = [&file](const QByteArray &kind, const QByteArray &parts) {
        return file(
            "[]", R"([{"kind":")" + kind + R"(","name":"","parts":)" + parts + R"(,"isOfUser":false,"endpoint":""}])");
    };
    QTest::addRow("process") << process("L2E=", R"(["YQ=="])") << true;
    QTest::addRow("service") << service("unit", R"(["YQ=="])") << true;
    QTest::addRow("empty") << QByteArray() << false;
    QTest::addRow("no JSON") << QByteArray("again") << false;
    QTest::addRow("later version") << file("[]", "[]").replace(R"("schema":1)", R"("schema":2)") << false;
    QTest::addRow("no services") << file("[]", "null") << false;
    QTest::addRow("processes are an object") << file("{}", "[]") << false;
    QTest::addRow("relative program") << process("YQ==", R"(["YQ=="])") << false;
    QTest::addRow("no arguments") << process("L2E=", "[]") << false;
    QTest::addRow("argument is a number") << process("L2E=", "[1]") << false;
    QTest::addRow("NUL in an argument") << process("L2E=", R"(["AGE="])") << false;
    QTest::addRow("no base64") << process("L2E=", R"(["!!"])") << false;
    QTest::addRow("service of no kind") << service("processManager", R"(["YQ=="])") << false;
    QTest::addRow("service without parts") << service("unit", "[]") << false;
    QTest::addRow("started less than never") << file("[]", "[]", "-1") << false;
    QTest::addRow("started more often than can be") << file("[]", "[]", "4294967296") << false;
}

void tst_AgainStore::badFileIsMalformed()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, isGood);
    QVERIFY(m_store->keep(things("18a2")));
    const QString path = m_directory->filePath(QStringLiteral("again/18a2.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(bytes);
    file.close();

    const auto read = m_store->read("18a2");

    QCOMPARE(read.has_value(), isGood); // so that each of the others has the one mistake only
    if (!isGood) {
        QCOMPARE(read.error().code, ErrorCode::Malformed);
        QCOMPARE(read.error().subject, path.toStdString());
    }
}

void tst_AgainStore::missingDirectoryHasNothing()
{
    QVERIFY(m_store->attempts().empty());
    QCOMPARE(m_store->read(name(10)).error().code, ErrorCode::Gone);
}

QTEST_GUILESS_MAIN(tst_AgainStore)
#include "tst_againstore.moc"
