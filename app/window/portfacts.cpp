// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/portfacts.h"

#include "app/shared/endingtext.h"
#include "app/shared/format.h"
#include "app/shared/linktext.h"
#include "app/shared/listenerfacts.h"
#include "app/shared/listenertext.h"
#include "app/shared/ownerfacts.h"
#include "app/widgets/wrappedtext.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QStringList>

#include <span>
#include <utility>

namespace Quay {

namespace {

const QString Separator = QStringLiteral("  ·  ");

QString holderText(const Listener &listener)
{
    QString text = processText(*listener.owners.front().process);
    const auto others = static_cast<int>(listener.owners.size()) - 1;
    if (others > 0) {
        text = text % Separator % PortFacts::tr("and %n more", nullptr, others);
    }
    return text;
}

/// With the share since the look before, which says something only where looks follow one another.
QString usageText(const ProcessInfo &process)
{
    QStringList parts = usageFacts(process);
    if (process.cpuShare) {
        parts.prepend(PortFacts::tr("CPU %1").arg(percentText(*process.cpuShare)));
    }
    return parts.join(Separator);
}

/// The process's user, who can be another than the socket's.
QString userText(const Listener &listener, UserNames &users)
{
    const uid_t opener = listener.socket.uid;
    return userFact(uidOf(listener), std::span(&opener, 1), users);
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
        setField(Process, holderText(listener));
        setOwner(listener.owners.front());
    }
    const ServerKind *const kind = kindOf(listener);
    setField(Project, projectFact(projectOf(listener)));
    setField(Kind, kind != nullptr ? shownText(kind->name) : QString());
    setField(Unit, unitText(listener.unit));
    setField(User, userText(listener, *m_users));
    setField(Reach, QString(reachFact(listener) % Separator % addressText(listener)));
    setField(Connections, connectionFacts(listener).join(Separator));
}

void PortFacts::setOwner(const Owner &owner)
{
    setField(Command, commandText(*owner.process));
    setField(Program, linkText(owner.profile->executable));
    setField(Directory, directoryText(*owner.profile));
    setField(Since, sinceFact(*owner.process));
    setField(Usage, usageText(*owner.process));
}

void PortFacts::setHiddenOwner(const Listener &listener)
{
    setField(Process, ownerKnowledgeText(listener, *m_users));
    for (const Field field : {Command, Program, Directory, Since, Usage}) {
        setField(field, {});
    }
}

} // namespace Quay
