// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/processes/kindrules.h"
#include "tests/support/jsonschema.h"

#include <QByteArray>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// A process as a fixture describes it.
struct Process
{
    std::string name;
    std::vector<std::string> arguments;
    std::string executable; ///< Empty: hidden.

    [[nodiscard]] Quay::ProcessFacts facts() const
    {
        return {.name = name, .arguments = &arguments, .executable = executable};
    }
};

QJsonObject readObject(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QJsonObject fixtures(const char *file)
{
    return readObject(QStringLiteral(QUAY_TEST_DATA "/kinds/") + QLatin1StringView(file));
}

QJsonObject rules()
{
    return readObject(QStringLiteral(QUAY_SOURCE_DIR "/resources/kinds.json"));
}

/// The name that the kernel would give: that of the file, or with a title its beginning, at most 15 bytes.
std::string kernelName(const std::string &firstArgument)
{
    const bool isPath = firstArgument.contains('/') && !firstArgument.contains(' ');
    return (isPath ? firstArgument.substr(firstArgument.rfind('/') + 1) : firstArgument).substr(0, 15);
}

/// A text is a command line split at its blanks; an object has `arguments` and, where they matter, the rest.
Process processFrom(const QJsonValue &value)
{
    Process process;
    const auto object = value.toObject();
    const auto arguments = value.isString() ? QJsonArray::fromStringList(value.toString().split(u' '))
                                            : object.value(QLatin1StringView("arguments")).toArray();
    for (const auto &argument : arguments) {
        process.arguments.push_back(argument.toString().toStdString());
    }
    const std::string first = process.arguments.empty() ? std::string() : process.arguments.front();
    process.name =
        object.value(QLatin1StringView("name")).toString(QString::fromStdString(kernelName(first))).toStdString();
    process.executable = object.value(QLatin1StringView("executable")).toString().toStdString();
    return process;
}

void addRows(const QJsonObject &fixtures)
{
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QJsonValue>("process");
    for (auto entry = fixtures.begin(); entry != fixtures.end(); ++entry) {
        int number = 0;
        for (const auto &process : entry.value().toArray()) {
            QTest::addRow("%s %d", qPrintable(entry.key()), number++) << entry.key() << QJsonValue(process);
        }
    }
}

QStringList namesOf(const QJsonArray &list, const char *key)
{
    QStringList names;
    for (const auto &item : list) {
        names << item.toObject().value(QLatin1StringView(key)).toString();
    }
    return names;
}

std::string idOf(const Process &process)
{
    const auto kind = Quay::KindRules::builtIn().serverKind(process.facts());
    return kind ? kind->id : std::string();
}

} // namespace

class tst_KindRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void builtInRulesFitTheirSchema();
    void schemaRefusesMistakes_data();
    void schemaRefusesMistakes();
    void idsAndNamesAreUnique();
    void everyRuleHasAFixture();
    void serverIsRecognised_data();
    void serverIsRecognised();
    void launcherIsRecognised_data();
    void launcherIsRecognised();
    void launcherHasItsKind_data();
    void launcherHasItsKind();
    void flagsAreRead();
    void stopSignalIsKnown_data();
    void stopSignalIsKnown();
    void containerProxiesAreKnown_data();
    void containerProxiesAreKnown();
    void firstRuleThatFitsWins();
    void hostileProcessIsNothing_data();
    void hostileProcessIsNothing();
    void malformedRulesFail_data();
    void malformedRulesFail();
    void copiesOutliveTheirSource();
};

void tst_KindRules::builtInRulesFitTheirSchema()
{
    const auto schema = readObject(QStringLiteral(QUAY_SOURCE_DIR "/resources/kinds.schema.json"));
    QVERIFY(!schema.isEmpty());

    const auto mistakes = Quay::Test::schemaMistakes(rules(), schema);

    QVERIFY2(mistakes.isEmpty(), qPrintable(mistakes.join(u'\n')));
}

void tst_KindRules::schemaRefusesMistakes_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QString>("mistake");
    const auto row = [](const char *name, const char *kind, const char *mistake) {
        QTest::addRow("%s", name) << QByteArray(kind) << QString::fromLatin1(mistake);
    };
    row("no name", R"({"id": "a", "match": [{"tool": ["a"]}]})", "$.kinds[0]: lacks name");
    row("bad id", R"({"id": "A B", "name": "A", "match": [{"tool": ["a"]}]})", "$.kinds[0].id: violates pattern");
    row("no match", R"({"id": "a", "name": "A", "match": []})", "$.kinds[0].match: violates minItems");
    row("two keys", R"({"id": "a", "name": "A", "match": [{"tool": ["a"], "path": ["b"]}]})",
        "$.kinds[0].match[0]: fits 2 of the alternatives");
    row("unknown key", R"({"id": "a", "name": "A", "match": [{"tool": ["a"], "but": ["b"]}]})",
        "$.kinds[0].match[0].but: is unknown");
    row("star in the middle", R"({"id": "a", "name": "A", "match": [{"tool": ["a"], "any": ["b*c"]}]})",
        "$.kinds[0].match[0].any[0]: violates pattern");
    row("flag as text", R"({"id": "a", "name": "A", "http": "yes", "match": [{"tool": ["a"]}]})",
        "$.kinds[0].http: has the wrong type");
}

