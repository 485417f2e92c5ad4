// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/supervisord.h"
#include "tests/unit/core/imports/importtext.h"

#include <QObject>
#include <QTest>

#include <string>

class tst_Supervisord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyKeyIsCarriedOverOrTold();
    void defaultsAreThoseOfSupervisor();
    void severalProcessesOfOneProgram();
    void dollarsMeanThemselves();
    void whatIsMalformedIsRefused_data();
    void whatIsMalformedIsRefused();
};

namespace {

std::string imported(std::string_view text)
{
    return Quay::Test::importedText(Quay::importSupervisord(text, {.path = "/p/supervisord.conf", .variables = {}}));
}

} // namespace

void tst_Supervisord::everyKeyIsCarriedOverOrTold()
{
    const auto text = imported(R"([supervisord]
logfile=/tmp/x
[group:back]
programs=api, other
[program:api]
command=%(here)s/run --key "%(ENV_KEY)s" 100%% ; and a comment
directory=src
environment=A="1,2",B='x',C=%(program_name)s
priority=10
autostart=false
autorestart=true
startsecs=5
startretries=2
exitcodes=0, 3
stopsignal=INT
stopwaitsecs=3
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile=/var/log/api.log
stdout_logfile_maxbytes=1MB
stdout_logfile_backups=2
user=www
[program:web]
command=web
[include]
files = *.conf
)");

    QCOMPARE(text, std::string(R"(version: 1
servers:
  api:
    command: [/p/run, "--key", "${KEY}", 100%]
    directory: src
    environment:
      A: "1,2"
      B: x
      C: api
    restart:
      policy: always
      crash_loop:
        exits: 3
      success:
        codes: [0, 3]
    stop:
      signal: INT
      grace: 3s
    log:
      max_size: 1MiB
      files: 3
    groups: [back]
    autostart: false
  web:
    command: [web]
    restart:
      policy: on-failure
    stop:
      scope: process
lost 1 noCounterpart [supervisord]
lost 9 approximated [program:api] priority (servers)
lost 12 noCounterpart [program:api] startsecs
lost 13 approximated [program:api] startretries (restart.crash_loop)
lost 20 noCounterpart [program:api] stdout_logfile
lost 23 noCounterpart [program:api] user
lost 26 fileNotRead [include] (files)
)"));
}

void tst_Supervisord::defaultsAreThoseOfSupervisor()
{
    const auto result =
        Quay::importSupervisord("[program:a]\ncommand=x\n", {.path = "/p/supervisord.conf", .variables = {}});

    const auto &server = result.file.servers.at(0);
    QCOMPARE(server.restart.policy, Quay::RestartPolicy::OnFailure);
    QCOMPARE(server.stop.scope, Quay::StopScope::Process);
    QVERIFY(result.losses.empty());
}

void tst_Supervisord::severalProcessesOfOneProgram()
{
    const auto result = Quay::importSupervisord(
        "[program:a]\ncommand=x %(process_num)d %(process_num)03d\nnumprocs=2\nnumprocs_start=7\n",
        {.path = "/p/supervisord.conf", .variables = {}});

    QCOMPARE(result.file.servers.size(), std::size_t{2});
    QCOMPARE(result.file.servers.at(1).name, std::string("a-08"));
    QVERIFY((result.file.servers.at(1).command.arguments == std::vector<std::string>{"x", "8", "008"}));
    QVERIFY((result.file.servers.at(1).groups == std::vector<std::string>{"a"}));
}

void tst_Supervisord::dollarsMeanThemselves()
{
    const auto result = Quay::importSupervisord("[program:a]\ncommand=x ${A} $B $$\n",
                                                {.path = "/p/supervisord.conf", .variables = {}});

    QVERIFY((result.file.servers.at(0).command.arguments == std::vector<std::string>{"x", "$${A}", "$B", "$$$"}));
}

void tst_Supervisord::whatIsMalformedIsRefused_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("end");
    const auto row = [](const char *name, const char *lines, const char *end) {
        QTest::addRow("%s", name) << "[program:a]\n" + std::string(lines) << std::string(end);
    };
    row("no command", "directory=x\n", "mistake 1 missingKey\n");
    row("an open quotation mark", "command='x\n", "mistake 2 unterminatedQuote command\n");
    row("an empty command", "command=\n", "mistake 2 empty command\n");
    row("an unknown placeholder", "command=%(what)s\n", "mistake 2 badExpansion command\nmistake 2 empty command\n");
    row("half a placeholder", "command=%(here\n", "mistake 2 badExpansion command\nmistake 2 empty command\n");
    row("a percent sign", "command=50% x\n", "mistake 2 badExpansion command\nmistake 2 empty command\n");
    row("no signal", "command=x\nstopsignal=TREM\n", "lost 3 notUnderstood [program:a] stopsignal\n");
    row("no number", "command=x\nstopwaitsecs=-1\n", "lost 3 notUnderstood [program:a] stopwaitsecs\n");
    row("no flag", "command=x\nautostart=maybe\n", "lost 3 notUnderstood [program:a] autostart\n");
    row("no environment", "command=x\nenvironment=A\n", "lost 3 notUnderstood [program:a] environment\n");
    row("no line", "command=x\nwhat\n", "mistake 3 badLine what\n");
}

void tst_Supervisord::whatIsMalformedIsRefused()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, end);

    const auto result = imported(text);

    QVERIFY2(result.ends_with(end), result.c_str());
}

QTEST_GUILESS_MAIN(tst_Supervisord)
#include "tst_supervisord.moc"
