// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/listenertext.h"

#include "app/shared/format.h"
#include "app/shared/usernames.h"
#include "core/base/number.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/proccmdline.h"
#include "core/kernel/procfs.h"
#include "core/kernel/userdirectories.h"
#include "core/ports/portsnapshot.h"
#include "core/processes/secretmask.h"
#include "core/processes/wholename.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace Quay {

namespace {

struct ListenerText
{
    Q_DECLARE_TR_FUNCTIONS(ListenerText)
};

/// What the first fact of that name says, empty when there is none.
QString valueOf(const Warning &warning, FactKey key)
{
    const auto fact = std::ranges::find(warning.facts, key, &Fact::key);
    return fact != warning.facts.end() ? shownText(fact->value) : QString();
}

struct NamedKey
{
    FactKey key;
    QString name;
};

QString factLabel(FactKey key)
{
    const std::array<NamedKey, FactKey::Words.size()> labels{{
        {"address", ListenerText::tr("address")},
        {"directory", ListenerText::tr("directory")},
        {"endpoint", ListenerText::tr("listens at")},
        {"executable", ListenerText::tr("program file")},
        {"kind", ListenerText::tr("kind")},
        {"limit", ListenerText::tr("most that may wait")},
        {"localhost", ListenerText::tr("localhost reaches")},
        {"more", ListenerText::tr("further listeners")},
        {"over IPv4", ListenerText::tr("over IPv4")},
        {"over IPv6", ListenerText::tr("over IPv6")},
        {"pid", ListenerText::tr("pid")},
        {"state", ListenerText::tr("process state")},
        {"uid", ListenerText::tr("user number")},
        {"unit", ListenerText::tr("unit")},
        {"waiting", ListenerText::tr("waiting connections")},
        {"waitingForMs", ListenerText::tr("waiting for", "followed by a duration")},
    }};
    const auto *const known = std::ranges::find(labels, key, &NamedKey::key);
    return known != labels.end() ? known->name : shownText(key.word());
}

/// The letter of /proc/PID/stat, in words where it leads to a warning.
QString stateText(std::string_view letter)
{
    if (letter == "T") {
        return ListenerText::tr("%1 (stopped)", "process state").arg(shownText(letter));
    }
    if (letter == "t") {
        return ListenerText::tr("%1 (held by a debugger)", "process state").arg(shownText(letter));
    }
    return shownText(letter);
}

QString factValue(const Fact &fact)
{
    if (fact.key == "state") {
        return stateText(fact.value);
    }
    if (fact.key == "waitingForMs") {
        const auto milliseconds = numberFromText<std::int64_t>(fact.value);
        return milliseconds ? elapsedText(std::chrono::milliseconds(*milliseconds)) : shownText(fact.value);
    }
    const bool isEndpoint = fact.key == "localhost" || fact.key == "over IPv4" || fact.key == "over IPv6";
    return isEndpoint && fact.value == RefusedValue ? ListenerText::tr("refused") : shownText(fact.value);
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

QString socketText(const Listener &listener)
{
    return QString(protocolText(listener.socket.protocol) + u' ' + shownText(listener.endpoint()));
}

QString ownersText(const Listener &listener)
{
    if (listener.owners.empty()) {
        return {};
    }
    QString name = shownText(wholeName(*listener.owners.front().process));
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

QString maskedCommandText(const ProcessInfo &process)
{
    ProcessInfo masked = process;
    masked.arguments = maskedArguments(process.arguments);
    return commandText(masked);
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

QString launcherNameText(const AncestryStep &step)
{
    QString name = shownText(step.launcherName);
    return name.compare(shownText(wholeName(*step.process)), Qt::CaseInsensitive) == 0 ? QString() : name;
}

QString launcherText(const AncestryStep &step)
{
    QString name = launcherNameText(step);
    return name.isEmpty() ? launcherText(step.launcher) : name;
}

QString ownerKnowledgeText(const Listener &listener, UserNames &users)
{
    switch (listener.knowledge) {
    case OwnerKnowledge::Pending:
        return ListenerText::tr("owner not looked up yet");
    case OwnerKnowledge::Hidden: {
        const QString unit = unitText(listener.unit);
        if (mayLookInto(users.viewer(), listener.socket.uid)) {
            return unit.isEmpty()
                ? ListenerText::tr("hidden: the system does not let its open files be read")
                : ListenerText::tr("hidden: the system does not let its open files be read, unit %1").arg(unit);
        }
        const QString user = users.name(listener.socket.uid);
        return unit.isEmpty() ? ListenerText::tr("hidden: belongs to %1").arg(user)
                              : ListenerText::tr("hidden: belongs to %1, unit %2").arg(user, unit);
    }
    case OwnerKnowledge::InferredFromUnit:
        return ListenerText::tr("inferred: the only process of its unit; its sockets belong to %1 and are hidden")
            .arg(users.name(listener.socket.uid));
    case OwnerKnowledge::NoProcess:
        return ListenerText::tr("no process: held by the kernel or from another container");
    case OwnerKnowledge::Told:
        return ListenerText::tr("there may be other owners by now: these were seen when you authenticated");
    case OwnerKnowledge::FirstFound:
        return ListenerText::tr("there may be other owners: not every process was looked at");
    case OwnerKnowledge::Complete:
        return {};
    }
    return {};
}

QString hiddenOwnersText(std::span<const ListenerPtr> listeners, uid_t viewer)
{
    int foreign = 0;
    int own = 0;
    for (const auto &listener : listeners) {
        if (listener->knowledge == OwnerKnowledge::Hidden) {
            ++(mayLookInto(viewer, listener->socket.uid) ? own : foreign);
        }
    }
    QStringList sentences;
    if (foreign > 0) {
        sentences << ListenerText::tr("%n port(s) belong to other users, whose processes are hidden from you.", nullptr,
                                      foreign);
    }
    if (own > 0 && viewer != 0) {
        sentences << ListenerText::tr(
            "%n port(s) belong to you, but to processes that nobody except root may look into.", nullptr, own);
    } else if (own > 0) {
        sentences << ListenerText::tr("The processes behind %n port(s) are hidden even from root. Outside of this "
                                      "container or sandbox, Quaymaster can see them.",
                                      nullptr, own);
    }
    return sentences.join(u' ');
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
    return ListenerText::tr("%1: %2", "fact: value").arg(factLabel(fact.key), factValue(fact));
}

QString reasonText(const Error &error)
{
    return error.sysErrno != 0 ? qt_error_string(error.sysErrno) : errorText(error);
}

QString errorText(const Error &error)
{
    if (error.subject == ProcFs::SystemPath && error.code != ErrorCode::Denied) {
        return ListenerText::tr("There is no usable /proc here, and without it nothing is known about processes. It is "
                                "missing, or shows those of another system or container: mount -t proc proc /proc");
    }
    const QString subject = shownText(error.subject);
    switch (error.code) {
    case ErrorCode::Gone:
        return ListenerText::tr("%1 is no longer there.").arg(subject);
    case ErrorCode::Denied:
        return ListenerText::tr("%1 may not be read: permission denied.").arg(subject);
    case ErrorCode::Malformed:
        return ListenerText::tr("%1 was not understood. Please report this.").arg(subject);
    case ErrorCode::Unsupported:
        if (error.subject == NoHome) {
            return ListenerText::tr(
                "There is no home directory that is yours: HOME is not set, or names somebody else's. "
                "Set HOME, or XDG_STATE_HOME and XDG_CONFIG_HOME.");
        }
        return ListenerText::tr("This system does not offer %1.").arg(subject);
    case ErrorCode::Invalid:
        return ListenerText::tr("%1 is not a valid value.").arg(subject);
    case ErrorCode::Io:
        return ListenerText::tr("%1: %2.", "subject: system error").arg(subject, qt_error_string(error.sysErrno));
    }
    return {};
}

} // namespace Quay
