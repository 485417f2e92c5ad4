// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/listenertext.h"
#include "app/shared/usernames.h"
#include "core/base/error.h"
#include "core/kernel/ipaddress.h"
#include "core/ports/listener.h"
#include "tests/support/markingtranslator.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <cerrno>
#include <memory>

namespace {

Quay::Listener listenerAt(const char *address)
{
    Quay::Listener listener;
    listener.socket.localAddress = Quay::ipAddressFromText(address).value();
    return listener;
}

Quay::Owner ownerCalled(const char *name)
{
    Quay::ProcessInfo process;
    process.name = name;
    return {.process = std::make_shared<const Quay::ProcessInfo>(process),
            .profile = std::make_shared<const Quay::OwnerProfile>()};
}

Quay::UnitInfo unitCalled(Quay::UnitKind kind, const char *name)
{
    Quay::UnitInfo unit;
    unit.kind = kind;
    unit.name = name;
    return unit;
}

} // namespace

class tst_ListenerText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void scopeNamesReachAndAddress_data();
    void scopeNamesReachAndAddress();
    void ownersAreCounted();
    void nameThatTheKernelCutIsWhole();
    void commandIsOneLine();
    void projectNamesBranchAndWorktree();
    void unitNamesContainer();
    void launcherIsNamedBesideItsProcess_data();
    void launcherIsNamedBesideItsProcess();
    void knowledgeSaysWhy();
    void hiddenOwnersAreCounted_data();
    void hiddenOwnersAreCounted();
    void warningsNameTheirFacts();
    void factsHaveLabels_data();
    void factsHaveLabels();
    void factsAreSaidInWords_data();
    void factsAreSaidInWords();
    void errorsAreSentences();
    void unknownUserIsItsNumber();
};

void tst_ListenerText::scopeNamesReachAndAddress_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("interfaceName");
    QTest::addColumn<QString>("text");
    QTest::addRow("loopback") << "127.0.0.1" << "" << "this machine (127.0.0.1)";
    QTest::addRow("loopback 6") << "::1" << "" << "this machine (::1)";
    QTest::addRow("everywhere") << "0.0.0.0" << "" << "network (0.0.0.0)";
    QTest::addRow("interface") << "::" << "eth0" << "network (::%eth0)";
}

void tst_ListenerText::scopeNamesReachAndAddress()
{
    QFETCH(const QString, address);
    QFETCH(const QString, interfaceName);
    QFETCH(const QString, text);
    Quay::Listener listener = listenerAt(address.toUtf8().constData());
    listener.interfaceName = interfaceName.toStdString();

    QCOMPARE(Quay::scopeText(listener), text);
}

void tst_ListenerText::ownersAreCounted()
{
    Quay::Listener listener;
    QCOMPARE(Quay::ownersText(listener), QString());

    listener.owners = {ownerCalled("node")};
    QCOMPARE(Quay::ownersText(listener), QStringLiteral("node"));

    listener.owners = {ownerCalled("ng\x1binx"), ownerCalled("nginx"), ownerCalled("nginx")};
    QCOMPARE(Quay::ownersText(listener), QStringLiteral("ng\\einx +2"));
}

void tst_ListenerText::nameThatTheKernelCutIsWhole()
{
    auto owner = ownerCalled("serve-everythin");
    auto process = *owner.process;
    process.arguments = {"sh", "./serve-everything.sh"};
    owner.process = std::make_shared<const Quay::ProcessInfo>(std::move(process));
    Quay::Listener listener;
    listener.owners = {owner};

    QCOMPARE(Quay::ownersText(listener), QStringLiteral("serve-everything.sh"));
}

void tst_ListenerText::commandIsOneLine()
{
    Quay::ProcessInfo process;
    process.name = "kworker";
    QCOMPARE(Quay::commandText(process), QStringLiteral("[kworker]"));

    process.arguments = {"node", "my server.js"};
    QCOMPARE(Quay::commandText(process), QStringLiteral("node 'my server.js'"));
}

