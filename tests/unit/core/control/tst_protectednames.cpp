// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/control/protectednames.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <set>
#include <string>

using Names = std::set<std::string>;

class tst_ProtectedNames : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesAreNames_data();
    void linesAreNames();
    void fileIsRead();
    void missingFileIsAnEmptyList();
    void unreadableFileIsAnError();
};

void tst_ProtectedNames::linesAreNames_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<Names>("names");
    const auto row = [](const char *name, const std::string &text, const Names &names) {
        QTest::addRow("%s", name) << text << names;
    };
    row("nothing", "", {});
    row("one", "postgres", {"postgres"});
    row("several, one twice", "postgres\nmysqld\npostgres\n", {"mysqld", "postgres"});
    row("blanks around", "  postgres\t\r\n\n \n", {"postgres"});
    row("blank inside", "my server\n", {"my server"});
    row("comments", "# databases\npostgres # mine\n#mysqld\n", {"postgres"});
}

void tst_ProtectedNames::linesAreNames()
{
    QFETCH(const std::string, text);
    QFETCH(const Names, names);

    QVERIFY(Quay::parseProtectedNames(text) == names);
}

void tst_ProtectedNames::fileIsRead()
{
    const QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("protected")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("postgres\n");
    file.close();

    const auto names = Quay::readProtectedNames(file.fileName().toStdString());

    QVERIFY(names && *names == Names{"postgres"});
}

void tst_ProtectedNames::missingFileIsAnEmptyList()
{
    const auto names = Quay::readProtectedNames("/nowhere/protected");

    QVERIFY(names && names->empty());
}

void tst_ProtectedNames::unreadableFileIsAnError()
{
    const QTemporaryDir directory; // is no file

    const auto names = Quay::readProtectedNames(directory.path().toStdString());

    QVERIFY(!names);
    QCOMPARE(names.error().code, Quay::ErrorCode::Io);
}

QTEST_GUILESS_MAIN(tst_ProtectedNames)
#include "tst_protectednames.moc"
