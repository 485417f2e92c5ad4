// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/composeparts.h"
#include "core/imports/processcompose.h"
#include "core/yaml/yamlcppparser.h"
#include "tests/unit/core/imports/importtext.h"

#include <QObject>
#include <QTest>

#include <string>

namespace {

Quay::YamlDocument parsed(std::string_view text)
{
    Quay::YamlCppParser parser;
    return parser.parse(text);
}

std::string imported(const Quay::YamlDocument &document)
{
    return Quay::Test::importedText(
        Quay::importProcessCompose(document, {.path = "/p/process-compose.yaml", .variables = {}}));
}

} // namespace

class tst_ProcessCompose : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyKeyIsCarriedOverOrTold();
    void referencesAreTranslated_data();
    void referencesAreTranslated();
    void overridesAreLaidOnTop();
    void whatIsNoFileOfItIsRefused();
    void strangeValuesAreTold();
};

void tst_ProcessCompose::everyKeyIsCarriedOverOrTold()
{
    const auto text = imported(parsed(R"(version: "0.5"
is_strict: true
environment: ["A=1", "B=${HOME}"]
log_level: debug
processes:
  db:
    command: postgres
    is_daemon: true
    ready_log_line: ready to accept
  api:
    command: "run $$HOME ${X}"
    description: The API
    working_dir: src
    environment: [C=$D]
    env_file: .env
    namespace: [back, "a b"]
    disabled: true
    is_tty: true
    replicas: 2
    depends_on:
      db: {condition: process_healthy}
      job: {condition: process_completed}
    readiness_probe:
      http_get: {host: localhost, port: 8000, path: /health, status_code: 204}
      initial_delay_seconds: 1
      period_seconds: 5
      timeout_seconds: 3
      success_threshold: 1
      failure_threshold: 4
    liveness_probe:
      exec: {command: "check it", working_dir: x}
    availability: {restart: on_failure, backoff_seconds: 2, max_restarts: 3, exit_on_end: true}
    shutdown: {command: stop-it, signal: 2, timeout_seconds: 7, parent_only: true}
    success_exit_codes: [130, 143]
    watch:
      paths: [{path: src, include: ["*.py"], exclude: [x]}]
      debounce: 500ms
      cascade: true
  job:
    entrypoint: [make, "${TARGET}"]
)"));

    QCOMPARE(text, std::string(R"(version: 1
servers:
  db:
    command: postgres
    environment:
      A: 1
      B: "${HOME:-}"
    ready:
      - name: log
        log: ready to accept
  api:
    description: The API
    command: "run $HOME ${X}"
    directory: src
    environment:
      A: 1
      B: "${HOME:-}"
      C: "${D:-}"
    env_files:
      - path: .env
    needs:
      - name: db
      - name: job
        state: exited-ok
    ready:
      - name: http
        http: http://localhost:8000/health
        status: [204]
        delay: 1s
        interval: 5s
        timeout: 3s
        failures: 4
    alive:
      - name: command
        command: check it
        timeout: 1s
    restart:
      policy: on-failure
      backoff:
        initial: 2s
        factor: 1
        max: 2s
        jitter: 0
      crash_loop:
        exits: 4
      success:
        codes: [0, 130, 143]
    watch:
      paths: [src]
      include: ["*.py"]
      exclude: [x]
      debounce: 500ms
    stop:
      command: stop-it
      signal: INT
      grace: 7s
      scope: process
    groups: [back, a-b]
    autostart: false
    terminal: true
  job:
    command: [make, "${TARGET:-}"]
    environment:
      A: 1
      B: "${HOME:-}"
lost 4 noCounterpart log_level
lost 19 noCounterpart processes.api.replicas
lost 22 approximated processes.api.depends_on.job.condition (exited-ok)
lost 31 noCounterpart processes.api.liveness_probe.exec.working_dir
lost 32 approximated processes.api.availability.max_restarts (restart.crash_loop)
lost 32 noCounterpart processes.api.availability.exit_on_end
lost 38 noCounterpart processes.api.watch.cascade
)"));
}

void tst_ProcessCompose::referencesAreTranslated_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("ours");
    const auto row = [](const char *text, const char *ours) {
        QTest::addRow("%s", text) << std::string(text) << std::string(ours);
    };
    row("plain", "plain");
    row("$A", "${A:-}");
    row("${A}", "${A:-}");
    row("${A:-x}", "${A:-x}");
    row("${A-x}", "${A:-x}");
    row("${A:?x}", "${A:-}");
    row("a$A.b$B_1/c", "a${A:-}.b${B_1:-}/c");
    row("$$A", "$$A");
    row("$5", "$5");
    row("${", "$${");
    row("${A", "$${A");
    row("$", "$");
    row("${A:-${B}}", "$${A:-${B:-}}");
}

void tst_ProcessCompose::referencesAreTranslated()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, ours);

    QCOMPARE(Quay::ourReferences(text), ours);
}

void tst_ProcessCompose::overridesAreLaidOnTop()
{
    const auto document = Quay::overridden(
        parsed("processes:\n  a: {command: x, environment: [A=1, B=1], namespace: [n]}\n"),
        parsed("processes:\n  a: {command: y, environment: [B=2], namespace: [m]}\n  b: {command: z}\n"));

    QCOMPARE(imported(document),
             std::string("version: 1\nservers:\n  a:\n    command: y\n    environment:\n      A: 1\n      B: 2\n"
                         "    groups: [m]\n  b:\n    command: z\n"));
}

void tst_ProcessCompose::whatIsNoFileOfItIsRefused()
{
    QCOMPARE(imported(parsed("a: 1\n")),
             std::string("version: 1\nservers: {}\nlost 1 noCounterpart a\nmistake 0 missingKey\n"));
    QCOMPARE(imported(parsed("processes: [\n")), std::string("version: 1\nservers: {}\nmistake 2 unclosedBracket [\n"));
    QVERIFY(imported(parsed("processes:\n  a-b: {command: x}\n  'a b': {command: y}\n"))
                .ends_with("mistake 3 duplicateName a-b\n"));
}

void tst_ProcessCompose::strangeValuesAreTold()
{
    const auto text = imported(parsed("processes:\n"
                                      "  a:\n"
                                      "    command: [x]\n"
                                      "    shutdown: 5\n"
                                      "    readiness_probe: {}\n"
                                      "    availability: {restart: maybe}\n"
                                      "    is_tty: perhaps\n"
                                      "    working_dir: '{{.X}}'\n"));

    QVERIFY2(text.ends_with("lost 3 notUnderstood processes.a.command\n"
                            "lost 3 notUnderstood processes.a.command\n"
                            "lost 4 notUnderstood processes.a.shutdown\n"
                            "lost 5 notUnderstood processes.a.readiness_probe\n"
                            "lost 6 notUnderstood processes.a.availability.restart\n"
                            "lost 7 notUnderstood processes.a.is_tty\n"
                            "lost 8 template processes.a.working_dir\n"),
             text.c_str());
}

QTEST_GUILESS_MAIN(tst_ProcessCompose)
#include "tst_processcompose.moc"
