// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/scriptedcli.h"
#include "tests/support/snapshots.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>

using Quay::ExitCode;
using Quay::Test::ScriptedCli;

class tst_CheckCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatIsGoodIsSaid();
    void whatIsCriticalFails();
    void warningsDoNotFail();
    void aTakenPortNamesItsHolder();
    void aPortThatCannotBeBoundSaysWhyNot();
    void onlyWhoIsNamedIsChecked();
    void groupsCanBeNamed();
    void anUnknownNameIsRefused();
    void mistakesAreToldAllAtOnce();
    void mistakesOfEnvFilesAreTold();
    void withoutAFileThereIsNothing();
    void theUsersOwnListIsTheLastResort();
    void filesOfOtherToolsAreReadInPlace();
    void jsonHasAll();
    void jsonHasMistakes();
    void secretsAreNotShown();

private:
    std::string write(const char *name, const std::string &text) const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

QJsonObject parsedObject(const std::string &text)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

} // namespace

void tst_CheckCommand::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CONFIG_HOME", m_directory->path().toUtf8());
    QVERIFY(QDir::setCurrent(m_directory->path()));
}

std::string tst_CheckCommand::write(const char *name, const std::string &text) const
{
    QFile file(m_directory->filePath(QString::fromLatin1(name)));
    if (file.open(QIODevice::WriteOnly)) {
        file.write(QByteArray::fromStdString(text));
    }
    return file.fileName().toStdString();
}

void tst_CheckCommand::whatIsGoodIsSaid()
{
    ScriptedCli cli;
    write("quaymaster.yaml",
          "servers:\n  api:\n    command: [sh]\n    ports: [3000]\n    preflight: [{command: 'true'}]\n");

    const auto code = cli.run({"check"});

    QCOMPARE(code, ExitCode::Done);
    QCOMPARE(cli.out,
             "api\n  \u2713 good  directory " + m_directory->path().toStdString()
                 + "\n  \u2713 good  program sh\n  \u2713 good  port 3000 is free\n  \u2713 good  command true\n"
                   "Good: 4, critical: 0, warnings: 0\n");
    QVERIFY(cli.err.empty());
}

void tst_CheckCommand::whatIsCriticalFails()
{
    ScriptedCli cli;
    write("quaymaster.yaml",
          "servers:\n  api:\n    command: run\n    preflight:\n"
          "      - {variable: QUAY_NOBODY_SETS_THIS}\n      - {command: 'echo broken; exit 3', name: tests}\n");

    const auto code = cli.run({"check"});

    QCOMPARE(code, ExitCode::NotAchieved);
    QVERIFY2(
        cli.out.contains("  \u2717 critical  variable QUAY_NOBODY_SETS_THIS: is not set. Set it in the environment"),
        cli.out.c_str());
    QVERIFY2(cli.out.contains("  \u2717 critical  tests (command echo broken; exit 3): ended with 3: broken\n"),
             cli.out.c_str());
    QVERIFY2(cli.out.contains("Good: 1, critical: 2, warnings: 0"), cli.out.c_str());
}

void tst_CheckCommand::warningsDoNotFail()
{
    ScriptedCli cli;
    write("quaymaster.yaml", "servers:\n  api:\n    command: run\n    preflight: [{file: none, severity: warning}]\n");

    const auto code = cli.run({"check"});

    QCOMPARE(code, ExitCode::Done);
    QVERIFY2(cli.out.contains("  ! warning  file "), cli.out.c_str());
}

void tst_CheckCommand::aTakenPortNamesItsHolder()
{
    ScriptedCli cli({Quay::Test::snapshotOf({Quay::Test::listenerFrom({.port = 3000, .owners = {{}}})})});
    cli.machine.proof = {.state = Quay::PortState::Held};
    write("quaymaster.yaml", "servers: {api: {command: run, ports: [3000]}}\n");

    const auto code = cli.run({"check"});

    QCOMPARE(code, ExitCode::NotAchieved);
    QVERIFY2(cli.out.contains("critical  port 3000: is held by "), cli.out.c_str());
    QVERIFY2(cli.out.contains("'quay free 3000'"), cli.out.c_str());
}

