// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/listenerjson.h"

#include "app/cli/jsonwords.h"
#include "app/shared/format.h"
#include "app/shared/usernames.h"
#include "core/kernel/ipaddress.h"

#include <QDateTime>
#include <QJsonArray>
#include <QTimeZone>

namespace Quay {

namespace {

const QJsonValue Null(QJsonValue::Null);

/// Sets @p key to null and its sibling to the reason.
void insertUnknown(QJsonObject &object, const QString &key, const QString &reason)
{
    object.insert(key, Null);
    object.insert(QString(key + QStringLiteral("Reason")), reason);
}

void insertKnown(QJsonObject &object, const QString &key, const QJsonValue &value)
{
    object.insert(key, value);
    object.insert(QString(key + QStringLiteral("Reason")), Null);
}

void insertLink(QJsonObject &object, const QString &key, const std::optional<ProcLink> &link)
{
    if (!link) {
        insertUnknown(object, key, QStringLiteral("hidden"));
        return;
    }
    insertKnown(
        object, key,
        QJsonObject{{QStringLiteral("path"), jsonText(link->path)}, {QStringLiteral("isDeleted"), link->isDeleted}});
}

template<typename Text>
QJsonValue textOrNull(const std::optional<Text> &text)
{
    return text ? jsonText(*text) : Null;
}

QJsonObject toJson(const Project &project)
{
    return {
        {QStringLiteral("name"), jsonText(project.name)},
        {QStringLiteral("root"), jsonText(project.root)},
        {QStringLiteral("branch"), textOrNull(project.branch)},
        {QStringLiteral("commit"), textOrNull(project.commit)},
        {QStringLiteral("worktree"), textOrNull(project.worktree)},
    };
}

QJsonObject toJson(const ServerKind &kind)
{
    return {
        {QStringLiteral("id"), jsonText(kind.id)},
        {QStringLiteral("name"), jsonText(kind.name)},
        {QStringLiteral("speaksHttp"), kind.speaksHttp},
        {QStringLiteral("isDevelopment"), kind.isDevelopment},
    };
}

QJsonArray jsonTexts(const std::vector<std::string> &texts)
{
    QJsonArray array;
    for (const auto &text : texts) {
        array.append(jsonText(text));
    }
    return array;
}

QJsonObject toJson(const Ancestry &ancestry)
{
    QJsonArray steps;
    for (const auto &step : ancestry.steps) {
        steps.append(QJsonObject{
            {QStringLiteral("pid"), step.process->id.pid},
            {QStringLiteral("startTicks"), static_cast<qint64>(step.process->id.startTicks)},
            {QStringLiteral("name"), jsonText(step.process->name)},
            {QStringLiteral("arguments"), jsonTexts(step.process->arguments)},
            {QStringLiteral("launcher"), jsonWord(step.launcher)},
            {QStringLiteral("launcherName"), step.launcherName.empty() ? Null : jsonText(step.launcherName)},
        });
    }
    return {
        {QStringLiteral("steps"), steps},
        {QStringLiteral("originIndex"), ancestry.origin ? QJsonValue(static_cast<qint64>(*ancestry.origin)) : Null},
        {QStringLiteral("isReparented"), ancestry.isReparented},
    };
}

void insertOwners(QJsonObject &object, const Listener &listener, JsonDetail detail, const JsonContext &context)
{
    QJsonArray owners;
    for (const auto &owner : listener.owners) {
        QJsonObject process = toJson(*owner.process, *owner.profile, detail, context);
        if (owner.fd >= 0) {
            insertKnown(process, QStringLiteral("descriptor"), owner.fd);
        } else {
            insertUnknown(process, QStringLiteral("descriptor"), QStringLiteral("hidden"));
        }
        owners.append(process);
    }
    object.insert(QStringLiteral("owners"), owners);
    object.insert(QStringLiteral("ownersKnown"), jsonWord(listener.knowledge));
    QJsonValue reason = Null;
    switch (listener.knowledge) {
    case OwnerKnowledge::Pending:
        reason = QStringLiteral("notLookedFor");
        break;
    case OwnerKnowledge::Hidden:
        reason = mayLookInto(context.users.viewer(), listener.socket.uid) ? QStringLiteral("notReadable")
                                                                          : QStringLiteral("belongsToOtherUser");
        break;
    case OwnerKnowledge::InferredFromUnit:
        reason = QStringLiteral("onlyProcessOfUnit");
        break;
    case OwnerKnowledge::NoProcess:
        reason = QStringLiteral("kernelOrOtherNamespace");
        break;
    case OwnerKnowledge::Told:
        reason = QStringLiteral("toldByHelper");
        break;
    case OwnerKnowledge::FirstFound:
        reason = QStringLiteral("notEveryProcessLookedAt");
        break;
    case OwnerKnowledge::Complete:
        break;
    }
    object.insert(QStringLiteral("ownersReason"), reason);
}

void insertCounts(QJsonObject &object, const Listener &listener)
{
    const bool isTcp = listener.socket.protocol == Protocol::Tcp;
    if (listener.connections) {
        insertKnown(object, QStringLiteral("connections"), static_cast<qint64>(*listener.connections));
    } else {
        const QString reason = listener.sharedConnections ? QStringLiteral("shared") : QStringLiteral("notCounted");
        insertUnknown(object, QStringLiteral("connections"), isTcp ? reason : QStringLiteral("notTcp"));
    }
    object.insert(QStringLiteral("sharedConnections"),
                  listener.sharedConnections ? QJsonValue(static_cast<qint64>(*listener.sharedConnections))
                                             : QJsonValue(QJsonValue::Null));
    if (const auto queue = listener.acceptQueue()) {
        insertKnown(object, QStringLiteral("acceptQueue"),
                    QJsonObject{{QStringLiteral("waiting"), static_cast<qint64>(queue->waiting)},
                                {QStringLiteral("limit"), static_cast<qint64>(queue->limit)}});
    } else {
        insertUnknown(object, QStringLiteral("acceptQueue"),
                      isTcp ? QStringLiteral("notReported") : QStringLiteral("notTcp"));
    }
}

} // namespace

QJsonValue jsonTime(std::chrono::nanoseconds realTime)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(realTime).count();
    return QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::UTC).toString(Qt::ISODate);
}