void tst_KindRules::schemaRefusesMistakes()
{
    QFETCH(const QByteArray, kind);
    QFETCH(const QString, mistake);
    const auto schema = readObject(QStringLiteral(QUAY_SOURCE_DIR "/resources/kinds.schema.json"));
    auto document = rules();
    document.insert(QLatin1StringView("kinds"), QJsonArray{QJsonDocument::fromJson(kind).object()});

    const auto mistakes = Quay::Test::schemaMistakes(document, schema);

    QCOMPARE(mistakes, QStringList{mistake});
}

void tst_KindRules::idsAndNamesAreUnique()
{
    for (const auto &[list, key] :
         {std::pair{"kinds", "id"}, std::pair{"kinds", "name"}, std::pair{"launchers", "name"}}) {
        auto names = namesOf(rules().value(QLatin1StringView(list)).toArray(), key);
        const auto count = names.size();

        names.removeDuplicates();

        QCOMPARE(names.size(), count);
    }
}

void tst_KindRules::everyRuleHasAFixture()
{
    const auto check = [](const char *list, const char *key, const char *file) {
        const auto names = namesOf(rules().value(QLatin1StringView(list)).toArray(), key);
        const auto covered = fixtures(file).keys();
        const auto uncovered = QSet(names.begin(), names.end()) - QSet(covered.begin(), covered.end());
        QVERIFY2(uncovered.isEmpty(), qPrintable(uncovered.values().join(u' ')));
    };
    check("kinds", "id", "servers.json");
    check("launchers", "name", "launchers.json");
}

void tst_KindRules::serverIsRecognised_data()
{
    addRows(fixtures("servers.json"));
}

void tst_KindRules::serverIsRecognised()
{
    QFETCH(const QString, expected);
    QFETCH(const QJsonValue, process);

    const auto id = idOf(processFrom(process));

    QCOMPARE(QString::fromStdString(id), expected);
}

void tst_KindRules::launcherIsRecognised_data()
{
    addRows(fixtures("launchers.json"));
}

void tst_KindRules::launcherIsRecognised()
{
    QFETCH(const QString, expected);
    QFETCH(const QJsonValue, process);

    const auto name = Quay::KindRules::builtIn().launcherName(processFrom(process).facts());

    QCOMPARE(QString::fromStdString(name), expected);
}

void tst_KindRules::launcherHasItsKind_data()
{
    using enum Quay::LauncherKind;
    QTest::addColumn<QString>("command");
    QTest::addColumn<Quay::LauncherKind>("kind");
    const auto row = [](const char *command, Quay::LauncherKind kind) {
        QTest::addRow("%s", command) << QString::fromLatin1(command) << kind;
    };
    row("/sbin/init", Init);
    row("/lib/systemd/systemd --user", ServiceManager);
    row("/usr/sbin/cron -f", Timer);
    row("/usr/bin/containerd-shim-runc-v2 -namespace moby", ContainerRuntime);
    row("/usr/bin/plasmashell --no-respawn", DesktopSession);
    row("/usr/bin/konsole", Terminal);
    row("tmux new -s work", Multiplexer);
    row("/usr/sbin/sshd -D", Ssh);
    row("/usr/share/code/code --no-sandbox", Ide);
    row("node /usr/bin/claude", CodingAgent);
    row("-bash", Shell);
    row("node /app/node_modules/.bin/nodemon server.js", ProcessManager);
    row("make run", PackageScript);
    row("sudo make run", None);
}

void tst_KindRules::launcherHasItsKind()
{
    QFETCH(const QString, command);
    QFETCH(const Quay::LauncherKind, kind);

    QCOMPARE(Quay::KindRules::builtIn().launcherKind(processFrom(command).facts()), kind);
}

void tst_KindRules::flagsAreRead()
{
    const auto &rules = Quay::KindRules::builtIn();

    const auto vite = rules.serverKind(processFrom(QStringLiteral("node /a/node_modules/.bin/vite")).facts());
    const auto postgres = rules.serverKind(processFrom(QStringLiteral("/usr/lib/postgresql/17/bin/postgres")).facts());

    QVERIFY(vite.has_value());
    QVERIFY(*vite == (Quay::ServerKind{.id = "vite", .name = "Vite", .speaksHttp = true, .isDevelopment = true}));
    QVERIFY(postgres.has_value());
    QVERIFY(*postgres == (Quay::ServerKind{.id = "postgresql", .name = "PostgreSQL", .stopSignal = SIGINT}));
}

