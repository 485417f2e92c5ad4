// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/secretmask.h"
#include "core/processes/secrettext.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTest>

#include <string>
#include <vector>

using Arguments = std::vector<std::string>;

class tst_SecretMask : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void argumentsAreMasked_data();
    void argumentsAreMasked();
    void ordinaryArgumentsStay_data();
    void ordinaryArgumentsStay();
    void textIsMasked_data();
    void textIsMasked();
    void variableIsMasked_data();
    void variableIsMasked();
    void maskedIsMaskedOnce();
    void hostileTextIsQuick_data();
    void hostileTextIsQuick();
};

void tst_SecretMask::argumentsAreMasked_data()
{
    QTest::addColumn<Arguments>("arguments");
    QTest::addColumn<Arguments>("masked");
    const auto row = [](const char *name, const Arguments &arguments, const Arguments &masked) {
        QTest::addRow("%s", name) << arguments << masked;
    };
    row("with equals sign", {"a", "--password=x y", "b"}, {"a", "--password=***", "b"});
    row("as next argument", {"a", "--token", "xyz", "b"}, {"a", "--token", "***", "b"});
    row("one dash", {"a", "-apiKey", "xyz"}, {"a", "-apiKey", "***"});
    row("compound", {"a", "--db-password", "x", "--client-secret=y"},
        {"a", "--db-password", "***", "--client-secret=***"});
    row("key of an interface", {"a", "--api-key", "x"}, {"a", "--api-key", "***"});
    row("two secrets", {"a", "--access-key", "x", "--secret-key", "y"},
        {"a", "--access-key", "***", "--secret-key", "***"});
    row("variable", {"env", "DB_PASSWORD=x", "node"}, {"env", "DB_PASSWORD=***", "node"});
    row("variable with more words", {"env", "SECRET_KEY_BASE=x"}, {"env", "SECRET_KEY_BASE=***"});
    row("property", {"java", "-Djavax.net.ssl.keyStorePassword=x"}, {"java", "-Djavax.net.ssl.keyStorePassword=***"});
    row("pass", {"a", "--pass", "x", "--db-pass=y"}, {"a", "--pass", "***", "--db-pass=***"});
    row("mysql", {"/usr/bin/mysql", "-u", "root", "-pgeheim", "db"}, {"/usr/bin/mysql", "-u", "root", "-p***", "db"});
    row("mariadb-dump", {"mariadb-dump", "-px"}, {"mariadb-dump", "-p***"});
    row("sshpass", {"sshpass", "-p", "x", "ssh"}, {"sshpass", "-p", "***", "ssh"});
    row("redis-cli", {"redis-cli", "-a", "x"}, {"redis-cli", "-a", "***"});
    row("curl", {"curl", "-u", "me:x", "https://h"}, {"curl", "-u", "me:***", "https://h"});
    row("curl in one argument", {"curl", "-ume:x", "--user=me:y", "-U", "me:z", "--proxy-user", "me:z"},
        {"curl", "-ume:***", "--user=me:***", "-U", "me:***", "--proxy-user", "me:***"});
    row("curl with switches before it", {"curl", "-sSu", "me:x", "https://h"}, {"curl", "-sSu", "me:***", "https://h"});
    row("sshpass in one argument", {"sshpass", "-px", "ssh", "h"}, {"sshpass", "-p***", "ssh", "h"});
    row("mysqldump", {"mysqldump", "-uroot", "-px", "db"}, {"mysqldump", "-uroot", "-p***", "db"});
    row("mysqladmin", {"mysqladmin", "-px", "status"}, {"mysqladmin", "-p***", "status"});
    row("mongosh", {"mongosh", "-u", "me", "-p", "x"}, {"mongosh", "-u", "me", "-p", "***"});
    row("mongosh in one argument", {"mongosh", "-px"}, {"mongosh", "-p***"});
    row("behind sudo", {"sudo", "-u", "me", "mysql", "-px"}, {"sudo", "-u", "me", "mysql", "-p***"});
    row("behind two wrappers", {"sudo", "timeout", "5", "/usr/bin/redis-cli", "-a", "x"},
        {"sudo", "timeout", "5", "/usr/bin/redis-cli", "-a", "***"});
    row("command of a shell",
        {"sh", "-c", "A=b exec mysqldump -uroot -pgeheim db | gzip > x && curl -u me:x https://h"},
        {"sh", "-c", "A=b exec mysqldump -uroot -p*** db | gzip > x && curl -u me:*** https://h"});
    row("quoted in a command of a shell", {"bash", "-lc", "mysql -p'a b' db; redis-cli -a x"},
        {"bash", "-lc", "mysql -p*** db; redis-cli -a ***"});
    row("auth", {"a", "--auth", "hunter2", "--auth=me:x"}, {"a", "--auth", "***", "--auth=me:***"});
    row("key", {"a", "--key=a1b2c3d4e5", "--key", "a1b2c3d4e5"}, {"a", "--key=***", "--key", "***"});
    row("access key", {"a", "--access-key=x", "--secret-access-key", "y"},
        {"a", "--access-key=***", "--secret-access-key", "***"});
    row("URL", {"a", "postgres://me:x@h/db"}, {"a", "postgres://me:***@h/db"});
    row("header", {"curl", "-H", "Authorization: Bearer abc"}, {"curl", "-H", "Authorization: ***"});
    row("Redis", {"redis-server", "--requirepass", "x"}, {"redis-server", "--requirepass", "***"});
    row("Vault", {"vault", "server", "-dev", "-dev-root-token-id=x"},
        {"vault", "server", "-dev", "-dev-root-token-id=***"});
    row("web token by name", {"a", "--jwt", "x"}, {"a", "--jwt", "***"});
    row("with a colon", {"a", "--client-secret:x y", "b"}, {"a", "--client-secret:***", "b"});
    row("cookie", {"curl", "-H", "Cookie: session=x; a=b"}, {"curl", "-H", "Cookie: ***"});
    row("OpenSSL", {"openssl", "rsa", "-passin", "pass:x", "-passout", "pass:y"},
        {"openssl", "rsa", "-passin", "pass:***", "-passout", "pass:***"});
    row("shell with a colon and a cookie", {"sh", "-c", "a --client-secret:x b; curl -H 'cookie: s=x' h"},
        {"sh", "-c", "a --client-secret:*** b; curl -H 'cookie: ***' h"});
    row("shell", {"sh", "-c", "API_TOKEN=abc node a.js --password x --port 3000"},
        {"sh", "-c", "API_TOKEN=*** node a.js --password *** --port 3000"});
    row("GitHub", {"a", "ghp_0123456789abcdefghij0123456789abcdef"}, {"a", "ghp_***"});
    row("after an ordinary one", {"a", "--password", "x", "y"}, {"a", "--password", "***", "y"});
}

