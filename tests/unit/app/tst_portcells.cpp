// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portcells.h"
#include "app/models/portcolumns.h"
#include "app/models/portmodelroles.h"
#include "app/shared/usernames.h"
#include "tests/support/fakeclock.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QTest>

#include <cstdint>
#include <string>

using namespace Quay::Test;
using Quay::AllColumns;
using Quay::ColumnMask;
using Quay::ListenerPtr;
using Quay::maskOf;
using Quay::OwnerKnowledge;
using Quay::PortCells;
namespace Column = Quay::PortModelColumn;

namespace {

constexpr std::uint64_t TicksPerMinute = 6000; // USER_HZ is 100 everywhere

/// The cells at one hour after boot.
struct Desk
{
    Quay::UserNames users;
    FakeClock clock;
    PortCells cells{users, clock};
};

OwnerSpec vite(pid_t pid)
{
    return {.pid = pid,
            .name = "node",
            .arguments = {"node", "vite", "--port", "3000"},
            .startTicks = TicksPerMinute * 10,
            .uid = 0,
            .project = projectAt("/home/ann/shop", "shop", "main"),
            .kind = Quay::ServerKind{.id = "vite", .name = "Vite"},
            .cpuShare = 0.25,
            .residentBytes = 40'000'000};
}

ListenerPtr owned()
{
    return listenerFrom({.port = 3000,
                         .owners = {vite(4711), vite(4712), vite(4713)},
                         .uid = 0,
                         .unit = {.kind = Quay::UnitKind::SystemService, .name = "shop.service"},
                         .connections = 12});
}

ListenerPtr ownerless(OwnerKnowledge knowledge)
{
    return listenerFrom({.port = 3000, .knowledge = knowledge, .uid = 0, .connections = {}});
}

} // namespace

class tst_PortCells : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textOfAnOwnedPort_data();
    void textOfAnOwnedPort();
    void textWithoutOwner_data();
    void textWithoutOwner();
    void projectThatMayNotBeReadIsUnknown();
    void toolTipSaysTheWhole();
    void toolTipSaysWhyItIsUnknown_data();
    void toolTipSaysWhyItIsUnknown();
    void sharedConnectionsAreUnknownAndExplained();
    void unknownQueueIsNotNone();
    void unknownUnitIsNotNone();
    void toolTipOfManyOwnersIsBounded();
    void longCommandIsCutInToolTip();
    void accessibleText();
    void accessibleTextSaysWhatSymbolsShow();
    void foreignTextIsMadeSafe_data();
    void foreignTextIsMadeSafe();
    void sortValues_data();
    void sortValues();
    void unknownHasNoSortValue();
    void rowTextIsOneLine();
    void changedColumns_data();
    void changedColumns();
    void changedColumnsAgreeWithTheTexts();
};

void tst_PortCells::textOfAnOwnedPort_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");

    QTest::addRow("port") << int(Column::Port) << QStringLiteral("3000");
    QTest::addRow("protocol") << int(Column::Protocol) << QStringLiteral("TCP");
    QTest::addRow("scope") << int(Column::Scope) << QStringLiteral("this machine (127.0.0.1)");
    QTest::addRow("process") << int(Column::Process) << QStringLiteral("node +2");
    QTest::addRow("pid") << int(Column::Pid) << QStringLiteral("4711");
    QTest::addRow("project") << int(Column::Project) << QStringLiteral("shop (main)");
    QTest::addRow("kind") << int(Column::Kind) << QStringLiteral("Vite");
    QTest::addRow("user") << int(Column::User) << QStringLiteral("root");
    QTest::addRow("unit") << int(Column::Unit) << QStringLiteral("shop.service");
    QTest::addRow("connections") << int(Column::Connections) << QStringLiteral("12");
    QTest::addRow("since") << int(Column::Since) << QStringLiteral("50 min");
    QTest::addRow("cpu of all") << int(Column::Cpu) << QStringLiteral("75 %");
    QTest::addRow("memory of all") << int(Column::Memory) << QStringLiteral("120 MB");
}

