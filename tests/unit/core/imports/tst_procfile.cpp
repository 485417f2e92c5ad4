// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/procfile.h"
#include "tests/unit/core/imports/importtext.h"

#include <QObject>
#include <QTest>

#include <string>

class tst_Procfile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void filesBecomeServers_data();
    void filesBecomeServers();
    void theLastPortIsNotPassed();
};

void tst_Procfile::filesBecomeServers_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("port");
    QTest::addColumn<std::string>("result");
    const auto row = [](const char *name, std::string text, std::string port, std::string result) {
        QTest::addRow("%s", name) << std::move(text) << std::move(port) << "version: 1\n" + std::move(result);
    };
    const std::string rest = "    env_files:\n      - path: .env\n        optional: true\n";
    const std::string end = "    groups: [procfile]\n    on_exit: stop-group\n";
    row("nothing", "# only this\n\n", "", "servers: {}\n");
    row("web has a port", "web: rails server\n", "",
        "servers:\n  web:\n    command: rails server\n" + rest
            + "    ports:\n      - port: 5000\n        variable: PORT\n" + end);
    row("each has its own", "a: run\nb:\techo $PORT; x\r\n", "",
        "servers:\n  a:\n    command: run\n    environment:\n      PORT: 5000\n" + rest + end
            + "  b:\n    command: \"echo $PORT; x\"\n" + rest
            + "    ports:\n      - port: 5100\n        variable: PORT\n" + end);
    row("PORT says where to begin", "web: x\n", "3000",
        "servers:\n  web:\n    command: x\n" + rest + "    ports:\n      - port: 3000\n        variable: PORT\n" + end);
    row("a name that is not allowed", "_a: x\n", "",
        "servers:\n  a:\n    command: x\n    environment:\n      PORT: 5000\n" + rest + end
            + "lost 1 renamed _a (a)\n");
    row("no line of one", "web x\nweb:\n: x\na b: x\n", "",
        "servers: {}\nmistake 1 badLine web x\nmistake 2 badLine web:\nmistake 3 badLine : x\nmistake 4 badLine a b: "
        "x\n");
    row("not UTF-8", "web: \xE4\n", "", "servers: {}\nmistake 1 notUtf8\n");
}

void tst_Procfile::filesBecomeServers()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, port);
    QFETCH(const std::string, result);
    const Quay::VariableMap variables = port.empty() ? Quay::VariableMap() : Quay::VariableMap{{"PORT", port}};

    auto imported = Quay::importProcfile(text, {.path = "/p/Procfile", .variables = variables});

    QCOMPARE(imported.file.project, std::string("p"));
    QCOMPARE(Quay::Test::importedText(imported), result);
}

void tst_Procfile::theLastPortIsNotPassed()
{
    const auto imported =
        Quay::importProcfile("web: x\nb: $PORT\n", {.path = "/p/Procfile", .variables = {{"PORT", "65500"}}});

    QCOMPARE(imported.file.servers.at(0).ports.size(), std::size_t{1});
    QVERIFY(imported.file.servers.at(1).ports.empty());
}

QTEST_GUILESS_MAIN(tst_Procfile)
#include "tst_procfile.moc"
