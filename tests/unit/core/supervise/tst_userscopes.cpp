// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/unixsocket.h"
#include "core/supervise/userscopes.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>

using Quay::findUserScopes;
using Quay::UserScopes;

class tst_UserScopes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void sessionOfSystemdHasThem();
    void machineWithoutSystemdHasNone();
    void sessionWithoutABusHasNone();
    void unitIsNamedAfterTheRun();

private:
    [[nodiscard]] std::string at(const char *name) const
    {
        return m_directory->filePath(QLatin1StringView(name)).toStdString();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void tst_UserScopes::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void tst_UserScopes::sessionOfSystemdHasThem()
{
    const auto bus = Quay::listenAt(at("bus"));
    QVERIFY(bus);

    const auto found = findUserScopes("/usr/bin/quaymaster-scope", at(""), at(""));

    QVERIFY(found
            == UserScopes({.program = "/usr/bin/quaymaster-scope", .busAddress = "unix:path=" + at("") + "/bus"}));
}

void tst_UserScopes::machineWithoutSystemdHasNone()
{
    const auto bus = Quay::listenAt(at("bus"));
    QVERIFY(bus);

    QVERIFY(!findUserScopes("program", at(""), at("nothing")));
    QVERIFY(!findUserScopes("program", at(""), at("bus"))); // no directory
}

void tst_UserScopes::sessionWithoutABusHasNone()
{
    QVERIFY(!findUserScopes("program", {}, at("")));
    QVERIFY(!findUserScopes("program", at(""), at("")));
    QFile file(m_directory->filePath(QStringLiteral("bus")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(!findUserScopes("program", at(""), at(""))); // nobody can listen there
}

void tst_UserScopes::unitIsNamedAfterTheRun()
{
    QCOMPARE(Quay::scopeUnit("my-web-0123456789abcdef", "1a-2"), "quaymaster-my-web-1a-2.scope");
}

QTEST_GUILESS_MAIN(tst_UserScopes)
#include "tst_userscopes.moc"
