// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/portfacts.h"

#include "app/shared/format.h"
#include "app/shared/linktext.h"
#include "app/shared/listenertext.h"
#include "app/widgets/wrappedtext.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QStringList>

#include <algorithm>

namespace Quay {

namespace {

const QString Separator = QStringLiteral("  ·  ");

QString processText(const Listener &listener)
{
    const auto &process = *listener.owners.front().process;
    QString text = shownText(process.name) % QLatin1Char(' ') % QString::number(process.id.pid);
    const auto others = static_cast<int>(listener.owners.size()) - 1;
    if (others > 0) {
        text = text % Separator % PortFacts::tr("and %n more", nullptr, others);
    }
    return text;
}

QString projectWithRoot(const ProjectPtr &project)
{
    return project ? QString(projectText(project) % Separator % shownText(project->root)) : QString();
}

QString usageText(const ProcessInfo &process)
{
    QStringList parts;
    if (process.cpuShare) {
        parts << PortFacts::tr("CPU %1").arg(percentText(*process.cpuShare));
    }
    parts << PortFacts::tr("%1 memory").arg(bytesText(process.residentBytes));
    parts << PortFacts::tr("%n thread(s)", nullptr, static_cast<int>(process.threadCount));
    return parts.join(Separator);
}

QString connectionsText(const Listener &listener)
{
    if (listener.socket.protocol != Protocol::Tcp) {
        return {};
    }
    QStringList parts;
    if (listener.connections) {
        parts << PortFacts::tr("%n established", nullptr, static_cast<int>(*listener.connections));
    } else if (listener.sharedConnections) {
        parts << PortFacts::tr("%n established, shared with other sockets at this address", nullptr,
                               static_cast<int>(*listener.sharedConnections));
    }
    if (const auto queue = listener.acceptQueue()) {
        parts << PortFacts::tr("%n waiting to be accepted (backlog %1)", nullptr, static_cast<int>(queue->waiting))
                     .arg(queue->limit);
    }
    return parts.join(Separator);
}

/// The process's user, who can be another than the socket's.
QString userText(const Listener &listener, UserNames &users)
{
    QString opener = users.name(listener.socket.uid);
    if (listener.owners.empty() || listener.owners.front().process->uid == listener.socket.uid) {
        return opener;
    }
    return PortFacts::tr("%1; the socket was opened by %2: the process has changed its user since, or the socket was "
                         "handed to it")
        .arg(users.name(listener.owners.front().process->uid), opener);
}

QString sinceText(const ProcessInfo &process)
{
    return PortFacts::tr("%1 (%2)").arg(timeText(startTime(process.id.startTicks)),
                                        durationText(runningTime(process.id.startTicks)));
}

} // namespace

PortFacts::PortFacts(std::shared_ptr<UserNames> users, QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
    , m_users(std::move(users))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setLabelAlignment(Qt::AlignRight | Qt::AlignTop);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addField(Process, QStringLiteral("factProcess"), tr("Process"));
    addField(Command, QStringLiteral("factCommand"), tr("Command"));
    addField(Program, QStringLiteral("factProgram"), tr("Program file"));
    addField(Directory, QStringLiteral("factDirectory"), tr("Directory"));
    addField(Project, QStringLiteral("factProject"), tr("Project"));
    addField(Kind, QStringLiteral("factKind"), tr("Kind"));
    addField(Unit, QStringLiteral("factUnit"), tr("Unit"));
    addField(User, QStringLiteral("factUser"), tr("User"));
    addField(Reach, QStringLiteral("factReach"), tr("Reachable from"));
    addField(Connections, QStringLiteral("factConnections"), tr("Connections"));
    addField(Since, QStringLiteral("factSince"), tr("Running since"));
    addField(Usage, QStringLiteral("factUsage"), tr("Uses"));
    m_fields[Command]->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
}

void PortFacts::addField(Field field, const QString &name, const QString &title)
{
    auto *value = new WrappedText(this);
    value->setObjectName(name);
    value->setAccessibleName(title);
    auto *label = new QLabel(title, this);
    label->setForegroundRole(QPalette::PlaceholderText);
    m_fields[field] = value;
    m_form->addRow(label, value);
}

void PortFacts::setField(Field field, const QString &text)
{
    m_fields[field]->setText(text);
    m_form->setRowVisible(m_fields[field], !text.isEmpty());
}

void PortFacts::setListener(const Listener &listener)
{
    if (listener.owners.empty()) {
        setHiddenOwner(listener);
    } else {
        setField(Process, processText(listener));
        setOwner(listener.owners.front());
    }
    setField(Unit, unitText(listener.unit));
    setField(User, userText(listener, *m_users));
    setField(Reach, scopeText(listener));
    setField(Connections, connectionsText(listener));
}

void PortFacts::setOwner(const Owner &owner)
{
    setField(Command, commandText(*owner.process));
    setField(Program, linkText(owner.profile->executable));
    setField(Directory, linkText(owner.profile->workingDirectory));
    setField(Project, projectWithRoot(owner.profile->project));
    setField(Kind, owner.profile->kind ? shownText(owner.profile->kind->name) : QString());
    setField(Since, sinceText(*owner.process));
    setField(Usage, usageText(*owner.process));
}

void PortFacts::setHiddenOwner(const Listener &listener)
{
    setField(Process, ownerKnowledgeText(listener, *m_users));
    for (const Field field : {Command, Program, Directory, Project, Kind, Since, Usage}) {
        setField(field, {});
    }
}

} // namespace Quay
