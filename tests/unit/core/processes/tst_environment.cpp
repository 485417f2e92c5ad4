// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/environment.h"
#include "tests/support/fakeproc.h"

#include <QTest>

using namespace Quay;

class tst_Environment : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void secretsAreRecognised_data();
    void secretsAreRecognised();
    void variablesAreSortedAndSplitAtTheFirstEquals();
    void recycledPidLendsNothing();
    void vanishedProcessIsGone();
};

void tst_Environment::secretsAreRecognised_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("isSecret");
    const auto row = [](const char *name, const char *value, bool isSecret) {
        QTest::addRow("%s=%s", name, value) << QString::fromLatin1(name) << QString::fromLatin1(value) << isSecret;
    };
    row("GITHUB_TOKEN", "x", true);
    row("AWS_SECRET_ACCESS_KEY", "x", true);
    row("db_password", "x", true);
    row("PGPASSFILE", "x", true);
    row("SENTRY_DSN", "x", true);
    row("HTTP_COOKIE", "x", true);
    row("DATABASE_URL", "postgres://shop:hunter2@localhost/shop", true);
    row("DATABASE_URL", "postgres://localhost/shop", false);
    row("ORIGIN", "https://user@host/a:b@c", false);
    row("PATH", "/usr/bin:/bin", false);
    row("PWD", "/home/user", false);
    row("PORT", "3000", false);
    row("", "", false);
}

void tst_Environment::secretsAreRecognised()
{
    QFETCH(const QString, name);
    QFETCH(const QString, value);
    QFETCH(const bool, isSecret);

    QCOMPARE(looksSecret(name.toStdString(), value.toStdString()), isSecret);
}

void tst_Environment::variablesAreSortedAndSplitAtTheFirstEquals()
{
    Test::FakeProc files;
    files.add({.pid = 100, .startTicks = 7, .environment = {"Z=1", "A=b=c", "EMPTY=", "ODD", "API_KEY=k"}});

    const auto environment = environmentOf(files.open(), {.pid = 100, .startTicks = 7});

    QVERIFY(environment);
    const std::vector<EnvironmentVariable> expected = {{.name = "A", .value = "b=c"},
                                                       {.name = "API_KEY", .value = "k", .isSecret = true},
                                                       {.name = "EMPTY", .value = ""},
                                                       {.name = "ODD", .value = ""},
                                                       {.name = "Z", .value = "1"}};
    QVERIFY(*environment == expected);
}

void tst_Environment::recycledPidLendsNothing()
{
    Test::FakeProc files;
    files.add({.pid = 100, .startTicks = 8, .environment = {"A=1"}});

    const auto environment = environmentOf(files.open(), {.pid = 100, .startTicks = 7});

    QVERIFY(!environment);
    QCOMPARE(environment.error().code, ErrorCode::Gone);
}

void tst_Environment::vanishedProcessIsGone()
{
    const Test::FakeProc files;

    const auto environment = environmentOf(files.open(), {.pid = 100, .startTicks = 7});

    QVERIFY(!environment);
    QCOMPARE(environment.error().code, ErrorCode::Gone);
}

QTEST_GUILESS_MAIN(tst_Environment)
#include "tst_environment.moc"
