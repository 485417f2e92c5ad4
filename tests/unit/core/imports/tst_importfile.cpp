// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/importfile.h"
#include "core/imports/packagescripts.h"
#include "core/yaml/yamlcppparser.h"
#include "tests/unit/core/imports/importtext.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <optional>
#include <string>

using Quay::ImportKind;

class tst_ImportFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void kindsAreToldFromNames_data();
    void kindsAreToldFromNames();
    void namesAreMadeAllowed_data();
    void namesAreMadeAllowed();
    void scriptsOfAPackage();
    void aPackageThatIsNoneIsRefused();
    void theLockFileSaysWhoRunsScripts();
    void filesBesideAProcfileCount();
    void anOverrideIsFound();
    void composeFilesOfProcessComposeAreRecognised();
    void whatIsMissingIsSaid();
    void variablesAreExpandedForRunning();
    void importsKeepReferences();
};

namespace {

void write(const QTemporaryDir &directory, const char *name, const char *text)
{
    QFile file(directory.filePath(QString::fromLatin1(name)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

Quay::ImportedServers imported(ImportKind kind, const QTemporaryDir &directory, const char *name)
{
    Quay::YamlCppParser parser;
    return Quay::importFile(
        kind, {.path = directory.filePath(QString::fromLatin1(name)).toStdString(), .variables = {}}, parser);
}

} // namespace

void tst_ImportFile::kindsAreToldFromNames_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::optional<ImportKind>>("kind");
    const auto row = [](const char *path, std::optional<ImportKind> kind) {
        QTest::addRow("%s", path) << std::string(path) << kind;
    };
    row("Procfile", ImportKind::Procfile);
    row("/p/Procfile.dev", ImportKind::Procfile);
    row("process-compose.yml", ImportKind::ProcessCompose);
    row("compose.yaml", ImportKind::Compose);
    row("docker-compose.dev.yml", ImportKind::Compose);
    row("supervisord.conf", ImportKind::Supervisord);
    row("supervisor.ini", ImportKind::Supervisord);
    row("package.json", ImportKind::PackageJson);
    row("procfile", std::nullopt);
    row("compose.json", std::nullopt);
    row("Procfile/x", std::nullopt);
    row("", std::nullopt);
}

void tst_ImportFile::kindsAreToldFromNames()
{
    QFETCH(const std::string, path);
    QFETCH(const std::optional<ImportKind>, kind);

    QVERIFY(Quay::importKindOf(path) == kind);
}

void tst_ImportFile::namesAreMadeAllowed_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("allowed");
    const auto row = [](const char *name, std::string allowed) {
        QTest::addRow("%s", name) << std::string(name) << std::move(allowed);
    };
    row("api", "api");
    row("dev:css", "dev-css");
    row("a  b", "a-b");
    row("_a", "a");
    row("a/", "a");
    row("\xC3\xA4", "server");
    row("", "server");
    QTest::addRow("long") << std::string(100, 'x') << std::string(64, 'x');
}

void tst_ImportFile::namesAreMadeAllowed()
{
    QFETCH(const std::string, name);
    QFETCH(const std::string, allowed);

    QCOMPARE(Quay::allowedServerName(name), allowed);
    QVERIFY(Quay::isServerName(allowed));
}

void tst_ImportFile::scriptsOfAPackage()
{
    const auto result = Quay::importPackageScripts(
        R"({"name": "shop", "packageManager": "pnpm@9.1.0",
            "scripts": {"build": "vite build", "dev": "vite", "dev:api": "node api", "start": "node .", "watch": 5}})",
        {.path = "/p/package.json", .variables = {}}, "npm");

    QCOMPARE(Quay::Test::importedText(result), std::string(R"(version: 1
project: shop
servers:
  dev:
    command: [pnpm, run, dev]
  dev-api:
    command: [pnpm, run, dev:api]
    autostart: false
  start:
    command: [pnpm, run, start]
    autostart: false
lost 0 notAServer scripts.build
lost 0 renamed scripts.dev:api (dev-api)
lost 0 notUnderstood scripts.watch
)"));
}

