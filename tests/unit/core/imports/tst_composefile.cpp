// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/composefile.h"
#include "core/yaml/yamlcppparser.h"
#include "tests/unit/core/imports/importtext.h"

#include <QObject>
#include <QTest>

#include <string>

class tst_ComposeFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void servicesAreDrivenByDocker();
    void portsAreExpected_data();
    void portsAreExpected();
};

namespace {

Quay::ImportedServers imported(std::string_view text)
{
    Quay::YamlCppParser parser;
    return Quay::importCompose(parser.parse(text), {.path = "/p/compose.yaml", .variables = {{"WEB_PORT", "8080"}}});
}

} // namespace

void tst_ComposeFile::servicesAreDrivenByDocker()
{
    const auto text = Quay::Test::importedText(imported(R"(name: shop
include: [other.yaml]
services:
  db:
    image: postgres:17
    stop_grace_period: 1m30s
    healthcheck: {test: ["CMD", "pg_isready"], interval: 5s}
  web:
    build: .
    ports: ["8080:80"]
    profiles: [debug]
    depends_on:
      db: {condition: service_healthy, required: false, restart: true}
  worker:
    extends: {file: x}
    depends_on: [db, web]
)"));

    QCOMPARE(text, std::string(R"(version: 1
project: shop
servers:
  db:
    command: [docker, compose, "-f", /p/compose.yaml, up, "--no-deps", "--no-log-prefix", db]
    ready:
      - name: health
        command: "docker compose -f '/p/compose.yaml' ps --format '{{.Health}}' 'db' | grep -qx healthy"
        start_interval: 1s
        interval: 5s
        timeout: 10s
    alive:
      - name: health
        command: "docker compose -f '/p/compose.yaml' ps --format '{{.Health}}' 'db' | grep -qx healthy"
        start_interval: 1s
        interval: 5s
        timeout: 10s
    stop:
      command: [docker, compose, "-f", /p/compose.yaml, stop, db]
      grace: 1m30s
    external: docker compose
  web:
    command: [docker, compose, "-f", /p/compose.yaml, up, "--no-deps", "--no-log-prefix", web]
    ports:
      - port: 8080
    needs:
      - name: db
        optional: true
    ready:
      - name: port-8080
        tcp: localhost:8080
    stop:
      command: [docker, compose, "-f", /p/compose.yaml, stop, web]
    groups: [debug]
    autostart: false
    external: docker compose
  worker:
    command: [docker, compose, "-f", /p/compose.yaml, up, "--no-deps", "--no-log-prefix", worker]
    needs:
      - name: db
        state: started
      - name: web
        state: started
    stop:
      command: [docker, compose, "-f", /p/compose.yaml, stop, worker]
    external: docker compose
lost 2 fileNotRead include
lost 13 noCounterpart services.web.depends_on.db.restart
lost 15 fileNotRead services.worker.extends
)"));
}

void tst_ComposeFile::portsAreExpected_data()
{
    QTest::addColumn<std::string>("port");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char *port, const char *expected) {
        QTest::addRow("%s", port) << std::string(port) << std::string(expected);
    };
    row("'3000:3000'", "0.0.0.0:3000/tcp");
    row("'127.0.0.1:3001:80'", "127.0.0.1:3001/tcp");
    row("'[::1]:3001:80'", "::1:3001/tcp");
    row("'6060:6060/udp'", "0.0.0.0:6060/udp");
    row("'3000-3001:80-81'", "0.0.0.0:3000/tcp 0.0.0.0:3001/tcp");
    row("'${WEB_PORT}:80'", "0.0.0.0:8080/tcp");
    row("'${NOBODY:-9000}:80'", "0.0.0.0:9000/tcp");
    row("{target: 80, published: '8081', host_ip: 127.0.0.1, protocol: tcp}", "127.0.0.1:8081/tcp");
    row("80", "lost");
    row("'${NOBODY}:80'", "lost");
    row("{target: 80}", "lost");
    row("'0:80'", "lost");
    row("'70000:80'", "lost");
    row("'5-3:80'", "lost");
    row("'3000:80/sctp'", "lost");
    row("'nowhere:3000:80'", "lost");
    row("'1-60000:1-60000'", "lost");
}

void tst_ComposeFile::portsAreExpected()
{
    QFETCH(const std::string, port);
    QFETCH(const std::string, expected);

    const auto result = imported("services: {a: {ports: [" + port + "]}}");

    std::string found;
    for (const auto &one : result.file.servers.at(0).ports) {
        found += (found.empty() ? "" : " ") + (one.address ? toString(*one.address) : "0.0.0.0") + ':'
            + std::to_string(one.port) + (one.protocol == Quay::Protocol::Tcp ? "/tcp" : "/udp");
    }
    for (const auto &loss : result.losses) {
        found += loss.reason == Quay::LossReason::NoHostPort ? "lost" : "";
    }
    QCOMPARE(found, expected);
}

QTEST_GUILESS_MAIN(tst_ComposeFile)
#include "tst_composefile.moc"