void tst_SecretMask::argumentsAreMasked()
{
    QFETCH(const Arguments, arguments);
    QFETCH(const Arguments, masked);

    QCOMPARE(Quay::maskedArguments(arguments), masked);
}

void tst_SecretMask::ordinaryArgumentsStay_data()
{
    QTest::addColumn<Arguments>("arguments");
    const auto row = [](const char *name, const Arguments &arguments) { QTest::addRow("%s", name) << arguments; };
    row("nothing", {});
    row("empty", {"", ""});
    row("tokenizer", {"vllm", "--tokenizer", "llama", "--tokenizer=llama"});
    row("numbers of tokens", {"a", "--max-tokens", "100", "--max-token=100", "--tokens", "5", "--pad-token", "<pad>"});
    row("port", {"a", "--port", "3000", "-p", "3000", "-p3000"});
    row("port of a server whose name is in a table", {"docker", "run", "--name", "mysql", "-p3306:3306", "mysql"});
    row("port of a server behind a wrapper",
        {"sudo", "docker", "run", "-d", "--name", "mysql", "-p3306:3306", "mysql:8"});
    row("port of a server of node", {"sudo", "-u", "me", "node", "server.js", "-p", "3000"});
    row("port in a command of a shell", {"sh", "-c", "mysql -h h; node a.js -p3000 -p 3000"});
    row("file of logins", {"a", "--auth", "users.json", "--auth=./x"});
    row("psql's port", {"psql", "-p", "5432"});
    row("way to log in", {"code-server", "--auth", "none", "--auth=password"});
    row("switch for logging in", {"mongod", "--auth", "--port", "27017"});
    row("column", {"sort", "--key=2,3", "--key", "created_at"});
    row("path of a key", {"a", "--key=keys/id1234567", "--key", "~/id1234567", "--key=$KEY1234567"});
    row("curl's output", {"curl", "-ou", "https://h:443/x"});
    row("ssh's port", {"ssh", "-p", "22", "host"});
    row("mysqld's port", {"mysqld", "--port=3306"});
    row("password asked for", {"mysql", "-p", "db"});
    row("file", {"a", "--password-file", "/run/x", "--token-file=/run/y"});
    row("standard input", {"docker", "login", "--password-stdin"});
    row("switch", {"a", "--no-password", "x", "--ask-password", "y"});
    row("option follows", {"a", "--password", "--port", "3000"});
    row("key file", {"a", "--key", "server.key", "--private-key=/etc/ssl/x.key", "--key=k.pem"});
    row("keyboard", {"a", "--keyboard", "de", "--monkey=x"});
    row("two passes", {"ffmpeg", "-pass", "1"});
    row("directory", {"env", "PWD=/home", "OLDPWD=/"});
    row("tokenizers", {"env", "TOKENIZERS_PARALLELISM=false"});
    row("URL", {"a", "http://localhost:3000/a@b", "https://me@h", "ssh://h:22"});
    row("time and pair", {"a", "12:30:00", "a:b", "token:x"});
    row("reference", {"sh", "-c", "node --token=$TOKEN --password $P"});
    row("prefix of a token alone", {"a", "ghp_", "sk-learn", "hf_transfer"});
    row("user of curl", {"curl", "-u", "me"});
    row("where OpenSSL's password is", {"openssl", "rsa", "-passin", "env:NAME", "-passout", "file:x"});
    row("pair behind an option", {"a", "--publish:80", "-p:3000"});
    row("cookie's name", {"a", "--cookie", "session", "cookie:x"});
    row("title", {"postgres: checkpointer"});
}

