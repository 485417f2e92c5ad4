// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/secretname.h"

#include <QObject>
#include <QTest>

#include <string>

class tst_SecretName : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void secretIsToldByItsName_data();
    void secretIsToldByItsName();
};

void tst_SecretName::secretIsToldByItsName_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<bool>("isSecret");
    for (const char *const name : {"password",
                                   "--password",
                                   "--db-password",
                                   "dbPassword",
                                   "DB_PASSWORD",
                                   "PGPASSWORD",
                                   "MYSQL_PWD",
                                   "passwd",
                                   "--passphrase",
                                   "--pass",
                                   "--db-pass",
                                   "DB_PASS",
                                   "--token",
                                   "accesstoken",
                                   "--auth-token",
                                   "CSRF_TOKEN",
                                   "client_secret",
                                   "clientSecret",
                                   "SECRET_KEY_BASE",
                                   "api-key",
                                   "apiKey",
                                   "apikey",
                                   "API_KEY",
                                   "X-Api-Key",
                                   "AWS_ACCESS_KEY_ID",
                                   "--secret-access-key",
                                   "private-key",
                                   "credential",
                                   "CREDENTIALS",
                                   "--jwt",
                                   "JWT",
                                   "--requirepass",
                                   "--masterauth",
                                   "-dev-root-token-id",
                                   "Authorization"}) {
        QTest::addRow("%s", name) << std::string(name) << true;
    }
    for (const char *const name : {"",
                                   "-",
                                   "--",
                                   "port",
                                   "--tokenizer",
                                   "tokens",
                                   "--max-tokens",
                                   "--max-token",
                                   "--eos-token",
                                   "MAX_TOKEN",
                                   "TOKENIZERS_PARALLELISM",
                                   "--password-file",
                                   "PASSWORD_FILE",
                                   "--password-stdin",
                                   "--no-password",
                                   "--token-ttl",
                                   "--token-id",
                                   "JWT_ALGORITHM",
                                   "--jwt-issuer",
                                   "cookie",
                                   "key",
                                   "--key",
                                   "--ssh-key",
                                   "keyboard",
                                   "monkey",
                                   "-pass",
                                   "passes",
                                   "bypass",
                                   "PWD",
                                   "OLDPWD",
                                   "--secretary",
                                   "author",
                                   "PATH"}) {
        QTest::addRow("'%s'", name) << std::string(name) << false;
    }
    QTest::newRow("no name at all") << std::string(200, 'a') + "-password" << false;
}

void tst_SecretName::secretIsToldByItsName()
{
    QFETCH(const std::string, name);
    QFETCH(const bool, isSecret);

    QCOMPARE(Quay::namesSecret(name), isSecret);
}

QTEST_GUILESS_MAIN(tst_SecretName)
#include "tst_secretname.moc"
