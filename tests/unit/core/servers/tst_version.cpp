// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/version.h"

#include <QObject>
#include <QTest>

#include <compare>
#include <string>

namespace {

Quay::Version versionOf(const std::string &text)
{
    return Quay::versionInText(text).value_or(Quay::Version{});
}

} // namespace

class tst_Version : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void versionsAreFoundInText_data();
    void versionsAreFoundInText();
    void otherTextsHaveNone_data();
    void otherTextsHaveNone();
    void versionsAreOrdered_data();
    void versionsAreOrdered();
    void requirementsAreMetOrNot_data();
    void requirementsAreMetOrNot();
    void otherRequirementsAreRefused_data();
    void otherRequirementsAreRefused();
};

void tst_Version::versionsAreFoundInText_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("version");
    const auto row = [](const char *text, const char *version) {
        QTest::addRow("%s", text) << std::string(text) << std::string(version);
    };
    row("Python 3.13.8", "3.13.8");
    row("Python 3.14.0rc2", "3.14.0-rc2");
    row("Python 3.15.0a1+", "3.15.0-a1");
    row("v20.11.1", "20.11.1");
    row("v21.0.0-nightly20230921480ab8c3a4", "21.0.0-nightly20230921480ab8c3a4");
    row("go version go1.22.1 linux/amd64", "1.22.1");
    row("go version go1.23rc1 linux/amd64", "1.23-rc1");
    row("ruby 3.3.0 (2023-12-25 revision 5124f9ac75) [x86_64-linux]", "3.3.0");
    row("openjdk 21.0.2 2024-01-16", "21.0.2");
    row("openjdk version \"1.8.0_292\"", "1.8.0");
    row("openjdk 21 2023-09-19", "21");
    row("psql (PostgreSQL) 15.3 (Debian 15.3-0+deb12u1)", "15.3");
    row("nginx version: nginx/1.26.3", "1.26.3");
    row("GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)", "5.2.15");
    row("Docker version 24.0.7, build afdd53b", "24.0.7");
    row("sha256sum (GNU coreutils) 9.1", "9.1");
    row("pip 23.0.1 from /usr/lib/python3/dist-packages/pip (python 3.11)", "23.0.1");
    row("1.2.3-0ubuntu1", "1.2.3");
    row("1.2.3-Beta.2-x", "1.2.3-beta.2");
    row("10", "10");
    row("7.", "7");
    row("1..2 3.4", "3.4");
}

void tst_Version::versionsAreFoundInText()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, version);

    const auto found = Quay::versionInText(text);

    QVERIFY(found);
    QCOMPARE(Quay::versionText(*found), version);
}

void tst_Version::otherTextsHaveNone_data()
{
    QTest::addColumn<std::string>("text");
    for (const char *const text : {"", "no version", "...", "99999999999999999999.1"}) {
        QTest::addRow("'%s'", text) << std::string(text);
    }
}

void tst_Version::otherTextsHaveNone()
{
    QFETCH(const std::string, text);

    QVERIFY(!Quay::versionInText(text));
}

void tst_Version::versionsAreOrdered_data()
{
    QTest::addColumn<std::string>("less");
    QTest::addColumn<std::string>("greater");
    const auto row = [](const char *less, const char *greater) {
        QTest::addRow("%s < %s", less, greater) << std::string(less) << std::string(greater);
    };
    row("3.9", "3.13");
    row("3.13.7", "3.13.8");
    row("3.13.8", "3.13.10");
    row("3.13", "3.13.1");
    row("1.9.9", "2.0");
    row("3.14.0a7", "3.14.0b1");
    row("3.14.0b4", "3.14.0rc1");
    row("3.14.0rc2", "3.14.0rc10");
    row("3.14.0rc1", "3.14");
    row("1.0.0-alpha", "1.0.0-alpha.1");
    row("1.0.0-alpha.1", "1.0.0-alpha.beta");
    row("1.0.0-rc.2", "1.0.0-rc.11");
    row("1.0.0-rc.9", "1.0.0");
    row("18446744073709551614.1", "18446744073709551615.0");
}

