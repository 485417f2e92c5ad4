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
    void longCommandLineIsCut();
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

QTEST_GUILESS_MAIN(tst_PlanText)
#include "tst_plantext.moc"