void tst_KindRules::stopSignalIsKnown_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<std::optional<int>>("signal");
    const auto row = [](const char *command, std::optional<int> signal) {
        QTest::addRow("%s", command) << QString::fromLatin1(command) << signal;
    };
    row("/usr/lib/postgresql/17/bin/postgres -D /data", SIGINT);
    row("postgres: checkpointer", std::nullopt);
    row("/usr/sbin/nginx -g daemon off;", SIGQUIT);
    row("/usr/local/openresty/nginx/sbin/nginx", SIGQUIT);
    row("/usr/sbin/apache2 -k start", SIGWINCH);
    row("/usr/sbin/httpd -DFOREGROUND", SIGWINCH);
    row("/usr/sbin/php-fpm8.2 --nodaemonize", SIGQUIT);
    row("uwsgi --http :8000", SIGINT);
    row("ruby /usr/bin/unicorn -c config.rb", SIGQUIT);
    row("pgbouncer /etc/pgbouncer.ini", SIGINT);
    row("/usr/sbin/lighttpd -D", SIGINT);
    row("haproxy -f /etc/haproxy.cfg", SIGUSR1);
    row("redis-server *:6379", std::nullopt);
    row("node /a/node_modules/.bin/vite", std::nullopt);
}

void tst_KindRules::stopSignalIsKnown()
{
    QFETCH(const QString, command);
    QFETCH(const std::optional<int>, signal);
    const bool isTitle = command.contains(QStringLiteral(": "));
    const Process process = isTitle
        ? Process{.name = "postgres", .arguments = {command.toStdString()}, .executable = {}}
        : processFrom(command);

    const auto kind = Quay::KindRules::builtIn().serverKind(process.facts());

    QVERIFY(kind.has_value());
    QCOMPARE(kind->stopSignal, signal);
}

void tst_KindRules::containerProxiesAreKnown_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<bool>("isProxy");
    QTest::newRow("docker") << QStringLiteral("/usr/bin/docker-proxy -proto tcp -host-port 80") << true;
    QTest::newRow("rootless podman") << QStringLiteral("rootlessport") << true;
    QTest::newRow("pasta") << QStringLiteral("/usr/bin/pasta.avx2 --config-net") << true;
    QTest::newRow("a proxy of another kind") << QStringLiteral("haproxy -f /etc/haproxy.cfg") << false;
    QTest::newRow("the runtime") << QStringLiteral("/usr/bin/dockerd") << false;
}

void tst_KindRules::containerProxiesAreKnown()
{
    QFETCH(const QString, command);
    QFETCH(const bool, isProxy);

    const auto kind = Quay::KindRules::builtIn().serverKind(processFrom(command).facts());

    QVERIFY(kind.has_value());
    QCOMPARE(kind->isContainerProxy, isProxy);
}

void tst_KindRules::firstRuleThatFitsWins()
{
    const auto rules = Quay::KindRules::fromJson(R"({"schema": 1,
        "interpreters": [{"names": ["python"]}],
        "kinds": [
            {"id": "one", "name": "One", "match": [{"path": ["/one/"], "any": ["--one*"]}]},
            {"id": "two", "name": "Two", "match": [{"program": ["server"], "all": ["-a", "*b*"]}]},
            {"id": "three", "name": "Three", "match": [{"program": ["server"], "none": ["*c"]}, {"title": ["server: x"]}]}
        ],
        "launchers": [{"name": "L", "kind": "shell", "match": [{"program": ["l"]}]}]})");
    QVERIFY2(rules, rules ? "" : rules.error().subject.c_str());
    const auto id = [&rules](const char *command) {
        const auto process = processFrom(QString::fromLatin1(command));
        const auto kind = rules->serverKind(process.facts());
        return kind ? kind->id : std::string();
    };

    QCOMPARE(id("/one/server -a abc --one=1"), std::string("one"));
    QCOMPARE(id("/one/server -a abc"), std::string("two"));
    QCOMPARE(id("/one/server -a"), std::string("three"));
    QCOMPARE(id("/one/server -a c"), std::string());
    QCOMPARE(id("server"), std::string("three"));
    QCOMPARE(id("serverx"), std::string());
}

