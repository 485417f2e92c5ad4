// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/helper/livepolkit.h"

#include "core/control/privilegedcontract.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/helper/polkitagent.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/otheruser.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <QTest>

#include <string>

#include <unistd.h>

namespace Quay::Test {

namespace {

const QByteArray Rule = R"(
polkit.addRule(function(action, subject) {
    if (action.id.indexOf("org.quaymaster.helper.") != 0)
        return polkit.Result.NOT_HANDLED;
    switch (subject.user) {
    case "games": return polkit.Result.YES;
    case "news": return polkit.Result.NO;
    case "lp": return polkit.Result.AUTH_ADMIN_KEEP;
    }
    return polkit.Result.NOT_HANDLED;
});
)";

bool install(const QString &name, const QString &directory)
{
    const QString source = QStringLiteral(QUAY_HELPER_FILES "/") + name;
    const QString target = QString(directory + u'/' + name);
    return QFile::exists(target) || QFile::copy(source, target);
}

bool installRule()
{
    QFile file(QStringLiteral("/run/polkit-1/rules.d/50-quaymaster-test.rules"));
    return file.exists() || (file.open(QIODevice::WriteOnly) && file.write(Rule) == Rule.size());
}

QDBusMessage callBus(const char *method, const QVariantList &arguments = {})
{
    QDBusMessage call =
        QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
                                       QStringLiteral("org.freedesktop.DBus"), QString::fromLatin1(method));
    call.setArguments(arguments);
    return QDBusConnection::systemBus().call(call);
}

bool isActivatable()
{
    return callBus("ListActivatableNames").arguments().value(0).toStringList().contains(QString(HelperId));
}

} // namespace

bool hasOwnSystemBus()
{
    return ::getuid() == 0 && !qEnvironmentVariableIsEmpty("QUAY_IN_ROOT");
}

bool installHelper()
{
    const bool isInstalled =
        install(QStringLiteral("org.quaymaster.helper.conf"), QStringLiteral("/etc/dbus-1/system.d"))
        && install(QStringLiteral("org.quaymaster.helper.service"),
                   QStringLiteral("/usr/local/share/dbus-1/system-services"))
        && install(QStringLiteral("org.quaymaster.helper.policy"), QStringLiteral("/run/polkit-1/actions"))
        && install(QStringLiteral("org.quaymaster.helper.test.policy"), QStringLiteral("/run/polkit-1/actions"))
        && installRule();
    callBus("ReloadConfig");
    return isInstalled && QTest::qWaitFor(isActivatable, LongEnoughMs)
        && QTest::qWaitFor([] { return PolkitAgent::isKnownAction(QString(SignalProcessAction)); }, LongEnoughMs);
}

pid_t helperPid()
{
    const auto reply = callBus("GetConnectionUnixProcessID", {QString(HelperId)});
    return static_cast<pid_t>(reply.type() == QDBusMessage::ReplyMessage ? reply.arguments().value(0).toUInt() : 0);
}

ProcessId processIdOf(pid_t pid)
{
    const auto proc = ProcFs::open().value();
    return {.pid = pid, .startTicks = readProcStat(proc, pid).value().startTicks};
}

TestServer startOthersServer(const char *mode)
{
    return TestServer::start({mode, "--uid", std::to_string(ThirdUid)}).value();
}

bool prepareUser(QProcess &process, uid_t uid, const QString &home, const QStringList &command)
{
    auto environment = environmentIn(home);
    environment.insert(QStringLiteral("HOME"), home);
    environment.remove(QStringLiteral("XDG_RUNTIME_DIR"));
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    process.setProcessEnvironment(environment);
    if (!QDir().mkpath(home) || ::chown(QFile::encodeName(home).constData(), uid, uid) != 0) {
        return false;
    }
    const QString id = QString::number(uid);
    const QStringList words{QStringLiteral("--reuid"),
                            id,
                            QStringLiteral("--regid"),
                            id,
                            QStringLiteral("--clear-groups"),
                            QStringLiteral("--inh-caps=-all"),
                            QStringLiteral("sh"),
                            QStringLiteral("-c"),
                            QStringLiteral("echo ready; read go; [ \"$go\" = open ] || exec </dev/null; exec \"$@\""),
                            QStringLiteral("sh")};
    process.start(QStringLiteral("setpriv"), words + command);
    // Before that it still belongs to us.
    return process.waitForReadyRead(LongEnoughMs) && process.readLine() == "ready\n";
}

void beginUser(QProcess &process, bool keepsInput)
{
    process.write(keepsInput ? "open\n" : "go\n");
    if (!keepsInput) {
        process.closeWriteChannel();
    }
}

} // namespace Quay::Test
