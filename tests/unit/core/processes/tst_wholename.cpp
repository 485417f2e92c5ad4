// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/wholename.h"

#include <QObject>
#include <QTest>

#include <string>
#include <vector>

class tst_WholeName : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nameIsWholeWhereTheCommandLineTells_data();
    void nameIsWholeWhereTheCommandLineTells();
};

void tst_WholeName::nameIsWholeWhereTheCommandLineTells_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::vector<std::string>>("arguments");
    QTest::addColumn<std::string>("whole");
    using Arguments = std::vector<std::string>;
    const auto row = [](const char *what, const char *name, const Arguments &arguments, const std::string &whole) {
        QTest::addRow("%s", what) << std::string(name) << arguments << whole;
    };
    row("program", "gunicorn-fronte", {"/opt/bin/gunicorn-frontend", "--port", "1"}, "gunicorn-frontend");
    row("script", "serve-everythin", {"/bin/sh", "./serve-everything.sh"}, "serve-everything.sh");
    row("title", "next-server (v1", {"next-server (v15.1.2)"}, "next-server (v15.1.2)");
    row("exactly as long", "fifteen-letters", {"/bin/fifteen-letters"}, "fifteen-letters");
    row("not cut", "node", {"/usr/bin/node-of-another-name"}, "node");
    row("another program", "MainThread-of-a", {"/usr/bin/python3", "app.py"}, "MainThread-of-a");
    row("an argument of the script", "serve-everythin", {"/bin/sh", "-c", "serve-everything"}, "serve-everythin");
    row("a whole command line", "npm run dev --p", {"npm run dev --port 3000 --host 127.0.0.1 --open"},
        "npm run dev --p");
    row("a secret", "my.app: worker ", {"my.app: worker token=abc123"}, "my.app: worker ");
    row("no command line", "kworker/u8:2-ev", {}, "kworker/u8:2-ev");
    row("nothing", "", {""}, "");
}

void tst_WholeName::nameIsWholeWhereTheCommandLineTells()
{
    QFETCH(const std::string, name);
    QFETCH(const std::vector<std::string>, arguments);
    QFETCH(const std::string, whole);

    QCOMPARE(std::string(Quay::wholeName(name, arguments)), whole);
}

QTEST_GUILESS_MAIN(tst_WholeName)
#include "tst_wholename.moc"