void tst_CheckCommand::aPortThatCannotBeBoundSaysWhyNot()
{
    ScriptedCli cli;
    cli.machine.proof = {.state = Quay::PortState::Lingering};
    write("quaymaster.yaml", "servers: {api: {command: run, ports: [3000, {port: 3001, protocol: udp}]}}\n");

    const auto code = cli.run({"check"});

    QCOMPARE(code, ExitCode::NotAchieved);
    QVERIFY2(cli.out.contains("critical  port 3000: cannot be bound yet: connections of its last server are still "
                              "ending. It will be free within a minute or two.\n"),
             cli.out.c_str());
    QVERIFY2(cli.out.contains("critical  UDP port 3001: cannot be bound: somebody has a connected UDP socket there. "
                              "'quay free 3001 --dry-run' says who has it.\n"),
             cli.out.c_str());
}

void tst_CheckCommand::onlyWhoIsNamedIsChecked()
{
    ScriptedCli cli;
    write("quaymaster.yaml", "servers: {api: {command: x}, db: {command: x}, job: {command: x, autostart: false}}\n");

    QCOMPARE(cli.run({"check", "job"}), ExitCode::Done);
    QVERIFY(cli.out.starts_with("job\n") && !cli.out.contains("api\n"));
    QCOMPARE(cli.run({"check"}), ExitCode::Done);
    QVERIFY(cli.out.starts_with("api\n") && cli.out.contains("\ndb\n") && !cli.out.contains("job\n"));
}

void tst_CheckCommand::groupsCanBeNamed()
{
    ScriptedCli cli;
    write("quaymaster.yaml", "servers: {api: {command: x}, db: {command: x, groups: [back]}}\n");

    QCOMPARE(cli.run({"check", "back"}), ExitCode::Done);
    QVERIFY(cli.out.starts_with("db\n"));
}

void tst_CheckCommand::anUnknownNameIsRefused()
{
    ScriptedCli cli;
    write("quaymaster.yaml", "servers: {api: {command: x}}\n");

    QCOMPARE(cli.run({"check", "apu"}), ExitCode::Usage);
    QCOMPARE(cli.err, std::string("quay: There is no server 'apu'. Did you mean 'api'?\n"));
}

void tst_CheckCommand::mistakesAreToldAllAtOnce()
{
    ScriptedCli cli;
    const auto path = write("quaymaster.yaml", "servers:\n  api:\n    comandd: x\n    ports: [0]\n");

    const auto code = cli.run({"check"});

    QCOMPARE(code, ExitCode::Usage);
    QVERIFY(cli.out.empty());
    QCOMPARE(cli.err,
             path + ":3:5: servers.api: 'comandd' is not known here. Did you mean 'command'?\n" + path
                 + ":3:5: servers.api: 'command' is missing.\n" + path
                 + ":4:13: servers.api.ports[0]: '0' is not a number from 1 to 65535.\n");
}

void tst_CheckCommand::mistakesOfEnvFilesAreTold()
{
    ScriptedCli cli;
    write("quaymaster.yaml", "servers: {api: {command: x, env_files: [.env]}}\n");
    const auto path = write(".env", "A=1\nMIIEvQIBADANBg\n");

    QCOMPARE(cli.run({"check"}), ExitCode::Usage);
    QCOMPARE(cli.err, path + ":2: This line is not understood.\n");
}

void tst_CheckCommand::withoutAFileThereIsNothing()
{
    ScriptedCli cli;

    QCOMPARE(cli.run({"check"}), ExitCode::NothingThere);
    QVERIFY2(cli.err.contains("There is no quaymaster.yaml here or above."), cli.err.c_str());
    QCOMPARE(cli.run({"check", "-f", "none.yaml"}), ExitCode::Usage);
    QVERIFY2(cli.err.contains("none.yaml: The file cannot be read: No such file or directory"), cli.err.c_str());
}