void tst_Version::versionsAreOrdered()
{
    QFETCH(const std::string, less);
    QFETCH(const std::string, greater);

    QVERIFY(Quay::compareVersions(versionOf(less), versionOf(greater)) < 0);
    QVERIFY(Quay::compareVersions(versionOf(greater), versionOf(less)) > 0);
    QVERIFY(Quay::compareVersions(versionOf(less), versionOf(less)) == 0);
    QVERIFY(Quay::compareVersions(versionOf("3.13"), versionOf("3.13.0.0")) == 0);
}

void tst_Version::requirementsAreMetOrNot_data()
{
    QTest::addColumn<std::string>("requirement");
    QTest::addColumn<std::string>("version");
    QTest::addColumn<bool>("isMet");
    const auto row = [](const char *requirement, const char *version, bool isMet) {
        QTest::addRow("%s: %s", requirement, version) << std::string(requirement) << std::string(version) << isMet;
    };
    row(">= 3.13.8", "3.13.8", true);
    row(">=3.13.8", "3.13.7", false);
    row(">= 3.13", "3.13.0rc1", false);
    row(">= 3.13", "3.14.0rc1", true);
    row("> 3.13", "3.13.0", false);
    row("> 3.13", "3.13.1", true);
    row("< 4", "3.99", true);
    row("<= 3.13", "3.13.1", false);
    row(">=3.11, <3.14", "3.13.8", true);
    row(">=3.11 <3.14", "3.14.0", false);
    row(">=3.11<3.14", "3.10", false);
    row("3.12", "3.12.7", true);
    row("3.12", "3.1.2", false);
    row("= 3.12.1", "3.12.1", true);
    row("==3.12.1", "3.12.10", false);
    row("v20", "20.11.1", true);
    row("20", "200.1", false);
    row("3.12.x", "3.12.4", true);
    row("3.12.*", "3.13.0", false);
    row("20.x.x", "20.1", true);
    row("!= 3.12.1", "3.12.2", true);
    row("!= 3.12", "3.12.2", false);
    row("*", "0.0.1", true);
    row("^20.11", "20.99", true);
    row("^20.11", "20.10.9", false);
    row("^20.11", "21.0", false);
    row("^0.2.3", "0.2.9", true);
    row("^0.2.3", "0.3.0", false);
    row("^0.0.3", "0.0.4", false);
    row("^0", "0.9", true);
    row("^1.2", "2.0.0-rc.1", false);
    row("~1.22", "1.22.9", true);
    row("~1.22", "1.23", false);
    row("~1", "1.99", true);
    row("~1.2.3", "1.2.2", false);
    row("~> 3.2", "3.9", true);
    row("~> 3.2.1", "3.3", false);
    row("~=3.2.1", "3.2.5", true);
    row("1.0.0-rc.1", "1.0.0-rc.1", true);
    row("1.0.0-rc.1", "1.0.0", false);
}

void tst_Version::requirementsAreMetOrNot()
{
    QFETCH(const std::string, requirement);
    QFETCH(const std::string, version);
    QFETCH(const bool, isMet);

    const auto read = Quay::versionRequirementFromText(requirement);

    QVERIFY(read);
    QCOMPARE(Quay::meets(versionOf(version), *read), isMet);
}

void tst_Version::otherRequirementsAreRefused_data()
{
    QTest::addColumn<std::string>("text");
    for (const char *const text : {"",         " ",        ",",          ">=",
                                   ">= x",     "=> 3",     ">>3",        "3.12 || 3.13",
                                   "latest",   "lts/*",    ">=3.x",      "^3.*",
                                   "3.12 foo", "3.12-foo", "~> 3",       "3.",
                                   "3..1",     "-1",       ">= 3.13.8;", "99999999999999999999"}) {
        QTest::addRow("'%s'", text) << std::string(text);
    }
}

void tst_Version::otherRequirementsAreRefused()
{
    QFETCH(const std::string, text);

    QVERIFY(!Quay::versionRequirementFromText(text));
}

QTEST_GUILESS_MAIN(tst_Version)
#include "tst_version.moc"
