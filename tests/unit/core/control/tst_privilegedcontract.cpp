// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/privilegedcontract.h"

#include <QObject>
#include <QString>
#include <QTest>
#include <QVariantList>
#include <QVariantMap>

#include <csignal>
#include <cstddef>
#include <limits>
#include <string>

using Quay::ErrorCode;
using Quay::InspectRequest;
using Quay::SignalRequest;
using Quay::SignalTarget;

namespace {

constexpr auto Largest = std::numeric_limits<std::uint64_t>::max();

QVariantMap targetMap(int pid)
{
    return {{QStringLiteral("pid"), pid}, {QStringLiteral("startTicks"), qulonglong{7}}};
}

QVariantMap signalArguments(const QVariant &signal, const QVariant &targets)
{
    return {{QStringLiteral("signal"), signal}, {QStringLiteral("targets"), targets}};
}

QVariantMap with(QVariantMap map, const char *key, const QVariant &value)
{
    map.insert(QString::fromLatin1(key), value);
    return map;
}

} // namespace

class tst_PrivilegedContract : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signalRequestComesBackAsItWas();
    void signalRequestIsRefused_data();
    void signalRequestIsRefused();
    void signalsThatEndAreAllowed_data();
    void signalsThatEndAreAllowed();
    void signalAnswerComesBackAsItWas();
    void signalAnswerOfOtherLengthIsRefused();
    void signalAnswerIsRefused_data();
    void signalAnswerIsRefused();
    void inspectRequestComesBackAsItWas();
    void inspectRequestIsRefused_data();
    void inspectRequestIsRefused();
    void inspectAnswerComesBackAsItWas();
    void inspectAnswerIsRefused_data();
    void inspectAnswerIsRefused();
    void errorComesBackAsItWas();
    void noErrorIsMalformed();
};

void tst_PrivilegedContract::signalRequestComesBackAsItWas()
{
    const SignalRequest request{.signal = SIGTERM,
                                .targets = {{.process = {.pid = 2, .startTicks = Largest}, .serial = Largest},
                                            {.process = {.pid = 4711, .startTicks = 0}, .serial = std::nullopt}}};

    const auto read = Quay::signalRequestFrom(Quay::toArguments(request));

    QVERIFY(read);
    QCOMPARE(*read, request);
}

void tst_PrivilegedContract::signalRequestIsRefused_data()
{
    QTest::addColumn<QVariantMap>("arguments");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<std::string>("subject");
    const QVariantList one{targetMap(100)};
    const auto row = [](const char *name, const QVariantMap &arguments, ErrorCode code, const char *subject) {
        QTest::newRow(name) << arguments << code << std::string(subject);
    };
    row("empty", {}, ErrorCode::Malformed, "signal");
    row("no signal", {{QStringLiteral("targets"), one}}, ErrorCode::Malformed, "signal");
    row("no targets", {{QStringLiteral("signal"), SIGTERM}}, ErrorCode::Malformed, "targets");
    row("signal as text", signalArguments(QStringLiteral("15"), one), ErrorCode::Malformed, "signal");
    row("signal as real", signalArguments(15.0, one), ErrorCode::Malformed, "signal");
    row("unknown key", with(signalArguments(SIGTERM, one), "command", 1), ErrorCode::Malformed, "command");
    row("targets as map", signalArguments(SIGTERM, targetMap(100)), ErrorCode::Malformed, "targets");
    row("target as number", signalArguments(SIGTERM, QVariantList{100}), ErrorCode::Malformed, "no map");
    row("no start", signalArguments(SIGTERM, QVariantList{QVariantMap{{QStringLiteral("pid"), 100}}}),
        ErrorCode::Malformed, "startTicks");
    row("signed start", signalArguments(SIGTERM, QVariantList{with(targetMap(100), "startTicks", -1)}),
        ErrorCode::Malformed, "startTicks");
    row("serial as text", signalArguments(SIGTERM, QVariantList{with(targetMap(100), "serial", QStringLiteral("1"))}),
        ErrorCode::Malformed, "serial");
    row("target with more", signalArguments(SIGTERM, QVariantList{with(targetMap(100), "uid", 0)}),
        ErrorCode::Malformed, "uid");
    row("second target bad", signalArguments(SIGTERM, QVariantList{targetMap(100), targetMap(1)}), ErrorCode::Invalid,
        "pid");
    for (const int pid : {1, 0, -1, std::numeric_limits<int>::min()}) {
        QTest::addRow("pid %d", pid) << signalArguments(SIGTERM, QVariantList{targetMap(pid)}) << ErrorCode::Invalid
                                     << std::string("pid");
    }
    for (const int signal : {0, -1, SIGSTOP, SIGCONT, SIGSEGV, SIGRTMIN, 65, std::numeric_limits<int>::max()}) {
        QTest::addRow("signal %d", signal)
            << signalArguments(signal, one) << ErrorCode::Invalid << std::string("signal");
    }
    row("nobody", signalArguments(SIGTERM, QVariantList()), ErrorCode::Invalid, "targets");
    const QVariantList tooMany(static_cast<qsizetype>(Quay::MostSignalTargets) + 1, targetMap(100));
    row("too many", signalArguments(SIGTERM, tooMany), ErrorCode::Invalid, "targets");
}

