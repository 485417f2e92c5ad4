// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/listenertext.h"

#include "app/shared/format.h"
#include "app/shared/usernames.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/proccmdline.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace Quay {

namespace {

struct ListenerText
{
    Q_DECLARE_TR_FUNCTIONS(ListenerText)
};

/// The value of the first fact of that name, empty when there is none.
QString valueOf(const Warning &warning, std::string_view key)
{
    const auto fact = std::ranges::find(warning.facts, key, &Fact::key);
    return fact != warning.facts.end() ? shownText(fact->value) : QString();
}

/// What a fact is called; its own key when nobody has named it here.
QString factLabel(std::string_view key)
{
    const std::array labels{
        std::pair{std::string_view("address"), ListenerText::tr("address")},
        std::pair{std::string_view("pid"), ListenerText::tr("pid")},
        std::pair{std::string_view("waiting"), ListenerText::tr("waiting connections")},
        std::pair{std::string_view("limit"), ListenerText::tr("most that may wait")},
        std::pair{std::string_view("path"), ListenerText::tr("path")},
        std::pair{std::string_view("directory"), ListenerText::tr("directory")},
        std::pair{std::string_view("executable"), ListenerText::tr("program file")},
        std::pair{std::string_view("state"), ListenerText::tr("process state")},
        std::pair{std::string_view("kind"), ListenerText::tr("kind")},
        std::pair{std::string_view("localhost"), ListenerText::tr("localhost reaches")},
        std::pair{std::string_view("over IPv4"), ListenerText::tr("over IPv4")},
        std::pair{std::string_view("over IPv6"), ListenerText::tr("over IPv6")},
        std::pair{std::string_view("endpoint"), ListenerText::tr("listens at")},
    };
    const auto *const known = std::ranges::find(labels, key, &std::pair<std::string_view, QString>::first);
    return known != labels.end() ? known->second : shownText(key);
}

QString containerText(const UnitInfo &unit)
{
    const QString runtime =
        unit.containerRuntime.empty() ? ListenerText::tr("container") : shownText(unit.containerRuntime);
    return QString(runtime + QStringLiteral(": ") + shownText(unit.name));
}

} // namespace

QString protocolText(Protocol protocol)
{
    return protocol == Protocol::Tcp ? QStringLiteral("TCP") : QStringLiteral("UDP");
}

QString reachText(Reach reach)
{
    return reach == Reach::ThisMachine ? ListenerText::tr("this machine") : ListenerText::tr("network");
}

QString scopeText(const Listener &listener)
{
    return ListenerText::tr("%1 (%2)", "scope (address)").arg(reachText(listener.reach()), addressText(listener));
}

QString addressText(const Listener &listener)
{
    QString text = shownText(toString(listener.socket.localAddress));
    if (!listener.interfaceName.empty()) {
        text += u'%' + shownText(listener.interfaceName);
    }
    return text;
}

QString ownersText(const Listener &listener)
{
    if (listener.owners.empty()) {
        return {};
    }
    const QString name = shownText(listener.owners.front().process->name);
    if (listener.owners.size() == 1) {
        return name;
    }
    return QString(name + QStringLiteral(" +") + QString::number(listener.owners.size() - 1));
}

QString commandText(const ProcessInfo &process)
{
    if (process.arguments.empty()) {
        return QString(u'[' + shownText(process.name) + u']');
    }
    return shownText(joinArguments(process.arguments));
}

QString projectText(const ProjectPtr &project)
{
    if (project == nullptr) {
        return {};
    }
    QString text = shownText(project->name);
    if (project->worktree) {
        text += u'/' + shownText(*project->worktree);
    }
    if (project->branch || project->commit) {
        text += QStringLiteral(" (") + shownText(project->branch ? *project->branch : *project->commit) + u')';
    }
    return text;
}

QString unitText(const UnitInfo &unit)
{
    switch (unit.kind) {
    case UnitKind::None:
        return {};
    case UnitKind::SystemService:
    case UnitKind::UserService:
    case UnitKind::Scope:
        return shownText(unit.name);
    case UnitKind::Container:
        return containerText(unit);
    }
    return {};
}

