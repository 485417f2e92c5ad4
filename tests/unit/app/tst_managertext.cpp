// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/managertext.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <cerrno>
#include <vector>

using Quay::Error;
using Quay::ErrorCode;
using Quay::ManagedService;
using Quay::ReviverKind;

namespace {

ManagedService unit()
{
    return {.name = "app\x1b.service", .parts = {"app.socket", "app\x1b.service"}, .restart = "always"};
}

ManagedService container()
{
    return {.kind = ReviverKind::Container, .name = "web", .parts = {"4711"}, .image = "nginx", .restart = "no"};
}

} // namespace

class tst_ManagerText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void servicesAreNamed();
    void factsAreSaid();
    void outcomesAreSaid();
    void errorsAreSaid_data();
    void errorsAreSaid();
};

void tst_ManagerText::servicesAreNamed()
{
    const QString text = Quay::servicesText({unit(), container()});

    QCOMPARE(text, QStringLiteral("the unit app\\e.service and the container web"));
}

void tst_ManagerText::factsAreSaid()
{
    const QString ofUnit = Quay::serviceFactsText(unit());
    const QString ofContainer = Quay::serviceFactsText(container());

    QVERIFY2(ofUnit.contains(QStringLiteral("is started again by itself (always)")), qPrintable(ofUnit));
    QVERIFY2(ofUnit.contains(QStringLiteral("systemd holds the port for app.socket")), qPrintable(ofUnit));
    QCOMPARE(ofContainer, QStringLiteral("It runs in the container web, made from nginx.")); // "no": it does not
}

void tst_ManagerText::outcomesAreSaid()
{
    using Lines = std::vector<QString>;
    const auto lines = [](const Quay::ServiceStops &stops) {
        Lines texts;
        for (const auto &line : Quay::serviceStopLines({unit(), container()}, stops)) {
            texts.push_back((line.isGood ? QStringLiteral("+ ") : QStringLiteral("- ")) + line.text);
        }
        return texts;
    };
    const auto unitStopped = QStringLiteral("+ The unit app\\e.service was stopped, and app.socket with it.");
    const Error denied{.code = ErrorCode::Denied, .subject = "/run/docker.sock"};
    const Error givenUp{.code = ErrorCode::Io, .subject = "web", .sysErrno = ECANCELED};

    QCOMPARE(lines({.stopped = 2}), (Lines{unitStopped, QStringLiteral("+ The container web was stopped.")}));
    QCOMPARE(lines({.stopped = 1, .error = denied, .wasAsked = true}),
             (Lines{unitStopped,
                    QStringLiteral("- The container web could not be stopped. You are not permitted to: "
                                   "/run/docker.sock.")}));
    QCOMPARE(lines({.stopped = 1, .error = givenUp}),
             (Lines{unitStopped, QStringLiteral("- You did not wait. Nobody was asked to stop the container web.")}));
    QCOMPARE(lines({.error = givenUp}),
             Lines{QStringLiteral("- You did not wait. Nobody was asked to stop the unit app\\e.service and the "
                                  "container web.")});
}

void tst_ManagerText::errorsAreSaid_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("text");
    QTest::addRow("timeout") << Error{.code = ErrorCode::Io, .subject = "bus", .sysErrno = ETIMEDOUT}
                             << QStringLiteral("There was no answer in time: bus.");
    QTest::addRow("given up") << Error{.code = ErrorCode::Io, .subject = "bus", .sysErrno = ECANCELED}
                              << QStringLiteral("You did not wait for it. It may stop all the same.");
    QTest::addRow("refused") << Error{.code = ErrorCode::Io, .subject = "a.service: failed"}
                             << QStringLiteral("It was refused: a.service: failed.");
    QTest::addRow("hostile") << Error{.code = ErrorCode::Malformed, .subject = "a\x1b[31m"}
                             << QStringLiteral("The answer was not understood: a\\e[31m.");
    QTest::addRow("gone") << Error{.code = ErrorCode::Gone, .subject = "a.service"}
                          << QStringLiteral("Neither systemd nor Docker nor Podman runs this: a.service.");
}

void tst_ManagerText::errorsAreSaid()
{
    QFETCH(const Error, error);
    QFETCH(const QString, text);

    QCOMPARE(Quay::managerErrorText(error), text);
}

QTEST_GUILESS_MAIN(tst_ManagerText)
#include "tst_managertext.moc"