QJsonValue toJson(const UnitInfo &unit)
{
    if (unit.kind == UnitKind::None) {
        return Null;
    }
    const auto textOrNothing = [](const std::string &text) {
        return text.empty() ? QJsonValue(QJsonValue::Null) : jsonText(text);
    };
    return QJsonObject{
        {QStringLiteral("kind"), jsonWord(unit.kind)},
        {QStringLiteral("name"), jsonText(unit.name)},
        {QStringLiteral("containerRuntime"), textOrNothing(unit.containerRuntime)},
        {QStringLiteral("containerId"), textOrNothing(unit.containerId)},
        {QStringLiteral("cgroup"), jsonText(unit.path)},
    };
}

QJsonObject toJson(const Warning &warning)
{
    QJsonArray facts;
    for (const auto &fact : warning.facts) {
        facts.append(QJsonObject{{QStringLiteral("key"), jsonText(fact.key.word())},
                                 {QStringLiteral("value"), jsonText(fact.value)}});
    }
    return {{QStringLiteral("kind"), jsonWord(warning.kind)}, {QStringLiteral("facts"), facts}};
}

QJsonObject toJson(const ProcessInfo &process, const OwnerProfile &profile, JsonDetail detail,
                   const JsonContext &context)
{
    QJsonObject object{
        {QStringLiteral("pid"), process.id.pid},
        {QStringLiteral("startTicks"), static_cast<qint64>(process.id.startTicks)},
        {QStringLiteral("name"), jsonText(process.name)},
        {QStringLiteral("arguments"), jsonTexts(process.arguments)},
        {QStringLiteral("parentPid"), process.parentPid},
        {QStringLiteral("userId"), static_cast<qint64>(process.uid)},
        {QStringLiteral("user"), context.users.name(process.uid)},
        {QStringLiteral("state"), QString(QLatin1Char(process.state))},
        {QStringLiteral("startedAt"), jsonTime(startTime(process.id.startTicks, context.clock))},
        {QStringLiteral("cpuTimeNs"), static_cast<qint64>(process.cpuTime.count())},
        {QStringLiteral("residentBytes"), static_cast<qint64>(process.residentBytes)},
        {QStringLiteral("threads"), static_cast<qint64>(process.threadCount)},
        {QStringLiteral("unit"), toJson(profile.unit)},
        {QStringLiteral("kind"), profile.kind ? QJsonValue(toJson(*profile.kind)) : Null},
    };
    insertLink(object, QStringLiteral("directory"), profile.workingDirectory);
    insertLink(object, QStringLiteral("executable"), profile.executable);
    if (profile.project != nullptr) {
        insertKnown(object, QStringLiteral("project"), toJson(*profile.project));
    } else {
        insertUnknown(object, QStringLiteral("project"),
                      !profile.workingDirectory       ? QStringLiteral("directoryHidden")
                          : profile.isDirectorySilent ? QStringLiteral("directorySilent")
                                                      : QStringLiteral("noProject"));
    }
    if (detail == JsonDetail::WithAncestry) {
        object.insert(QStringLiteral("ancestry"), toJson(profile.ancestry));
    }
    return object;
}

QJsonObject toJson(const Listener &listener, JsonDetail detail, const JsonContext &context)
{
    const auto &socket = listener.socket;
    QJsonArray warnings;
    for (const auto &warning : listener.warnings) {
        warnings.append(toJson(warning));
    }
    QJsonObject object{
        {QStringLiteral("port"), socket.localPort},
        {QStringLiteral("protocol"), jsonWord(socket.protocol)},
        {QStringLiteral("address"), jsonText(toString(socket.localAddress))},
        {QStringLiteral("interface"), listener.interfaceName.empty() ? Null : jsonText(listener.interfaceName)},
        {QStringLiteral("reach"), jsonWord(listener.reach())},
        {QStringLiteral("userId"), static_cast<qint64>(socket.uid)},
        {QStringLiteral("user"), context.users.name(socket.uid)},
        {QStringLiteral("unit"), toJson(listener.unit)},
        {QStringLiteral("warnings"), warnings},
    };
    if (socket.v6Only) {
        insertKnown(object, QStringLiteral("v6Only"), *socket.v6Only);
    } else {
        insertUnknown(object, QStringLiteral("v6Only"),
                      socket.localAddress.family == IpFamily::V4 ? QStringLiteral("notIpv6")
                                                                 : QStringLiteral("notReported"));
    }
    insertOwners(object, listener, detail, context);
    insertCounts(object, listener);
    return object;
}

} // namespace Quay