void tst_ImportFile::aPackageThatIsNoneIsRefused()
{
    const auto broken = Quay::importPackageScripts("{\n\"a\": ]}", {.path = "/p/package.json", .variables = {}}, "npm");
    const auto list = Quay::importPackageScripts("[]", {.path = "/p/package.json", .variables = {}}, "npm");

    QCOMPARE(broken.mistakes.at(0).position.line, 2);
    QCOMPARE(list.mistakes.size(), std::size_t{1});
}

void tst_ImportFile::theLockFileSaysWhoRunsScripts()
{
    const QTemporaryDir directory;

    QCOMPARE(Quay::packageManagerIn(directory.path().toStdString()), std::string("npm"));
    write(directory, "yarn.lock", "");
    QCOMPARE(Quay::packageManagerIn(directory.path().toStdString()), std::string("yarn"));
}

void tst_ImportFile::filesBesideAProcfileCount()
{
    const QTemporaryDir directory;
    write(directory, "Procfile", "web: run\n");
    write(directory, ".env", "PORT=3000\n?\n");
    write(directory, ".foreman", "port: 1\n");

    const auto result = imported(ImportKind::Procfile, directory, "Procfile");

    QCOMPARE(static_cast<int>(result.file.servers.at(0).ports.at(0).port), 3000);
    QCOMPARE(result.losses.at(0).detail, std::string(".foreman"));
    QVERIFY(result.mistakes.at(0).file.ends_with("/.env"));
}

void tst_ImportFile::anOverrideIsFound()
{
    const QTemporaryDir directory;
    write(directory, "process-compose.yaml", "processes: {a: {command: x}}\n");
    write(directory, "process-compose.override.yaml", "processes: {a: {command: y}}\n");

    const auto result = imported(ImportKind::ProcessCompose, directory, "process-compose.yaml");

    QCOMPARE(result.file.servers.at(0).command.shellLine, std::string("y"));
}

void tst_ImportFile::composeFilesOfProcessComposeAreRecognised()
{
    const QTemporaryDir directory;
    write(directory, "compose.yaml", "processes: {a: {command: x}}\n");

    const auto result = imported(ImportKind::Compose, directory, "compose.yaml");

    QVERIFY(result.mistakes.empty());
    QCOMPARE(result.file.servers.at(0).command.shellLine, std::string("x"));
}

void tst_ImportFile::whatIsMissingIsSaid()
{
    const QTemporaryDir directory;

    const auto result = imported(ImportKind::Procfile, directory, "Procfile");

    QCOMPARE(result.mistakes.at(0).found, std::string("No such file or directory"));
}

void tst_ImportFile::variablesAreExpandedForRunning()
{
    const QTemporaryDir directory;
    write(directory, "process-compose.yaml", "processes: {a: {entrypoint: [run, $TOKEN], working_dir: $NOBODY}}\n");
    Quay::YamlCppParser parser;

    const auto config = Quay::importedConfig(imported(ImportKind::ProcessCompose, directory, "process-compose.yaml"),
                                             {{"TOKEN", "s3cret"}}, parser);

    QVERIFY(config.mistakes.empty());
    QCOMPARE(config.file.servers.at(0).command.arguments.at(1), std::string("s3cret"));
    QCOMPARE(config.file.servers.at(0).directory, directory.path().toStdString());
}

void tst_ImportFile::importsKeepReferences()
{
    const QTemporaryDir directory;
    write(directory, "process-compose.yaml", "processes: {a: {entrypoint: [run, $TOKEN]}}\n");

    const auto text = Quay::Test::importedText(imported(ImportKind::ProcessCompose, directory, "process-compose.yaml"));

    QVERIFY(text.contains("${TOKEN:-}"));
}

QTEST_GUILESS_MAIN(tst_ImportFile)
#include "tst_importfile.moc"
