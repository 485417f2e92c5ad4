// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/livelook.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/testserver.h"

#include <QFileInfo>
#include <QObject>
#include <QProcess>
#include <QRegularExpression>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

using Quay::Test::TestServer;
using Quay::Test::why;

namespace {

const QString Program = QStringLiteral(QUAY_BIN_DIR "/quay");

/// The names without directories of what @p pattern finds, in alphabetical order.
QStringList filesIn(const QString &text, const QString &pattern)
{
    QStringList names;
    auto matches = QRegularExpression(pattern).globalMatch(text);
    while (matches.hasNext()) {
        names << QFileInfo(matches.next().captured(1)).fileName();
    }
    names.sort();
    return names;
}

} // namespace

/// The quick verbs start quickly since they load nothing that they do not need.
class tst_QuayLibraries : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void coreIsTheOnlyLibraryOfQt();
    void portsLoadNothingElse();

private:
    QString m_said; ///< What the dynamic linker says while a port is shown, ld.so(8): also of what is loaded later.
};

void tst_QuayLibraries::initTestCase()
{
    const QTemporaryDir state;
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    QProcess quay;
    auto environment = Quay::Test::environmentIn(state.path());
    environment.insert(QStringLiteral("LD_DEBUG"), QStringLiteral("files"));
    quay.setProcessEnvironment(environment);
    quay.start(Program, {QStringLiteral("ports"), QString::number(server->port())});

    const auto finished = Quay::Test::finish(quay);

    QCOMPARE(finished.exitCode, 0);
    m_said = QString::fromUtf8(finished.err);
}

void tst_QuayLibraries::coreIsTheOnlyLibraryOfQt()
{
    const auto needed =
        filesIn(m_said, QStringLiteral("file=(\\S+) \\[0\\];  needed by %1 ").arg(QRegularExpression::escape(Program)));

    QCOMPARE(needed.filter(QStringLiteral("Qt")), QStringList(QStringLiteral("libQt6Core.so.6")));
    QCOMPARE(needed.filter(QRegularExpression(QStringLiteral("KF6|systemd|dbus|curl|yaml|sqlite"))), QStringList());
}

void tst_QuayLibraries::portsLoadNothingElse()
{
    const auto loaded = filesIn(m_said, QStringLiteral("file=(.+) \\[0\\];  generating link map"));

    QVERIFY(loaded.contains(QStringLiteral("libQt6Core.so.6")));
    // What Qt Core itself needs differs from system to system; none of these is of that kind.
    const QRegularExpression heavy(QStringLiteral("^quay-|Qt6(?!Core\\.)|KF6|dbus|curl|yaml|sqlite"));
    QCOMPARE(loaded.filter(heavy), QStringList());
}

QTEST_GUILESS_MAIN(tst_QuayLibraries)
#include "tst_quaylibraries.moc"