void tst_ListenerText::projectNamesBranchAndWorktree()
{
    Quay::Project project;
    project.name = "shop";
    QCOMPARE(Quay::projectText(nullptr), QString());
    QCOMPARE(Quay::projectText(std::make_shared<const Quay::Project>(project)), QStringLiteral("shop"));

    project.branch = "fix/x";
    project.worktree = "fix-x";
    QCOMPARE(Quay::projectText(std::make_shared<const Quay::Project>(project)), QStringLiteral("shop/fix-x (fix/x)"));
}

void tst_ListenerText::unitNamesContainer()
{
    Quay::UnitInfo unit = unitCalled(Quay::UnitKind::Container, "web");
    unit.containerRuntime = "podman";

    QCOMPARE(Quay::unitText({}), QString());
    QCOMPARE(Quay::unitText(unitCalled(Quay::UnitKind::SystemService, "redis.service")),
             QStringLiteral("redis.service"));
    QCOMPARE(Quay::unitText(unit), QStringLiteral("podman: web"));
}

void tst_ListenerText::launcherIsNamedBesideItsProcess_data()
{
    QTest::addColumn<QString>("process");
    QTest::addColumn<QString>("launcher");
    QTest::addColumn<QString>("text");
    QTest::addRow("by another name") << "code" << "VS Code" << "VS Code";
    QTest::addRow("by the same name") << "sh" << "sh" << "shell";
    QTest::addRow("by the same name with a capital") << "konsole" << "Konsole" << "shell";
    QTest::addRow("by the same foreign bytes") << "a\x1b" << "A\x1b" << "shell";
    QTest::addRow("by its kind") << "zsh" << "" << "shell";
}

void tst_ListenerText::launcherIsNamedBesideItsProcess()
{
    QFETCH(const QString, process);
    QFETCH(const QString, launcher);
    QFETCH(const QString, text);
    const Quay::AncestryStep step{.process = ownerCalled(process.toUtf8().constData()).process,
                                  .launcher = Quay::LauncherKind::Shell,
                                  .launcherName = launcher.toStdString()};

    QCOMPARE(Quay::launcherText(step), text);
}

void tst_ListenerText::knowledgeSaysWhy()
{
    Quay::UserNames users({}, 1000);
    Quay::Listener listener; // uid 0
    listener.knowledge = Quay::OwnerKnowledge::Hidden;
    QCOMPARE(Quay::ownerKnowledgeText(listener, users), QStringLiteral("hidden: belongs to root"));

    listener.unit = unitCalled(Quay::UnitKind::SystemService, "foo.service");
    QCOMPARE(Quay::ownerKnowledgeText(listener, users), QStringLiteral("hidden: belongs to root, unit foo.service"));

    Quay::UserNames itself({}, 0);
    QCOMPARE(Quay::ownerKnowledgeText(listener, itself),
             QStringLiteral("hidden: the system does not let its open files be read, unit foo.service"));

    listener.knowledge = Quay::OwnerKnowledge::Complete;
    QCOMPARE(Quay::ownerKnowledgeText(listener, users), QString());
}

void tst_ListenerText::hiddenOwnersAreCounted_data()
{
    QTest::addColumn<uid_t>("viewer");
    QTest::addColumn<QStringList>("said");
    const auto other = QStringLiteral("2 port(s) belong to other users");
    const auto mine = QStringLiteral("1 port(s) belong to you");
    QTest::addRow("some user") << uid_t{1000} << QStringList{other, mine};
    QTest::addRow("another user") << uid_t{1001} << QStringList{QStringLiteral("3 port(s) belong to other users")};
    QTest::addRow("root") << uid_t{0} << QStringList{QStringLiteral("behind 3 port(s) are hidden even from root")};
}

