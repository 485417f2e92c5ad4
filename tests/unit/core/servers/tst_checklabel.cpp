// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/checklabel.h"

#include <QObject>
#include <QTest>

#include <string>
#include <vector>

using Quay::CheckOutcome;
using Quay::PreflightCheck;
using Quay::Severity;

class tst_CheckLabel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void labelSaysWhatIsLookedAt_data();
    void labelSaysWhatIsLookedAt();
    void thoseInTheWayAreNamed();
};

void tst_CheckLabel::labelSaysWhatIsLookedAt_data()
{
    QTest::addColumn<PreflightCheck>("check");
    QTest::addColumn<std::string>("label");
    const auto row = [](const std::string &label, const Quay::CheckSubject &subject, const std::string &name = {}) {
        QTest::newRow(label.c_str()) << PreflightCheck{.name = name, .subject = subject} << label;
    };
    row("its name", Quay::PortCheck{.port = 3000}, "its name");
    row("variable API_KEY", Quay::VariableCheck{.variable = "API_KEY"});
    row("file /srv/.env", Quay::FileCheck{.path = "/srv/.env"});
    row("directory /srv", Quay::DirectoryCheck{.path = "/srv"});
    row("program node", Quay::ProgramCheck{.program = "node"});
    row("version python", Quay::VersionCheck{.tool = "python", .requirement = ">= 3.13"});
    row("command pip show flask", Quay::CommandCheck{.command = {.arguments = {"pip", "show", "flask"}}});
    row("port 3000", Quay::PortCheck{.port = 3000});
    row("port [::1]:3000", Quay::PortCheck{.port = 3000, .address = Quay::ipAddressFromText("::1")});
    row("tcp db:5432", Quay::TcpCheck{.host = "db", .port = 5432});
    row("http http://localhost/", Quay::HttpCheck{.request = {.url = "http://localhost/"}});
    row("disk /srv", Quay::DiskCheck{.directory = "/srv", .freeBytes = 1});
}

void tst_CheckLabel::labelSaysWhatIsLookedAt()
{
    QFETCH(const PreflightCheck, check);
    QFETCH(const std::string, label);

    QCOMPARE(Quay::checkLabel(check), label);
}

void tst_CheckLabel::thoseInTheWayAreNamed()
{
    const auto outcome = [](const std::string &name, bool isMet, Severity severity = Severity::Critical) {
        return CheckOutcome{
            .server = "api", .check = {.name = name, .subject = {}}, .isMet = isMet, .severity = severity};
    };

    QCOMPARE(Quay::blockersIn({}), "");
    QCOMPARE(Quay::blockersIn({outcome("met", true), outcome("warning", false, Severity::Warning)}), "");
    QCOMPARE(Quay::blockersIn({outcome("key", false), outcome("met", true), outcome("port", false)}), "key, port");
    const auto secret = Quay::CommandCheck{.command = {.shellLine = "curl -H 'Authorization: Bearer abcdef123456'"}};
    QVERIFY(!Quay::checkLabel({.name = {}, .subject = secret}).contains("abcdef123456"));
}

QTEST_APPLESS_MAIN(tst_CheckLabel)
#include "tst_checklabel.moc"
