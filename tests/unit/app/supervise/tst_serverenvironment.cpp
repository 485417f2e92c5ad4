// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/serverenvironment.h"

#include <QObject>
#include <QTest>

#include <string>
#include <vector>

using Quay::programCandidates;
using Quay::serverEnvironment;
using Texts = std::vector<std::string>;

class tst_ServerEnvironment : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void programsAreLookedForInThePath_data();
    void programsAreLookedForInThePath();
    void variablesOfOtherManagersAreLeftOut();
    void ownVariablesTakeThePlaceOfOthers();
};

void tst_ServerEnvironment::programsAreLookedForInThePath_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<Texts>("environment");
    QTest::addColumn<Texts>("candidates");
    QTest::addRow("path") << std::string("npm") << Texts{"X=1", "PATH=/a:/b"} << Texts{"/a/npm", "/b/npm"};
    QTest::addRow("slash") << std::string("./npm") << Texts{"PATH=/a"} << Texts{"./npm"};
    QTest::addRow("no path") << std::string("npm") << Texts{"PATHS=/a"}
                             << Texts{"/usr/local/bin/npm", "/usr/bin/npm", "/bin/npm"};
    QTest::addRow("empty path") << std::string("npm") << Texts{"PATH="} << Texts{"./npm"};
    QTest::addRow("empty part") << std::string("npm") << Texts{"PATH=/a::/b"} << Texts{"/a/npm", "./npm", "/b/npm"};
}

void tst_ServerEnvironment::programsAreLookedForInThePath()
{
    QFETCH(const std::string, name);
    QFETCH(const Texts, environment);
    QFETCH(const Texts, candidates);

    QCOMPARE(programCandidates(name, environment), candidates);
}

void tst_ServerEnvironment::variablesOfOtherManagersAreLeftOut()
{
    const auto environment = serverEnvironment(
        {"NOTIFY_SOCKET=/x", "WATCHDOG_USEC=1", "WATCHDOG_PID=1", "LISTEN_FDS=1", "LISTEN_PID=1", "NOTIFY=x"}, {});

    QCOMPARE(environment, Texts{"NOTIFY=x"});
}

void tst_ServerEnvironment::ownVariablesTakeThePlaceOfOthers()
{
    const auto environment =
        serverEnvironment({"A=1", "QUAYMASTER_RUN=of/another", "QUAYMASTER_RUNS=x"}, {"QUAYMASTER_RUN=own"});

    QCOMPARE(environment, (Texts{"A=1", "QUAYMASTER_RUNS=x", "QUAYMASTER_RUN=own"}));
}

QTEST_APPLESS_MAIN(tst_ServerEnvironment)
#include "tst_serverenvironment.moc"
