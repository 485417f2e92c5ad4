// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/windowstate.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>

#include <cerrno>

namespace Quay {

namespace {

QString textFrom(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray bytesFrom(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

QString groupingName(PortGrouping grouping)
{
    switch (grouping) {
    case PortGrouping::None:
        break;
    case PortGrouping::Project:
        return QStringLiteral("project");
    case PortGrouping::Process:
        return QStringLiteral("process");
    }
    return QStringLiteral("none");
}

PortGrouping groupingFrom(const QString &name)
{
    for (const auto grouping : {PortGrouping::Project, PortGrouping::Process}) {
        if (name == groupingName(grouping)) {
            return grouping;
        }
    }
    return PortGrouping::None;
}

QJsonObject toJson(const PortsPageState &state)
{
    return {{QStringLiteral("columns"), textFrom(state.columns)},
            {QStringLiteral("splitter"), textFrom(state.splitter)},
            {QStringLiteral("detailsBeside"), state.detailsBeside == Qt::Horizontal},
            {QStringLiteral("detailsShown"), state.detailsShown},
            {QStringLiteral("hideSystemServices"), state.hideSystemServices},
            {QStringLiteral("grouping"), groupingName(state.grouping)}};
}

PortsPageState portsFromJson(const QJsonObject &object)
{
    const bool isBeside = object.value(QLatin1String("detailsBeside")).toBool();
    return {.columns = bytesFrom(object.value(QLatin1String("columns"))),
            .splitter = bytesFrom(object.value(QLatin1String("splitter"))),
            .detailsBeside = isBeside ? Qt::Horizontal : Qt::Vertical,
            .detailsShown = object.value(QLatin1String("detailsShown")).toBool(true),
            .hideSystemServices = object.value(QLatin1String("hideSystemServices")).toBool(),
            .grouping = groupingFrom(object.value(QLatin1String("grouping")).toString())};
}

std::string subjectOf(const QString &file)
{
    return QFile::encodeName(file).toStdString();
}

} // namespace

QString windowStateFile()
{
    const auto directory = QStandardPaths::writableLocation(QStandardPaths::GenericStateLocation);
    return directory % QLatin1String("/quaymaster/window.json");
}

Result<WindowState> loadWindowState(const QString &path)
{
    QFile file(path);
    errno = 0;
    if (!file.open(QIODevice::ReadOnly)) {
        return failErrno(errno, subjectOf(path));
    }
    const auto document = QJsonDocument::fromJson(file.readAll());
    if (!document.isObject()) {
        return fail(ErrorCode::Malformed, subjectOf(path));
    }
    const auto object = document.object();
    return WindowState{.geometry = bytesFrom(object.value(QLatin1String("geometry"))),
                       .ports = portsFromJson(object.value(QLatin1String("ports")).toObject())};
}

Result<> saveWindowState(const QString &path, const WindowState &state)
{
    const QJsonObject object{{QStringLiteral("geometry"), textFrom(state.geometry)},
                             {QStringLiteral("ports"), toJson(state.ports)}};
    errno = 0;
    if (!QDir().mkpath(QFileInfo(path).path())) {
        return failErrno(errno, subjectOf(path));
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return failErrno(errno, subjectOf(path));
    }
    file.write(QJsonDocument(object).toJson());
    if (!file.commit()) {
        return failErrno(errno, subjectOf(path));
    }
    return {};
}

} // namespace Quay