QString launcherText(LauncherKind launcher)
{
    switch (launcher) {
    case LauncherKind::None:
        return {};
    case LauncherKind::Init:
        return ListenerText::tr("first process");
    case LauncherKind::ServiceManager:
        return ListenerText::tr("service manager");
    case LauncherKind::Timer:
        return ListenerText::tr("timer");
    case LauncherKind::ContainerRuntime:
        return ListenerText::tr("container runtime");
    case LauncherKind::DesktopSession:
        return ListenerText::tr("desktop session");
    case LauncherKind::Terminal:
        return ListenerText::tr("terminal");
    case LauncherKind::Multiplexer:
        return ListenerText::tr("terminal multiplexer");
    case LauncherKind::Ssh:
        return ListenerText::tr("remote login");
    case LauncherKind::Ide:
        return ListenerText::tr("development environment");
    case LauncherKind::CodingAgent:
        return ListenerText::tr("coding agent");
    case LauncherKind::Shell:
        return ListenerText::tr("shell");
    case LauncherKind::ProcessManager:
        return ListenerText::tr("process manager");
    case LauncherKind::PackageScript:
        return ListenerText::tr("script runner");
    }
    return {};
}

QString ownerKnowledgeText(const Listener &listener, UserNames &users)
{
    switch (listener.knowledge) {
    case OwnerKnowledge::Pending:
        return ListenerText::tr("owner not looked up yet");
    case OwnerKnowledge::Hidden: {
        const QString user = users.name(listener.socket.uid);
        const QString unit = unitText(listener.unit);
        return unit.isEmpty() ? ListenerText::tr("hidden: belongs to %1").arg(user)
                              : ListenerText::tr("hidden: belongs to %1, unit %2").arg(user, unit);
    }
    case OwnerKnowledge::InferredFromUnit:
        return ListenerText::tr("inferred: the only process of its unit; its sockets belong to %1 and are hidden")
            .arg(users.name(listener.socket.uid));
    case OwnerKnowledge::NoProcess:
        return ListenerText::tr("no process: held by the kernel or from another container");
    case OwnerKnowledge::FirstFound:
        return ListenerText::tr("there may be other owners: not every process was looked at");
    case OwnerKnowledge::Complete:
        return {};
    }
    return {};
}

QString warningTitle(WarningKind kind)
{
    switch (kind) {
    case WarningKind::SplitBrain:
        return ListenerText::tr("split localhost");
    case WarningKind::NobodyAccepts:
        return ListenerText::tr("nobody accepts");
    case WarningKind::ExecutableDeleted:
        return ListenerText::tr("program file replaced");
    case WarningKind::DirectoryDeleted:
        return ListenerText::tr("directory deleted");
    case WarningKind::OwnerStopped:
        return ListenerText::tr("stopped");
    case WarningKind::DevelopmentServerOnNetwork:
        return ListenerText::tr("development server on the network");
    }
    return {};
}

QString warningText(const Warning &warning)
{
    switch (warning.kind) {
    case WarningKind::SplitBrain: {
        const QString endpoint = valueOf(warning, "localhost");
        const QString text = ListenerText::tr("Different processes listen on this port.");
        return endpoint.isEmpty()
            ? text
            : QString(text + u' ' + ListenerText::tr("A connection to localhost reaches %1.").arg(endpoint));
    }
    case WarningKind::NobodyAccepts: {
        const QString waiting = valueOf(warning, "waiting");
        return waiting.isEmpty()
            ? ListenerText::tr("It listens, but nobody accepts connections.")
            : ListenerText::tr("It listens, but nobody accepts connections; waiting: %1.").arg(waiting);
    }
    case WarningKind::ExecutableDeleted:
        return ListenerText::tr("The program file was removed or replaced: it still runs the old one.");
    case WarningKind::DirectoryDeleted:
        return ListenerText::tr("The directory it works in no longer exists.");
    case WarningKind::OwnerStopped:
        return ListenerText::tr("The process is stopped and cannot answer.");
    case WarningKind::DevelopmentServerOnNetwork:
        return ListenerText::tr("Other machines can reach this development server.");
    }
    return {};
}

QString factText(const Fact &fact)
{
    return ListenerText::tr("%1: %2", "fact: value").arg(factLabel(fact.key), shownText(fact.value));
}

QString errorText(const Error &error)
{
    const QString subject = shownText(error.subject);
    switch (error.code) {
    case ErrorCode::Gone:
        return ListenerText::tr("%1 is no longer there.").arg(subject);
    case ErrorCode::Denied:
        return ListenerText::tr("%1 may not be read: permission denied.").arg(subject);
    case ErrorCode::Malformed:
        return ListenerText::tr("%1 was not understood. Please report this.").arg(subject);
    case ErrorCode::Unsupported:
        return ListenerText::tr("This system does not offer %1.").arg(subject);
    case ErrorCode::Invalid:
        return ListenerText::tr("%1 is not a valid value.").arg(subject);
    case ErrorCode::Io:
        return ListenerText::tr("%1: %2.", "subject: system error").arg(subject, qt_error_string(error.sysErrno));
    }
    return {};
}

} // namespace Quay