void tst_PortCells::textOfAnOwnedPort()
{
    QFETCH(const int, column);
    QFETCH(const QString, text);
    const Desk desk;

    QCOMPARE(desk.cells.text(*owned(), static_cast<Column::Column>(column)), text);
}

void tst_PortCells::textWithoutOwner_data()
{
    QTest::addColumn<OwnerKnowledge>("knowledge");
    QTest::addColumn<QString>("process");
    QTest::addColumn<QString>("others");

    QTest::addRow("pending") << OwnerKnowledge::Pending << QStringLiteral("…") << QStringLiteral("…");
    QTest::addRow("hidden") << OwnerKnowledge::Hidden << QStringLiteral("hidden: root") << Quay::unknownText();
    QTest::addRow("no process") << OwnerKnowledge::NoProcess
                                << QStringLiteral("no process: kernel or another container") << Quay::unknownText();
}

void tst_PortCells::textWithoutOwner()
{
    QFETCH(const OwnerKnowledge, knowledge);
    QFETCH(const QString, process);
    QFETCH(const QString, others);
    const Desk desk;
    const auto listener = ownerless(knowledge);

    QCOMPARE(desk.cells.text(*listener, Column::Process), process);
    QCOMPARE(desk.cells.text(*listener, Column::User), QStringLiteral("root"));
    QCOMPARE(desk.cells.text(*listener, Column::Connections), Quay::unknownText());
    for (const auto column : {Column::Pid, Column::Project, Column::Kind, Column::Since, Column::Cpu, Column::Memory}) {
        QCOMPARE(desk.cells.text(*listener, column), others);
    }
}

void tst_PortCells::projectThatMayNotBeReadIsUnknown()
{
    const Desk desk;
    const auto hidden = listenerFrom({.owners = {{.directory = {}}}});
    const auto silent = listenerFrom({.owners = {{.directory = "/net/shop", .isDirectorySilent = true}}});
    const auto none = listenerFrom({.owners = {{.directory = "/tmp"}}});

    QCOMPARE(desk.cells.text(*hidden, Column::Project), Quay::unknownText());
    QVERIFY(desk.cells.toolTip(*hidden, Column::Project).contains(QStringLiteral("may not be read")));
    QCOMPARE(desk.cells.text(*silent, Column::Project), Quay::unknownText());
    QVERIFY(desk.cells.toolTip(*silent, Column::Project).endsWith(QStringLiteral("does not answer.\n4711 /net/shop")));
    QVERIFY(desk.cells.text(*none, Column::Project).isEmpty());
    QVERIFY(desk.cells.toolTip(*none, Column::Project).contains(QStringLiteral("/tmp")));
}

void tst_PortCells::toolTipSaysTheWhole()
{
    const Desk desk;
    const auto listener = owned();

    QCOMPARE(desk.cells.toolTip(*listener, Column::Port), QStringLiteral("127.0.0.1:3000"));
    QCOMPARE(desk.cells.toolTip(*listener, Column::Process),
             QStringLiteral("4711 node vite --port 3000\n4712 node vite --port 3000\n4713 node vite --port 3000"));
    QVERIFY(desk.cells.toolTip(*listener, Column::Project).contains(QStringLiteral("/home/ann/shop")));
    QVERIFY(desk.cells.toolTip(*listener, Column::Since).startsWith(QStringLiteral("4711 started ")));
    QVERIFY(desk.cells.toolTip(*listener, Column::Cpu).startsWith(QStringLiteral("4711 25 %")));
    QVERIFY(desk.cells.toolTip(*listener, Column::Memory).startsWith(QStringLiteral("4711 40 MB")));
}

void tst_PortCells::toolTipSaysWhyItIsUnknown_data()
{
    QTest::addColumn<int>("column");

    for (const auto column : {Column::Process, Column::Pid, Column::Project, Column::Kind, Column::Since, Column::Cpu,
                              Column::Memory, Column::Connections}) {
        QTest::addRow("%s", qPrintable(Quay::columnTitle(column))) << static_cast<int>(column);
    }
}

