// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/scriptedcli.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <string>

using Quay::ExitCode;
using Quay::Test::ScriptedCli;

class tst_ImportCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theFileGoesOutAndLossesBesideIt();
    void whatIsThereIsNotOverwritten();
    void theKindCanBeSaid();
    void whatIsNotThereIsSaidFirst();
    void unknownKindsAreRefused();
    void mistakesAreTold();
    void anEmptyFileIsSaid();
    void jsonHasAll();
    void yamlIsRead();
    void secretsStayReferences();

private:
    std::string write(const char *name, const char *text) const;

    QTemporaryDir m_directory;
};

void tst_ImportCommand::initTestCase()
{
    QVERIFY(m_directory.isValid());
}

std::string tst_ImportCommand::write(const char *name, const char *text) const
{
    QFile file(m_directory.filePath(QString::fromLatin1(name)));
    if (file.open(QIODevice::WriteOnly)) {
        file.write(text);
    }
    return file.fileName().toStdString();
}

void tst_ImportCommand::theFileGoesOutAndLossesBesideIt()
{
    ScriptedCli cli;
    const auto path = write("Procfile", "_web: run\n");

    const auto code = cli.run({"import", path});

    QCOMPARE(code, ExitCode::Done);
    QVERIFY2(cli.out.contains("servers:\n  web:\n    command: run\n"), cli.out.c_str());
    QCOMPARE(cli.err, path + ":1: _web: The name is not allowed here; it became 'web'.\n");
}

void tst_ImportCommand::whatIsThereIsNotOverwritten()
{
    ScriptedCli cli;
    const auto path = write("Procfile", "web: run\n");
    const auto output = m_directory.filePath(QStringLiteral("new.yaml")).toStdString();

    QCOMPARE(cli.run({"import", path, "--output", output}), ExitCode::Done);
    QVERIFY(cli.out.empty());
    write("Procfile", "other: run\n");
    QCOMPARE(cli.run({"import", path, "--output", output}), ExitCode::NotAchieved);

    QVERIFY2(cli.err.contains("is there already"), cli.err.c_str());
    QFile file(QString::fromStdString(output));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("web:"));
}

void tst_ImportCommand::theKindCanBeSaid()
{
    ScriptedCli cli;
    const auto path = write("servers.txt", "web: run\n");

    QCOMPARE(cli.run({"import", path}), ExitCode::Usage);
    QVERIFY2(cli.err.contains("--from: procfile, process-compose"), cli.err.c_str());
    QCOMPARE(cli.run({"import", path, "--from", "procfile"}), ExitCode::Done);
}

void tst_ImportCommand::whatIsNotThereIsSaidFirst()
{
    for (const char *const name : {"nosuch", "Procfile.nosuch"}) {
        ScriptedCli cli;
        const auto path = m_directory.filePath(QString::fromLatin1(name)).toStdString();

        QCOMPARE(cli.run({"import", path}), ExitCode::NothingThere);

        QCOMPARE(cli.err, "quay: There is no file '" + path + "'.\n");
    }
}

void tst_ImportCommand::unknownKindsAreRefused()
{
    ScriptedCli cli;

    QCOMPARE(cli.run({"import", write("Procfile", ""), "--from", "make"}), ExitCode::Usage);
    QVERIFY2(cli.err.contains("'make' is not a kind."), cli.err.c_str());
}

void tst_ImportCommand::mistakesAreTold()
{
    ScriptedCli cli;
    const auto path = write("Procfile", "web run\n?\n");

    QCOMPARE(cli.run({"import", path}), ExitCode::Usage);
    QVERIFY(cli.out.empty());
    QCOMPARE(cli.err,
             path + ":1: This line is not understood: web run\n" + path + ":2: This line is not understood: ?\n");
}

void tst_ImportCommand::anEmptyFileIsSaid()
{
    ScriptedCli cli;

    QCOMPARE(cli.run({"import", write("Procfile", "# nothing\n")}), ExitCode::NothingThere);
    QVERIFY2(cli.err.contains("no servers"), cli.err.c_str());
}

void tst_ImportCommand::jsonHasAll()
{
    ScriptedCli cli;
    const auto path = write("Procfile", "_web: run\n");

    QCOMPARE(cli.run({"import", path, "--json"}), ExitCode::Done);

    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(cli.out)).object();
    QVERIFY(cli.err.empty());
    QCOMPARE(object.value(QStringLiteral("from")).toString(), QStringLiteral("procfile"));
    QCOMPARE(object.value(QStringLiteral("lost")).toArray().at(0).toObject().value(QStringLiteral("detail")).toString(),
             QStringLiteral("web"));
    QVERIFY(object.value(QStringLiteral("yaml")).toString().contains(QStringLiteral("command: run")));
}

void tst_ImportCommand::yamlIsRead()
{
    ScriptedCli cli;

    const auto code =
        cli.run({"import", write("process-compose.yaml", "processes: {a: {command: x, schedule: {}}}\n")});

    QCOMPARE(code, ExitCode::Done);
    QVERIFY2(cli.out.contains("command: x"), cli.out.c_str());
    QVERIFY2(cli.err.contains(":1: processes.a.schedule: Quaymaster has nothing like it."), cli.err.c_str());
}

void tst_ImportCommand::secretsStayReferences()
{
    qputenv("QUAY_TEST_TOKEN", "s3cret-value");
    ScriptedCli cli;

    const auto code =
        cli.run({"import", write("process-compose.yaml", "processes: {a: {entrypoint: [x, $QUAY_TEST_TOKEN]}}\n")});

    QCOMPARE(code, ExitCode::Done);
    QVERIFY(cli.out.contains("${QUAY_TEST_TOKEN:-}"));
    QVERIFY(!cli.out.contains("s3cret-value") && !cli.err.contains("s3cret-value"));
}

QTEST_GUILESS_MAIN(tst_ImportCommand)
#include "tst_importcommand.moc"