void tst_KindRules::hostileProcessIsNothing_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::vector<std::string>>("arguments");
    using Arguments = std::vector<std::string>;
    const auto row = [](const char *name, const std::string &comm, const Arguments &arguments) {
        QTest::addRow("%s", name) << comm << arguments;
    };
    row("nothing at all", "", {});
    row("empty arguments", "", {"", "", ""});
    row("only options", "x", {"--", "--", "--"});
    row("invalid UTF-8", "\xff\xfe", {"\xff\xfe/\xff", "\xc0\x80"});
    row("line breaks and escapes", "a\nb", {"a\n\x1b[2Jb c", "\x1b]0;vite\a"});
    row("slashes", "/", {"////", "/"});
    row("dashes", "-", {"-", "-"});
    row("wrapper of nothing", ".-wrapped", {"/nix/store/.-wrapped"});
    row("128 KiB", "x", {std::string(128 * 1024, 'x'), std::string(128 * 1024, '/')});
    row("many arguments", "x", Arguments(100'000, "y"));
    row("version without a name", "3.11", {"3.11", "3.11"});
}

void tst_KindRules::hostileProcessIsNothing()
{
    QFETCH(const std::string, name);
    QFETCH(const std::vector<std::string>, arguments);
    const Quay::ProcessFacts facts{.name = name, .arguments = &arguments, .executable = {}};

    QVERIFY(!Quay::KindRules::builtIn().serverKind(facts));
    QCOMPARE(Quay::KindRules::builtIn().launcherKind(facts), Quay::LauncherKind::None);
    QVERIFY(Quay::KindRules::builtIn().launcherName(facts).empty());
}

void tst_KindRules::malformedRulesFail_data()
{
    QTest::addColumn<std::string>("json");
    QTest::addColumn<std::string>("subject");
    const auto row = [](const char *name, const std::string &json, const char *subject) {
        QTest::addRow("%s", name) << json << std::string(subject);
    };
    const std::string head = R"({"schema": 1, "interpreters": [{"names": ["x"]}], )";
    const std::string launchers = R"("launchers": [{"name": "L", "kind": "shell", "match": [{"program": ["l"]}]}])";
    row("empty", "", "line 1: '{' expected");
    row("nothing in it", "{}", "line 1: interpreters, kinds and launchers expected");
    row("other version", R"({"schema": 2})", "line 1: schema must be 1");
    row("unknown part", R"({"servers": 1})", "line 1: unknown key servers");
    row("interpreter without name", R"({"interpreters": [{}]})", "line 1: names expected");
    row("unknown key of interpreter", R"({"interpreters": [{"x": 1}]})", "line 1: unknown key x");
    row("kind without match", head + R"("kinds": [{"id": "a", "name": "A"}]})", "line 1: id, name and match expected");
    row("unknown key of kind", head + "\n" + R"("kinds": [{"ports": [1]}]})", "line 2: unknown key ports");
    row("unknown signal", head + R"("kinds": [{"stopSignal": "SIGINT"}]})",
        "line 1: stopSignal must be one of HUP, INT, QUIT, TERM, USR1, USR2, WINCH");
    row("signal that kills", head + R"("kinds": [{"stopSignal": "KILL"}]})",
        "line 1: stopSignal must be one of HUP, INT, QUIT, TERM, USR1, USR2, WINCH");
    row("match without key", head + R"("kinds": [{"match": [{"any": ["a"]}]}]})",
        "line 1: one of tool, program, script, module, package, title, path expected");
    row("match with two keys", head + R"("kinds": [{"match": [{"tool": ["a"], "title": ["b"]}]}]})",
        "line 1: one of tool, program, script, module, package, title, path expected, not two");
    row("unknown condition", head + R"("kinds": [{"match": [{"regex": "a"}]}]})", "line 1: unknown key regex");
    row("unknown kind of launcher", head + R"("launchers": [{"name": "L", "kind": "x", "match": [{"tool": ["l"]}]}]})",
        "line 1: name, a known kind and match expected");
    row("no kinds", head + launchers + "}", "line 1: interpreters, kinds and launchers expected");
}

void tst_KindRules::malformedRulesFail()
{
    QFETCH(const std::string, json);
    QFETCH(const std::string, subject);

    const auto rules = Quay::KindRules::fromJson(json);

    QVERIFY(!rules);
    QCOMPARE(rules.error().code, Quay::ErrorCode::Malformed);
    QCOMPARE(rules.error().subject, subject);
}

void tst_KindRules::copiesOutliveTheirSource()
{
    std::optional<Quay::KindRules> copy;
    {
        QFile file(QStringLiteral(QUAY_SOURCE_DIR "/resources/kinds.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto rules = Quay::KindRules::fromJson(file.readAll().toStdString());
        QVERIFY(rules.has_value());
        copy = *rules;
    }

    const auto kind = copy->serverKind(processFrom(QStringLiteral("nginx")).facts());

    QVERIFY(kind.has_value());
    QCOMPARE(kind->name, std::string("nginx"));
}

QTEST_GUILESS_MAIN(tst_KindRules)
#include "tst_kindrules.moc"
