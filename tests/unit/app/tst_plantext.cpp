// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/plantext.h"
#include "app/shared/usernames.h"
#include "core/control/killplan.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <cstdint>
#include <memory>

using Quay::consequencesText;
using Quay::KillPlan;
using Quay::ListenerPtr;
using Quay::Test::listenerFrom;

namespace {

ListenerPtr heldBy4711(std::uint16_t port)
{
    return listenerFrom({.port = port, .address = "127.0.0.1", .owners = {{.pid = 4711}}});
}

KillPlan planFor(const ListenerPtr &listener)
{
    return {.targets = {{.process = listener->owners.front().process, .listeners = {listener}}}};
}

} // namespace

class tst_PlanText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyWhatWasAskedForHasNoConsequences();
    void otherPortsGoToo();
    void whoGoesOnIsNamed();
    void permissionIsAnnounced();
    void longCommandLineIsCut();
    void whyItIsNeverEndedIsSaid_data();
    void whyItIsNeverEndedIsSaid();
    void whatHasEndedIsSaid();
};

void tst_PlanText::onlyWhatWasAskedForHasNoConsequences()
{
    const auto asked = heldBy4711(3000);

    QCOMPARE(consequencesText(planFor(asked), asked), QString());
}

void tst_PlanText::otherPortsGoToo()
{
    const auto asked = heldBy4711(3000);
    auto plan = planFor(asked);
    plan.targets.front().listeners.push_back(heldBy4711(3001));
    plan.connections = 2;

    QCOMPARE(consequencesText(plan, asked),
             QStringLiteral("Closes as well: TCP 127.0.0.1:3001\n"
                            "2 established connection(s) will be cut."));
    QCOMPARE(consequencesText(plan, nullptr), // a process was named
             QStringLiteral("Closes as well: TCP 127.0.0.1:3000, TCP 127.0.0.1:3001\n"
                            "2 established connection(s) will be cut."));
}

void tst_PlanText::whoGoesOnIsNamed()
{
    const auto asked = heldBy4711(3000);
    auto plan = planFor(asked);
    plan.remaining = {listenerFrom({.owners = {{.pid = 4712, .name = "esbuild"}}})->owners.front().process};

    QCOMPARE(consequencesText(plan, asked), QStringLiteral("Its children go on: esbuild 4712."));
}

void tst_PlanText::permissionIsAnnounced()
{
    const auto plan = planFor(listenerFrom({.owners = {{.uid = 0}}}));
    const Quay::UserNames user({}, 1000);
    const Quay::UserNames root({}, 0);

    QCOMPARE(permissionText(plan, user),
             QStringLiteral("Permission will be asked for, to end 1 process(es) of somebody else."));
    QCOMPARE(permissionText(plan, root), QString());
    QCOMPARE(permissionText(planFor(heldBy4711(3000)), user), QString()); // their own
}

/// One of 128 KiB is no plan that anybody reads; the JSON has all of it.
void tst_PlanText::longCommandLineIsCut()
{
    const QString letter = QString::fromUcs4(U"\U0001F6A2"); // which must not be cut in two
    auto process = *heldBy4711(3000)->owners.front().process;
    process.arguments = {"x" + letter.repeated(1000).toStdString()};
    KillPlan plan;
    plan.targets.push_back({.process = std::make_shared<const Quay::ProcessInfo>(process)});
    Quay::UserNames users;

    const auto text = planText(plan, users);

    QVERIFY2(text.size() < 700, qPrintable(text));
    QVERIFY(text.contains(letter + QStringLiteral("…")));
}

void tst_PlanText::whyItIsNeverEndedIsSaid_data()
{
    using enum Quay::NeverEndedReason;
    QTest::addColumn<Quay::NeverEndedReason>("reason");
    QTest::addColumn<QString>("why");
    QTest::newRow("init") << Init << QStringLiteral("it is the first process of the system.");
    QTest::newRow("kernel thread") << KernelThread << QStringLiteral("it is a thread of the kernel.");
    QTest::newRow("ourselves") << Ourselves << QStringLiteral("it is Quaymaster itself.");
    QTest::newRow("our parent") << OurParent << QStringLiteral("Quaymaster was started from it.");
}

void tst_PlanText::whyItIsNeverEndedIsSaid()
{
    QFETCH(const Quay::NeverEndedReason, reason);
    QFETCH(const QString, why);

    QCOMPARE(Quay::planFailureText({.pid = 4711, .neverEnded = reason}),
             QString(QStringLiteral("pid 4711 is never ended: ") + why));
}

void tst_PlanText::whatHasEndedIsSaid()
{
    QCOMPARE(Quay::planFailureText({.pid = 4711}),
             QStringLiteral("pid 4711 has ended in the meantime. Nothing was done."));
}

QTEST_GUILESS_MAIN(tst_PlanText)
#include "tst_plantext.moc"