void tst_PortCells::toolTipSaysWhyItIsUnknown()
{
    QFETCH(const int, column);
    const Desk desk;

    for (const auto knowledge : {OwnerKnowledge::Pending, OwnerKnowledge::Hidden, OwnerKnowledge::NoProcess}) {
        QVERIFY(!desk.cells.toolTip(*ownerless(knowledge), static_cast<Column::Column>(column)).isEmpty());
    }
}

void tst_PortCells::sharedConnectionsAreUnknownAndExplained()
{
    const Desk desk;
    const auto listener = listenerFrom({.owners = {vite(1)}, .connections = {}, .sharedConnections = 12});

    QCOMPARE(desk.cells.text(*listener, Column::Connections), Quay::unknownText());
    QVERIFY(desk.cells.toolTip(*listener, Column::Connections).startsWith(QStringLiteral("12 established, shared")));
}

void tst_PortCells::unknownQueueIsNotNone()
{
    const Desk desk;
    auto listener = *owned();
    QCOMPARE(desk.cells.toolTip(listener, Column::Connections), QStringLiteral("0 waiting to be accepted"));

    listener.socket.cookie = 0; // read from /proc/net

    QCOMPARE(desk.cells.toolTip(listener, Column::Connections),
             QStringLiteral("How many wait to be accepted is not known."));
}

void tst_PortCells::unknownUnitIsNotNone()
{
    const Desk desk;
    const auto unknown = listenerFrom({});
    const auto none = listenerFrom({.unit = {.kind = Quay::UnitKind::None, .path = "/"}});

    QCOMPARE(desk.cells.toolTip(*unknown, Column::Unit),
             QStringLiteral("It is not known in which unit or container it runs."));
    QCOMPARE(desk.cells.toolTip(*none, Column::Unit), QStringLiteral("In no unit and no container.\n/"));
}

void tst_PortCells::toolTipOfManyOwnersIsBounded()
{
    const Desk desk;
    ListenerSpec spec;
    for (int pid = 1; pid <= 1000; ++pid) {
        spec.owners.push_back(vite(pid));
    }
    const auto listener = listenerFrom(spec);

    const auto lines = desk.cells.toolTip(*listener, Column::Process).split(u'\n');

    QCOMPARE(lines.size(), 13);
    QCOMPARE(lines.back(), QStringLiteral("and 988 more"));
}

void tst_PortCells::longCommandIsCutInToolTip()
{
    const Desk desk;
    const auto listener = listenerFrom({.owners = {{.arguments = {std::string(128 * 1024, 'x')}}}});

    const auto toolTip = desk.cells.toolTip(*listener, Column::Process);

    QVERIFY(toolTip.size() < 600);
    QVERIFY(toolTip.endsWith(u'…'));
}

void tst_PortCells::accessibleText()
{
    const Desk desk;

    QCOMPARE(desk.cells.accessibleText(*owned(), Column::Port),
             QStringLiteral("Port 3000, TCP, listening on this machine"));
    QCOMPARE(desk.cells.accessibleText(*owned(), Column::Connections), QStringLiteral("Connections: 12"));
    QVERIFY(!desk.cells.accessibleText(*ownerless(OwnerKnowledge::Hidden), Column::Pid).contains(Quay::unknownText()));
}

void tst_PortCells::accessibleTextSaysWhatSymbolsShow()
{
    const Desk desk;
    const auto warned = listenerFrom(
        {.port = 3000,
         .owners = {vite(4711)},
         .warnings = {{.kind = Quay::WarningKind::NobodyAccepts}, {.kind = Quay::WarningKind::OwnerStopped}}});

    QCOMPARE(desk.cells.accessibleText(*owned(), Column::Port, Quay::RowFreshness::Appeared),
             QStringLiteral("Port 3000, TCP, listening on this machine; new"));
    QCOMPARE(desk.cells.accessibleText(*owned(), Column::Port, Quay::RowFreshness::Vanished),
             QStringLiteral("Port 3000, TCP, listening on this machine; gone"));
    QCOMPARE(
        desk.cells.accessibleText(*warned, Column::Port, Quay::RowFreshness::Appeared),
        QStringLiteral("Port 3000, TCP, listening on this machine; new; warning: nobody accepts; warning: stopped"));
    QCOMPARE(desk.cells.accessibleText(*warned, Column::Connections, Quay::RowFreshness::Appeared),
             QStringLiteral("Connections: 0")); // said once a row
}