void tst_PrivilegedContract::signalRequestIsRefused()
{
    QFETCH(const QVariantMap, arguments);
    QFETCH(const ErrorCode, code);
    QFETCH(const std::string, subject);

    const auto read = Quay::signalRequestFrom(arguments);

    QVERIFY(!read);
    QCOMPARE(read.error().code, code);
    QCOMPARE(read.error().subject, subject);
}

void tst_PrivilegedContract::signalsThatEndAreAllowed_data()
{
    QTest::addColumn<int>("signal");
    for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGKILL, SIGUSR1, SIGUSR2, SIGWINCH}) {
        QTest::addRow("%d", signal) << signal;
    }
}

void tst_PrivilegedContract::signalsThatEndAreAllowed()
{
    QFETCH(const int, signal);

    QVERIFY(Quay::signalRequestFrom(signalArguments(signal, QVariantList{targetMap(100)})));
}

void tst_PrivilegedContract::signalAnswerComesBackAsItWas()
{
    const Quay::SignalAnswer answer{
        {},
        Quay::fail(ErrorCode::Gone, "pid 100"),
        Quay::fail(ErrorCode::Io, std::string("raw \xff\0 bytes", 12), 5),
    };

    const auto read = Quay::signalAnswerFrom(Quay::toReply(answer), 3);

    QVERIFY(read);
    QCOMPARE(*read, answer);
}

void tst_PrivilegedContract::signalAnswerOfOtherLengthIsRefused()
{
    const auto reply = Quay::toReply(Quay::SignalAnswer{{}, {}});

    QVERIFY(Quay::signalAnswerFrom(reply, 2));
    QCOMPARE(Quay::signalAnswerFrom(reply, 1).error().subject, std::string("results"));
    QCOMPARE(Quay::signalAnswerFrom(reply, 3).error().subject, std::string("results"));
}

void tst_PrivilegedContract::signalAnswerIsRefused_data()
{
    QTest::addColumn<QVariantMap>("reply");
    const auto results = [](const QVariant &result) {
        return QVariantMap{{QStringLiteral("results"), QVariantList{result}}};
    };
    const auto error = Quay::toReply(Quay::Error{.code = ErrorCode::Io, .subject = "pid 1", .sysErrno = 5});
    QTest::newRow("empty") << QVariantMap();
    QTest::newRow("number") << results(1);
    QTest::newRow("unknown code") << results(with(error, "code", QStringLiteral("bad luck")));
    QTest::newRow("code as number") << results(with(error, "code", 1));
    QTest::newRow("subject as text") << results(with(error, "subject", QStringLiteral("pid 1")));
    QTest::newRow("more") << results(with(error, "more", 1));
}

void tst_PrivilegedContract::signalAnswerIsRefused()
{
    QFETCH(const QVariantMap, reply);

    const auto read = Quay::signalAnswerFrom(reply, 1);

    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Malformed);
}