void tst_CheckCommand::theUsersOwnListIsTheLastResort()
{
    ScriptedCli cli;
    QVERIFY(QDir().mkpath(m_directory->filePath(QStringLiteral("quaymaster"))));
    write("quaymaster/servers.yaml", "servers: {mine: {command: x}}\n");

    QCOMPARE(cli.run({"check"}), ExitCode::Done);
    QVERIFY(cli.out.starts_with("mine\n"));
    write("quaymaster.yaml", "servers: {ours: {command: x}}\n");
    QCOMPARE(cli.run({"check"}), ExitCode::Done);
    QVERIFY(cli.out.starts_with("ours\n"));
}

void tst_CheckCommand::filesOfOtherToolsAreReadInPlace()
{
    ScriptedCli cli;
    write("Procfile", "web: run\n");

    QCOMPARE(cli.run({"check", "-f", "Procfile"}), ExitCode::Done);
    QVERIFY2(cli.out.contains("port 5000 is free"), cli.out.c_str());
}

void tst_CheckCommand::jsonHasAll()
{
    ScriptedCli cli;
    write("quaymaster.yaml", "servers: {api: {command: x, preflight: [{command: 'exit 7', name: n}]}}\n");

    QCOMPARE(cli.run({"check", "--json"}), ExitCode::NotAchieved);

    const QJsonObject object = parsedObject(cli.out);
    QCOMPARE(object.value(QStringLiteral("schema")).toInt(), 1);
    QVERIFY(!object.value(QStringLiteral("mayStart")).toBool(true));
    const QJsonObject check = object.value(QStringLiteral("checks")).toArray().at(1).toObject();
    QCOMPARE(check.value(QStringLiteral("kind")).toString(), QStringLiteral("command"));
    QCOMPARE(check.value(QStringLiteral("finding")).toString(), QStringLiteral("commandFailed"));
    QCOMPARE(check.value(QStringLiteral("number")).toInt(), 7);
    QCOMPARE(check.value(QStringLiteral("own")).toBool(true), false);
}

void tst_CheckCommand::jsonHasMistakes()
{
    ScriptedCli cli;
    write("quaymaster.yaml", "servers: {api: {command: x, comandd: x}}\n");

    QCOMPARE(cli.run({"check", "--json"}), ExitCode::Usage);

    const QJsonObject mistake = parsedObject(cli.out).value(QStringLiteral("mistakes")).toArray().at(0).toObject();
    QCOMPARE(mistake.value(QStringLiteral("code")).toString(), QStringLiteral("unknownKey"));
    QCOMPARE(mistake.value(QStringLiteral("nearest")).toString(), QStringLiteral("command"));
}

void tst_CheckCommand::secretsAreNotShown()
{
    qputenv("QUAY_TEST_TOKEN", "s3cret-value");
    ScriptedCli cli;
    write("quaymaster.yaml",
          "servers:\n  api:\n    command: x\n    environment: {API_KEY: '${QUAY_TEST_TOKEN}'}\n    preflight:\n"
          "      - {command: 'echo $API_KEY; exit 1'}\n"
          "      - {command: [sh, -c, 'exit 1', --, '--token', '${QUAY_TEST_TOKEN}']}\n"
          "      - {variable: API_KEY, pattern: 'sk-.*'}\n"
          "      - {http: 'http://user:${QUAY_TEST_TOKEN}@127.0.0.1:1/'}\n");

    const auto text = cli.run({"check"});
    const auto output = cli.out + cli.err;
    const auto json = cli.run({"check", "--json"});

    QCOMPARE(text, ExitCode::NotAchieved);
    QCOMPARE(json, ExitCode::NotAchieved);
    QVERIFY2(!output.contains("s3cret-value"), output.c_str());
    QVERIFY2(!cli.out.contains("s3cret-value"), cli.out.c_str());
}

QTEST_GUILESS_MAIN(tst_CheckCommand)
#include "tst_checkcommand.moc"