void tst_PortCells::foreignTextIsMadeSafe_data()
{
    QTest::addColumn<std::string>("hostile");

    QTest::addRow("newline") << std::string("a\nb");
    QTest::addRow("ANSI") << std::string("\x1b[31mred");
    QTest::addRow("bidi") << std::string("abc\xe2\x80\xae"
                                         "cba");
    QTest::addRow("invalid UTF-8") << std::string("\xff\xc0\xaf");
    QTest::addRow("tab") << std::string("a\tb");
    QTest::addRow("NUL") << std::string("a\0b", 3);
}

void tst_PortCells::foreignTextIsMadeSafe()
{
    QFETCH(const std::string, hostile);
    const Desk desk;
    OwnerSpec owner{.name = hostile, .arguments = {hostile}, .directory = hostile, .executable = hostile};
    owner.project = projectAt(hostile, hostile, hostile);
    owner.kind = Quay::ServerKind{.id = hostile, .name = hostile};
    const auto listener = listenerFrom(
        {.interfaceName = hostile,
         .owners = {owner},
         .unit = {.kind = Quay::UnitKind::Container, .name = hostile, .containerRuntime = hostile, .path = hostile}});
    const auto isHostile = [](QChar character) {
        return character.category() == QChar::Other_Control || character.category() == QChar::Other_Format
            || character.category() == QChar::Other_Surrogate;
    };

    for (int column = 0; column < Column::ColumnCount; ++column) {
        const auto where = static_cast<Column::Column>(column);
        QVERIFY(std::ranges::none_of(desk.cells.text(*listener, where), isHostile));
        QVERIFY(std::ranges::none_of(desk.cells.accessibleText(*listener, where).remove(u'\n'), isHostile));
        QVERIFY(std::ranges::none_of(desk.cells.toolTip(*listener, where).remove(u'\n'), isHostile));
    }
    QVERIFY(std::ranges::none_of(desk.cells.rowText(*listener).remove(u'\t'), isHostile));
    QCOMPARE(desk.cells.rowText(*listener).count(u'\t'), Column::ColumnCount - 1);
}

void tst_PortCells::sortValues_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QVariant>("value");

    QTest::addRow("port") << int(Column::Port) << QVariant(3000.0);
    QTest::addRow("protocol") << int(Column::Protocol) << QVariant(0.0);
    QTest::addRow("process") << int(Column::Process) << QVariant(QStringLiteral("node"));
    QTest::addRow("pid") << int(Column::Pid) << QVariant(4711.0);
    QTest::addRow("kind, folded") << int(Column::Kind) << QVariant(QStringLiteral("vite"));
    QTest::addRow("connections") << int(Column::Connections) << QVariant(12.0);
    QTest::addRow("since: the younger the greater") << int(Column::Since) << QVariant(-60000.0);
    QTest::addRow("cpu") << int(Column::Cpu) << QVariant(0.75);
    QTest::addRow("memory") << int(Column::Memory) << QVariant(120'000'000.0);
}

void tst_PortCells::sortValues()
{
    QFETCH(const int, column);
    QFETCH(const QVariant, value);
    const Desk desk;

    QCOMPARE(desk.cells.sortValue(*owned(), static_cast<Column::Column>(column)).toVariant(), value);
}

void tst_PortCells::unknownHasNoSortValue()
{
    const Desk desk;
    const auto listener = ownerless(OwnerKnowledge::Hidden);

    for (const auto column : {Column::Process, Column::Pid, Column::Project, Column::Kind, Column::Unit,
                              Column::Connections, Column::Since, Column::Cpu, Column::Memory}) {
        QVERIFY(!desk.cells.sortValue(*listener, column).isKnown);
        QVERIFY(!desk.cells.sortValue(*listener, column).toVariant().isValid());
    }
}

