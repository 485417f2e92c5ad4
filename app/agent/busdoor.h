// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/agentclient.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QSocketNotifier>
#include <QString>

#include <cstdint>
#include <map>

namespace Quay {

/**
 * The agent's second way in: what its socket understands, on the session bus. It is itself a client of the socket, so
 * that both cannot come to differ.
 *
 * `org.quaymaster.Agent`, at `/org/quaymaster/Agent`; its methods are made of AgentVerbs. Servers are told as JSON, as
 * on the socket.
 *
 * Threads: the one that it was made on, which has Qt's event loop.
 */
class BusDoor : public QDBusVirtualObject
{
    Q_OBJECT
public:
    /// @p client: connected, for this alone.
    BusDoor(AgentClient client, QDBusConnection bus);

    /// False when there is no bus, or the name belongs to somebody else: then the socket is the only way.
    [[nodiscard]] bool open();

    [[nodiscard]] QString introspect(const QString &path) const override;
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;

private:
    void takeIn();

    AgentClient m_client;
    QDBusConnection m_bus;
    QSocketNotifier m_notifier;
    std::map<std::uint64_t, QDBusMessage> m_asked; ///< By the id of the request.
};

} // namespace Quay