void tst_PrivilegedContract::inspectRequestComesBackAsItWas()
{
    const InspectRequest request{.inodes = {1, Largest}};

    const auto read = Quay::inspectRequestFrom(Quay::toArguments(request));

    QVERIFY(read);
    QCOMPARE(*read, request);
}

void tst_PrivilegedContract::inspectRequestIsRefused_data()
{
    QTest::addColumn<QVariantMap>("arguments");
    QTest::addColumn<ErrorCode>("code");
    const auto sockets = [](const QVariant &value) { return QVariantMap{{QStringLiteral("sockets"), value}}; };
    QTest::newRow("empty") << QVariantMap() << ErrorCode::Malformed;
    QTest::newRow("no list") << sockets(qulonglong{5}) << ErrorCode::Malformed;
    QTest::newRow("signed") << sockets(QVariantList{5}) << ErrorCode::Malformed;
    QTest::newRow("text") << sockets(QVariantList{QStringLiteral("5")}) << ErrorCode::Malformed;
    QTest::newRow("more") << with(sockets(QVariantList{qulonglong{5}}), "more", 1) << ErrorCode::Malformed;
    QTest::newRow("none") << sockets(QVariantList()) << ErrorCode::Invalid;
    QTest::newRow("zero") << sockets(QVariantList{qulonglong{0}}) << ErrorCode::Invalid;
    const QVariantList tooMany(static_cast<qsizetype>(Quay::MostInspectedSockets) + 1, qulonglong{5});
    QTest::newRow("too many") << sockets(tooMany) << ErrorCode::Invalid;
}

void tst_PrivilegedContract::inspectRequestIsRefused()
{
    QFETCH(const QVariantMap, arguments);
    QFETCH(const ErrorCode, code);

    const auto read = Quay::inspectRequestFrom(arguments);

    QVERIFY(!read);
    QCOMPARE(read.error().code, code);
}

void tst_PrivilegedContract::inspectAnswerComesBackAsItWas()
{
    const Quay::InspectAnswer answer{{.inode = 5, .process = {.pid = 2, .startTicks = 3}, .fd = 4},
                                     {.inode = Largest, .process = {.pid = 7, .startTicks = Largest}, .fd = 0}};

    QCOMPARE(Quay::inspectAnswerFrom(Quay::toReply(answer)).value(), answer);
    QVERIFY(Quay::inspectAnswerFrom(Quay::toReply(Quay::InspectAnswer())).value().empty());
}

void tst_PrivilegedContract::inspectAnswerIsRefused_data()
{
    QTest::addColumn<QVariantMap>("reply");
    const auto holders = [](const QVariant &holder) {
        return QVariantMap{{QStringLiteral("holders"), QVariantList{holder}}};
    };
    const auto good = with(with(targetMap(2), "inode", qulonglong{5}), "fd", 3);
    QVERIFY(Quay::inspectAnswerFrom(holders(good)));
    QTest::newRow("empty") << QVariantMap();
    QTest::newRow("number") << holders(5);
    QTest::newRow("no inode") << holders(with(targetMap(2), "fd", 3));
    QTest::newRow("more") << holders(with(good, "more", 1));
}

void tst_PrivilegedContract::inspectAnswerIsRefused()
{
    QFETCH(const QVariantMap, reply);

    QCOMPARE(Quay::inspectAnswerFrom(reply).error().code, ErrorCode::Malformed);
}

void tst_PrivilegedContract::errorComesBackAsItWas()
{
    const Quay::Error error{.code = ErrorCode::Denied, .subject = "pid 7", .sysErrno = 1};

    QCOMPARE(Quay::errorFromReply(Quay::toReply(error)), error);
}

void tst_PrivilegedContract::noErrorIsMalformed()
{
    QCOMPARE(Quay::errorFromReply({}).code, ErrorCode::Malformed);
}

QTEST_APPLESS_MAIN(tst_PrivilegedContract)
#include "tst_privilegedcontract.moc"
