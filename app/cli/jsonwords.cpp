// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonwords.h"

#include <QString>

namespace Quay {

QString jsonWord(Protocol protocol)
{
    return protocol == Protocol::Tcp ? QStringLiteral("tcp") : QStringLiteral("udp");
}

QString jsonWord(Reach reach)
{
    return reach == Reach::ThisMachine ? QStringLiteral("thisMachine") : QStringLiteral("network");
}

QString jsonWord(SocketSource source)
{
    return source == SocketSource::ProcNet ? QStringLiteral("procNet") : QStringLiteral("sockDiag");
}

QString jsonWord(OwnerKnowledge knowledge)
{
    switch (knowledge) {
    case OwnerKnowledge::Pending:
        return QStringLiteral("pending");
    case OwnerKnowledge::Hidden:
        return QStringLiteral("hidden");
    case OwnerKnowledge::InferredFromUnit:
        return QStringLiteral("inferredFromUnit");
    case OwnerKnowledge::NoProcess:
        return QStringLiteral("noProcess");
    case OwnerKnowledge::Told:
        return QStringLiteral("told");
    case OwnerKnowledge::FirstFound:
        return QStringLiteral("firstFound");
    case OwnerKnowledge::Complete:
        return QStringLiteral("complete");
    }
    return {};
}

QString jsonWord(WarningKind kind)
{
    switch (kind) {
    case WarningKind::SplitBrain:
        return QStringLiteral("splitBrain");
    case WarningKind::NobodyAccepts:
        return QStringLiteral("nobodyAccepts");
    case WarningKind::ExecutableDeleted:
        return QStringLiteral("executableDeleted");
    case WarningKind::DirectoryDeleted:
        return QStringLiteral("directoryDeleted");
    case WarningKind::OwnerStopped:
        return QStringLiteral("ownerStopped");
    case WarningKind::DevelopmentServerOnNetwork:
        return QStringLiteral("developmentServerOnNetwork");
    }
    return {};
}

QString jsonWord(UnitKind kind)
{
    switch (kind) {
    case UnitKind::None:
        return QStringLiteral("none");
    case UnitKind::SystemService:
        return QStringLiteral("systemService");
    case UnitKind::UserService:
        return QStringLiteral("userService");
    case UnitKind::Scope:
        return QStringLiteral("scope");
    case UnitKind::Container:
        return QStringLiteral("container");
    }
    return {};
}

QString jsonWord(LauncherKind launcher)
{
    switch (launcher) {
    case LauncherKind::None:
        return QStringLiteral("none");
    case LauncherKind::Init:
        return QStringLiteral("init");
    case LauncherKind::ServiceManager:
        return QStringLiteral("serviceManager");
    case LauncherKind::Timer:
        return QStringLiteral("timer");
    case LauncherKind::ContainerRuntime:
        return QStringLiteral("containerRuntime");
    case LauncherKind::DesktopSession:
        return QStringLiteral("desktopSession");
    case LauncherKind::Terminal:
        return QStringLiteral("terminal");
    case LauncherKind::Multiplexer:
        return QStringLiteral("multiplexer");
    case LauncherKind::Ssh:
        return QStringLiteral("ssh");
    case LauncherKind::Ide:
        return QStringLiteral("ide");
    case LauncherKind::CodingAgent:
        return QStringLiteral("codingAgent");
    case LauncherKind::Shell:
        return QStringLiteral("shell");
    case LauncherKind::ProcessManager:
        return QStringLiteral("processManager");
    case LauncherKind::PackageScript:
        return QStringLiteral("packageScript");
    }
    return {};
}

} // namespace Quay
