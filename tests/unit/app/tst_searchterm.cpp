// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/searchterm.h"

#include <QObject>
#include <QStringList>
#include <QTest>

#include <string>
#include <string_view>

using Field = Quay::SearchTerm::Field;
using Quay::parseSearch;

namespace {

QString described(const Quay::SearchTerm &term)
{
    static const QStringList names{QStringLiteral("any"),  QStringLiteral("port"),   QStringLiteral("pid"),
                                   QStringLiteral("user"), QStringLiteral("unit"),   QStringLiteral("project"),
                                   QStringLiteral("kind"), QStringLiteral("address")};
    QString text = names.at(static_cast<int>(term.field)) + u'=' + term.text;
    if (term.field == Field::Port) {
        text += QStringLiteral("[%1..%2]").arg(term.first).arg(term.last);
        text += term.isBegun ? QStringLiteral("...") : QString();
    }
    return text;
}

QString described(const QString &typed)
{
    QStringList terms;
    for (const auto &term : parseSearch(typed)) {
        terms.append(described(term));
    }
    return terms.join(u'|');
}

} // namespace

class tst_SearchTerm : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesApart_data();
    void takesApart();
    void isFoundInText_data();
    void isFoundInText();
};

void tst_SearchTerm::takesApart_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("terms");

    QTest::addRow("nothing") << QString() << QString();
    QTest::addRow("blanks") << QStringLiteral("  \t ") << QString();
    QTest::addRow("words") << QStringLiteral(" node  api ") << QStringLiteral("any=node|any=api");
    QTest::addRow("number") << QStringLiteral("3000") << QStringLiteral("any=3000");
    QTest::addRow("port") << QStringLiteral(":3000") << QStringLiteral("port=3000[3000..3000]");
    QTest::addRow("port by name") << QStringLiteral("port:80") << QStringLiteral("port=80[80..80]");
    QTest::addRow("port being typed") << QStringLiteral("node :30") << QStringLiteral("any=node|port=30[30..30]...");
    QTest::addRow("short port") << QStringLiteral(":80 ") << QStringLiteral("port=80[80..80]");
    QTest::addRow("short port before a word")
        << QStringLiteral(":80 node") << QStringLiteral("port=80[80..80]|any=node");
    QTest::addRow("port with zeros") << QStringLiteral(":080") << QStringLiteral("port=080[80..80]");
    QTest::addRow("range being typed") << QStringLiteral(":30-") << QStringLiteral("port=30-[30..65535]");
    QTest::addRow("range") << QStringLiteral(":3000-3010") << QStringLiteral("port=3000-3010[3000..3010]");
    QTest::addRow("range backwards") << QStringLiteral(":3010-3000") << QStringLiteral("port=3010-3000[3000..3010]");
    QTest::addRow("range begun") << QStringLiteral(":3000-") << QStringLiteral("port=3000-[3000..65535]");
    QTest::addRow("no port") << QStringLiteral(":70000") << QStringLiteral("port=70000[70000..70000]");
    QTest::addRow("colon only") << QStringLiteral(":") << QString();
    QTest::addRow("IPv6 address") << QStringLiteral("::1") << QStringLiteral("any=::1");
    QTest::addRow("beyond any number") << QStringLiteral(":99999999999999999999")
                                       << QStringLiteral("any=:99999999999999999999");
    QTest::addRow("pid begun") << QStringLiteral("pid:") << QString();
    QTest::addRow("pid") << QStringLiteral("pid:4711") << QStringLiteral("pid=4711");
    QTest::addRow("user") << QStringLiteral("USER:Root") << QStringLiteral("user=Root");
    QTest::addRow("unit") << QStringLiteral("unit:docker") << QStringLiteral("unit=docker");
    QTest::addRow("kind") << QStringLiteral("kind:vite") << QStringLiteral("kind=vite");
    QTest::addRow("address") << QStringLiteral("addr:127.") << QStringLiteral("address=127.");
    QTest::addRow("unknown field") << QStringLiteral("http:x") << QStringLiteral("any=http:x");
    QTest::addRow("URL") << QStringLiteral("http://localhost:80") << QStringLiteral("any=http://localhost:80");
    QTest::addRow("phrase") << QStringLiteral("\"npm run dev\" x") << QStringLiteral("any=npm run dev|any=x");
    QTest::addRow("phrase in field") << QStringLiteral("project:\"my shop\"") << QStringLiteral("project=my shop");
    QTest::addRow("quoted field") << QStringLiteral("\"pid:1\"") << QStringLiteral("any=pid:1");
    QTest::addRow("quote not closed") << QStringLiteral("\"npm run") << QStringLiteral("any=npm run");
    QTest::addRow("quote only") << QStringLiteral("\"") << QString();
    QTest::addRow("minus") << QStringLiteral(":-5") << QStringLiteral("any=:-5");
}

void tst_SearchTerm::takesApart()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, terms);

    QCOMPARE(described(typed), terms);
}

void tst_SearchTerm::isFoundInText_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<bool>("isFound");

    QTest::addRow("same") << QStringLiteral("node") << std::string("node") << true;
    QTest::addRow("other case") << QStringLiteral("NoDe") << std::string("/usr/bin/nODE") << true;
    QTest::addRow("absent") << QStringLiteral("node") << std::string("nod") << false;
    QTest::addRow("nothing to search") << QStringLiteral("node") << std::string() << false;
    QTest::addRow("umlaut") << QStringLiteral("über") << std::string("/home/ÜBERSICHT") << true;
    QTest::addRow("ASCII beside invalid bytes") << QStringLiteral("node") << std::string("\xff\xfenode\x80") << true;
    QTest::addRow("umlaut in invalid bytes") << QStringLiteral("ü") << std::string("\xff\xfe") << false;
    QTest::addRow("number alone") << QStringLiteral("30") << std::string("--port 30") << true;
    QTest::addRow("number in a number") << QStringLiteral("30") << std::string("--port 3000") << false;
    QTest::addRow("second time alone") << QStringLiteral("30") << std::string("3000 1300 30") << true;
    QTest::addRow("number in a word") << QStringLiteral("18") << std::string("node18") << true;
    QTest::addRow("after a NUL") << QStringLiteral("b") << std::string("a\0b", 3) << true;
}

void tst_SearchTerm::isFoundInText()
{
    QFETCH(const QString, typed);
    QFETCH(const std::string, bytes);
    QFETCH(const bool, isFound);

    const auto terms = parseSearch(typed);

    QCOMPARE(terms.size(), 1U);
    QCOMPARE(terms.front().isIn(std::string_view(bytes)), isFound);
}

QTEST_GUILESS_MAIN(tst_SearchTerm)
#include "tst_searchterm.moc"
