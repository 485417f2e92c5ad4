// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/ports/portsnapshot.h"
#include "core/ports/toldholders.h"

#include <QObject>
#include <QString>
#include <QVariantMap>

#include <cstdint>
#include <optional>
#include <vector>

class QAction;

namespace Quay {

class PrivilegedClient;

/// "Authenticate": has the helper name the owners that are hidden from us, all at once.
class OwnerInspection : public QObject
{
    Q_OBJECT
public:
    /// @p client outlives it. Null: nothing is offered.
    explicit OwnerInspection(PrivilegedClient *client, QObject *parent = nullptr);
    ~OwnerInspection() override;

    void setSnapshot(const PortSnapshotPtr &snapshot);

    /// Enabled while there is something to name, and nobody is being asked.
    [[nodiscard]] QAction *action() const { return m_action; }

Q_SIGNALS:
    void told(const std::vector<Quay::ToldHolder> &holders);
    /// A sentence for the user.
    void failed(const QString &message);

private:
    void ask();
    void take(const Result<QVariantMap> &reply);
    void updateAction();

    PrivilegedClient *m_client;
    QAction *m_action;
    std::vector<std::uint64_t> m_hidden; ///< Inodes of the sockets whose owners are hidden.
    std::optional<std::uint64_t> m_request; ///< While it is not answered.
};

} // namespace Quay