void tst_PortCells::rowTextIsOneLine()
{
    const Desk desk;

    QCOMPARE(
        desk.cells.rowText(*owned()),
        QStringLiteral("3000\tTCP\tthis machine (127.0.0.1)\tnode +2\t4711\tshop (main)\tVite\troot\tshop.service\t"
                       "12\t50 min\t75 %\t120 MB"));
}

void tst_PortCells::changedColumns_data()
{
    QTest::addColumn<ListenerPtr>("after");
    QTest::addColumn<ColumnMask>("columns");
    const auto changed = [](const auto &change) {
        OwnerSpec owner = vite(1);
        change(owner);
        return listenerFrom({.owners = {owner}});
    };

    QTest::addRow("nothing") << changed([](OwnerSpec &) { }) << ColumnMask{0};
    QTest::addRow("pid") << changed([](OwnerSpec &owner) { owner.pid = 2; })
                         << (maskOf(Column::Pid) | maskOf(Column::Since));
    QTest::addRow("name") << changed([](OwnerSpec &owner) { owner.name = "bun"; }) << maskOf(Column::Process);
    QTest::addRow("user") << changed([](OwnerSpec &owner) { owner.uid = 77; }) << maskOf(Column::User);
    QTest::addRow("branch") << changed([](OwnerSpec &owner) { owner.project = projectAt("/home/ann/shop", "shop"); })
                            << maskOf(Column::Project);
    QTest::addRow("same project, looked at again")
        << changed([](OwnerSpec &owner) { owner.project = projectAt("/home/ann/shop", "shop", "main"); })
        << ColumnMask{0};
    QTest::addRow("kind") << changed([](OwnerSpec &owner) { owner.kind.reset(); }) << maskOf(Column::Kind);
    QTest::addRow("cpu") << changed([](OwnerSpec &owner) { owner.cpuShare = 0.5; }) << maskOf(Column::Cpu);
    QTest::addRow("cpu below what is shown")
        << changed([](OwnerSpec &owner) { owner.cpuShare = 0.2501; }) << ColumnMask{0};
    QTest::addRow("memory below what is shown")
        << changed([](OwnerSpec &owner) { owner.residentBytes += 1000; }) << ColumnMask{0};
    QTest::addRow("command line") << changed([](OwnerSpec &owner) { owner.arguments = {"x"}; }) << ColumnMask{0};
    QTest::addRow("connections") << listenerFrom({.owners = {vite(1)}, .connections = 1})
                                 << maskOf(Column::Connections);
    QTest::addRow("warning") << listenerFrom({.owners = {vite(1)}, .warnings = {{}}}) << maskOf(Column::Port);
    QTest::addRow("second owner") << listenerFrom({.owners = {vite(1), vite(2)}})
                                  << (maskOf(Column::Process) | maskOf(Column::Cpu) | maskOf(Column::Memory));
}

void tst_PortCells::changedColumns()
{
    QFETCH(const ListenerPtr, after);
    QFETCH(const ColumnMask, columns);

    QCOMPARE(PortCells::changedColumns(*listenerFrom({.owners = {vite(1)}}), *after), columns);
}

void tst_PortCells::changedColumnsAgreeWithTheTexts()
{
    const Desk desk;
    const std::vector<ListenerPtr> states{
        owned(),
        ownerless(OwnerKnowledge::Pending),
        ownerless(OwnerKnowledge::Hidden),
        ownerless(OwnerKnowledge::NoProcess),
        listenerFrom({.owners = {{.directory = {}}}}),
        listenerFrom({.owners = {{.pid = 9, .name = "x", .uid = 12345, .cpuShare = 1}}, .connections = {}}),
    };
    for (const auto &before : states) {
        for (const auto &after : states) {
            const auto columns = PortCells::changedColumns(*before, *after);
            for (int column = 0; column < Column::ColumnCount; ++column) {
                const auto where = static_cast<Column::Column>(column);
                const bool isOther = desk.cells.text(*before, where) != desk.cells.text(*after, where);
                QVERIFY2((columns & maskOf(where)) != 0 || !isOther, qPrintable(Quay::columnTitle(where)));
            }
        }
    }
}

QTEST_GUILESS_MAIN(tst_PortCells)
#include "tst_portcells.moc"