void tst_SecretMask::ordinaryArgumentsStay()
{
    QFETCH(const Arguments, arguments);

    QCOMPARE(Quay::maskedArguments(arguments), arguments);
}

void tst_SecretMask::textIsMasked_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("masked");
    const auto row = [](const char *name, const char *text, const char *masked) {
        QTest::addRow("%s", name) << std::string(text) << std::string(masked);
    };
    row("password in a URL", "redis://:x@h:6379/0", "redis://:***@h:6379/0");
    row("at sign in a password", "amqp://me:a@b@h", "amqp://me:***@h");
    row("two URLs", "http://a:b@c,http://d:e@f", "http://a:***@c,http://d:***@f");
    row("query", "http://h/?token=abc&x=1", "http://h/?token=***&x=1");
    row("connection text", "host=h password=abc user=me", "host=h password=*** user=me");
    row("quoted", "password=\"a b\" x", "password=\"***\" x");
    row("JSON", R"({"password": "a b", "user":"me", "apiKey":"x"})",
        R"({"password": "***", "user":"me", "apiKey":"***"})");
    row("header", "X-Api-Key: abc def", "X-Api-Key: ***");
    row("bearer", "curl -H 'authorization: bearer abc' x", "curl -H 'authorization: ***' x");
    row("bearer alone", "x Bearer abc.def y", "x Bearer *** y");
    row("private key", "a\n-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nb",
        "a\n-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----\nb");
    row("private key without end", "-----BEGIN PRIVATE KEY-----\nabc", "-----BEGIN PRIVATE KEY-----***");
    row("certificate", "-----BEGIN CERTIFICATE-----\nabc\n", "-----BEGIN CERTIFICATE-----\nabc\n");
    row("AWS", "id AKIAIOSFODNN7EXAMPLE x", "id AKIA*** x");
    row("Slack", "xoxb-123456789012-abc", "xoxb-***");
    row("web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "eyJhbGciOi***");
    row("in a longer word", "my-ghp_0123456789abcdefghij0123456789abcdef",
        "my-ghp_0123456789abcdefghij0123456789abcdef");
    row("nothing", "node server.js --port 3000", "node server.js --port 3000");
    row("empty", "", "");
}

void tst_SecretMask::textIsMasked()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, masked);

    QCOMPARE(Quay::maskedText(text), masked);
}

void tst_SecretMask::variableIsMasked_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("masked");
    const auto row = [](const char *name, const char *value, const char *masked) {
        QTest::addRow("%s", name) << std::string(name) << std::string(value) << std::string(masked);
    };
    row("PGPASSWORD", "x", "***");
    row("AWS_SECRET_ACCESS_KEY", "x", "***");
    row("GITHUB_TOKEN", "x", "***");
    row("STRIPE_API_KEY", "x", "***");
    row("GOOGLE_APPLICATION_CREDENTIALS", "x", "***");
    row("DATABASE_URL", "postgres://me:x@h/db", "postgres://me:***@h/db");
    row("SSH_AUTH_SOCK", "/run/user/1000/ssh", "/run/user/1000/ssh");
    row("EMPTY_PASSWORD", "", "");
    row("HOME", "/home/me", "/home/me");
    row("PORT", "3000", "3000");
}

void tst_SecretMask::variableIsMasked()
{
    QFETCH(const std::string, name);
    QFETCH(const std::string, value);
    QFETCH(const std::string, masked);

    QCOMPARE(Quay::maskedVariable(name, value), masked);
}

void tst_SecretMask::maskedIsMaskedOnce()
{
    const Arguments arguments{"sh", "-c", "A_TOKEN=a curl -H 'X-Api-Key: k' http://u:p@h --password x", "--secret",
                              "s"};
    const auto once = Quay::maskedArguments(arguments);

    QCOMPARE(Quay::maskedArguments(once), once);
}

void tst_SecretMask::hostileTextIsQuick_data()
{
    QTest::addColumn<std::string>("part");
    for (const char *const part : {"token=", "token=$", "token: ", "\"token\":", "a://b:c@", "://", "-----BEGIN ",
                                   "-----BEGIN PRIVATE KEY-----", "bearer ", "=", ":", "--token ", "ghp_", "\"", " "}) {
        QTest::addRow("%s", part) << std::string(part);
    }
}

/// What is quadratic needs minutes for two megabytes.
void tst_SecretMask::hostileTextIsQuick()
{
    QFETCH(const std::string, part);
    std::string text;
    while (text.size() < std::size_t{2} << 20U) {
        text += part;
    }
    QElapsedTimer timer;
    timer.start();

    const auto masked = Quay::maskedText(text);

    QVERIFY(masked.size() <= text.size() * 2);
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(tst_SecretMask)
#include "tst_secretmask.moc"
