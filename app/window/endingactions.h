// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/killplan.h"
#include "core/ports/listener.h"

#include <QList>
#include <QObject>

class QAction;

namespace Quay {

class Endings;
struct EndingWay;

/// The ways to end who holds the selected port: the same actions in the menus, in the details and on the keyboard.
class EndingActions : public QObject
{
    Q_OBJECT
public:
    /// @p endings outlives it.
    explicit EndingActions(Endings *endings, QObject *parent = nullptr);

    /// Null: nothing is selected.
    void setListener(const ListenerPtr &listener);

    /// Stop and Force kill.
    [[nodiscard]] QList<QAction *> mainActions() const { return {m_stop, m_kill}; }
    /// The same in another way than usual, or for more than the process itself.
    [[nodiscard]] QList<QAction *> scopeActions() const
    {
        return {m_stopOtherwise, m_stopTree, m_stopSession, m_killTree, m_killSession};
    }

private:
    QAction *addAction(const QString &name, const QString &icon, const QString &text, const EndingWay &way);

    Endings *m_endings;
    ListenerPtr m_listener;
    QAction *m_stop;
    QAction *m_kill;
    QAction *m_stopOtherwise;
    QAction *m_stopTree;
    QAction *m_stopSession;
    QAction *m_killTree;
    QAction *m_killSession;
};

} // namespace Quay
