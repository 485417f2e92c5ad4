// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

class QAction;

namespace Quay {

class Desktop;

/// Where a browser finds a TCP listener. `localhost` where that name leads there, else the address itself.
[[nodiscard]] QUrl browserUrl(const Listener &listener);

/// What can be done with the selected port: the same actions in the menus and in the details.
class PortActions : public QObject
{
    Q_OBJECT
public:
    explicit PortActions(Desktop *desktop, QObject *parent = nullptr);

    /// Null: nothing is selected. @p rowText is what "copy row" copies.
    void setListener(const ListenerPtr &listener, const QString &rowText);

    [[nodiscard]] QList<QAction *> openActions() const;
    [[nodiscard]] QList<QAction *> copyActions() const;

Q_SIGNALS:
    /// Something could not be done; a sentence for the user.
    void failed(const QString &message);

private:
    QAction *addAction(const QString &name, const QString &icon, const QString &text, void (PortActions::*act)());
    void updateEnabled();
    void openInBrowser();
    void openFolder();
    void openTerminal();
    void copyAddress();
    void copyPid();
    void copyCommand();
    void copyRow();
    [[nodiscard]] QString workingDirectory() const;

    Desktop *m_desktop;
    ListenerPtr m_listener;
    QString m_rowText;
    QAction *m_openInBrowser;
    QAction *m_openFolder;
    QAction *m_openTerminal;
    QAction *m_copyAddress;
    QAction *m_copyPid;
    QAction *m_copyCommand;
    QAction *m_copyRow;
};

} // namespace Quay
