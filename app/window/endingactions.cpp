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
    , m_stop(addAction(QStringLiteral("stop"), QStringLiteral("process-stop"), tr("&Stop"), {}))
    , m_kill(
          addAction(QStringLiteral("forceKill"), QStringLiteral("edit-delete"), tr("Force &kill"), {.isForced = true}))
    , m_stopOtherwise(addAction(QStringLiteral("stopOtherwise"), {}, tr("Stop oth&erwise ..."), {.asksFirst = true}))
    , m_stopTree(addAction(QStringLiteral("stopTree"), {}, tr("Stop with all bel&ow it"), {.scope = KillScope::Tree}))
    , m_stopSession(addAction(QStringLiteral("stopSession"), {}, tr("Stop all that was started &with it"),
                              {.scope = KillScope::Session}))
    , m_killTree(addAction(QStringLiteral("killTree"), {}, tr("Force kill with a&ll below it"),
                           {.scope = KillScope::Tree, .isForced = true}))
    , m_killSession(addAction(QStringLiteral("killSession"), {}, tr("Force kill all that was started with &it"),
                              {.scope = KillScope::Session, .isForced = true}))
{
    m_stop->setShortcut(QKeySequence(Qt::Key_Delete));
    m_stop->setToolTip(tr("Asks it to end, and kills it when it has not after five seconds"));
    m_stopOtherwise->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Delete));
    m_stopOtherwise->setToolTip(tr("With another signal, more time, or once its connections have ended"));
    m_kill->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_Delete));
    m_kill->setToolTip(tr("Ends it at once: what it has not saved is lost"));
    setListener(nullptr);
}

QAction *EndingActions::addAction(const QString &name, const QString &icon, const QString &text, const EndingWay &way)
{
    auto *action = new QAction(text, this);
    action->setAutoRepeat(false); // a key that is held down means one server
    action->setObjectName(name);
    if (!icon.isEmpty()) {
        action->setIcon(themedIcon(icon));
    }
    connect(action, &QAction::triggered, this, [this, way] { m_endings->request(m_listener, way); });
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
