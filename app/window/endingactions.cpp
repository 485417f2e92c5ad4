// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/endingactions.h"

#include "app/widgets/icons.h"
#include "app/window/endings.h"
#include "core/control/revivers.h"

#include <QAction>
#include <QKeySequence>

namespace Quay {

EndingActions::EndingActions(Endings *endings, QObject *parent)
    : QObject(parent)
    , m_endings(endings)
    , m_stop(addAction(QStringLiteral("stop"), QStringLiteral("process-stop"), tr("&Stop"), KillScope::Process, false))
    , m_kill(addAction(QStringLiteral("forceKill"), QStringLiteral("edit-delete"), tr("Force &kill"),
                       KillScope::Process, true))
    , m_stopTree(addAction(QStringLiteral("stopTree"), {}, tr("Stop with all bel&ow it"), KillScope::Tree, false))
    , m_stopSession(addAction(QStringLiteral("stopSession"), {}, tr("Stop all that was started &with it"),
                              KillScope::Session, false))
{
    m_stop->setShortcut(QKeySequence(Qt::Key_Delete));
    m_stop->setToolTip(tr("Asks it to end, and kills it when it has not after five seconds"));
    m_kill->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_Delete));
    m_kill->setToolTip(tr("Ends it at once: what it has not saved is lost"));
    setListener(nullptr);
}

QAction *EndingActions::addAction(const QString &name, const QString &icon, const QString &text, KillScope scope,
                                  bool isForced)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    if (!icon.isEmpty()) {
        action->setIcon(themedIcon(icon));
    }
    connect(action, &QAction::triggered, this,
            [this, scope, isForced] { m_endings->request(m_listener, scope, isForced); });
    return action;
}

void EndingActions::setListener(const ListenerPtr &listener)
{
    m_listener = listener;
    const bool hasOwner = listener && (!listener->owners.empty() || serviceOf(listener));
    for (QAction *action : mainActions() + scopeActions()) {
        action->setEnabled(hasOwner);
    }
}

} // namespace Quay