void tst_ListenerText::hiddenOwnersAreCounted()
{
    QFETCH(const uid_t, viewer);
    QFETCH(const QStringList, said);
    const auto hidden = [](std::uint16_t port, uid_t uid) {
        return Quay::Test::listenerFrom({.port = port, .knowledge = Quay::OwnerKnowledge::Hidden, .uid = uid});
    };
    const auto seen = Quay::Test::listenerFrom({.port = 3000, .owners = {{}}, .uid = 0});

    const std::vector<Quay::ListenerPtr> all{hidden(22, 0), hidden(80, 33), hidden(4711, 1000), seen};

    const auto text = Quay::hiddenOwnersText(all, viewer);

    for (const auto &part : said) {
        QVERIFY2(text.contains(part), qPrintable(text));
    }
    QCOMPARE(Quay::hiddenOwnersText({all.end() - 1, all.end()}, viewer), QString());
}

void tst_ListenerText::warningsNameTheirFacts()
{
    const Quay::Warning stuck{.kind = Quay::WarningKind::NobodyAccepts, .facts = {{.key = "waiting", .value = "9"}}};
    const Quay::Warning split{.kind = Quay::WarningKind::SplitBrain,
                              .facts = {{.key = "localhost", .value = "[::1]:3000"}}};

    QCOMPARE(Quay::warningText(stuck), QStringLiteral("It listens, but nobody accepts connections; waiting: 9."));
    QVERIFY(Quay::warningText(split).contains(QStringLiteral("[::1]:3000")));
}

void tst_ListenerText::factsHaveLabels_data()
{
    Quay::Test::MarkingTranslator marking; // taken off again where it ends
    QCoreApplication::installTranslator(&marking);
    QTest::addColumn<QString>("label");
    for (const Quay::FactKey key : Quay::FactKey::all()) {
        QTest::addRow("%s", std::string(key.word()).c_str()) << Quay::factText({.key = key, .value = {}});
    }
}

void tst_ListenerText::factsHaveLabels()
{
    QFETCH(const QString, label);

    QCOMPARE(label.count(Quay::Test::MarkingTranslator::Opening), 2); // the whole, and in it the name
}

void tst_ListenerText::factsAreSaidInWords_data()
{
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("text");
    const auto row = [](Quay::FactKey key, const char *value, const char *text) {
        QTest::addRow("%s", text) << Quay::factText({.key = key, .value = value}) << QString::fromLatin1(text);
    };
    row("waiting", "9", "waiting connections: 9");
    row("waitingForMs", "2400", "waiting for: 2.4 s");
    row("waitingForMs", "long", "waiting for: long");
    row("state", "T", "process state: T (stopped)");
    row("state", "t", "process state: t (held by a debugger)");
    row("over IPv6", "refused", "over IPv6: refused");
    row("over IPv4", "127.0.0.1:80", "over IPv4: 127.0.0.1:80");
    row("directory", "/a\nb", "directory: /a\\nb");
}

void tst_ListenerText::factsAreSaidInWords()
{
    QFETCH(const QString, shown);
    QFETCH(const QString, text);

    QCOMPARE(shown, text);
}

void tst_ListenerText::errorsAreSentences()
{
    QCOMPARE(Quay::errorText({.code = Quay::ErrorCode::Denied, .subject = "/proc/1/fd", .sysErrno = EACCES}),
             QStringLiteral("/proc/1/fd may not be read: permission denied."));
    QVERIFY(Quay::errorText({.code = Quay::ErrorCode::Io, .subject = "netlink", .sysErrno = ENOBUFS})
                .startsWith(QStringLiteral("netlink: ")));
}

void tst_ListenerText::unknownUserIsItsNumber()
{
    Quay::UserNames users;

    QCOMPARE(users.name(0), QStringLiteral("root"));
    QCOMPARE(users.name(4'123'456'789U), QStringLiteral("4123456789"));
}

QTEST_GUILESS_MAIN(tst_ListenerText)
#include "tst_listenertext.moc"
