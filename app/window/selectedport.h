// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/portsnapshot.h"

#include <QObject>

#include <optional>

class QModelIndex;

namespace Quay {

class EndingActions;
class PortActions;
class PortDetails;
class PortModel;
class PortView;

/// Where the selected port is shown, and what acts on it. All outlive the SelectedPort.
struct SelectedPortParts
{
    PortModel *model;
    PortView *view;
    PortDetails *details;
    PortActions *actions;
    EndingActions *endingActions;
};

/**
 * Which port is selected: keeps details and actions at it while rows change, vanish, are hidden by a search, or grouped
 * otherwise.
 *
 * What the search hides stays in the details, which say so; actions are for what is in the list.
 */
class SelectedPort : public QObject
{
    Q_OBJECT
public:
    explicit SelectedPort(const SelectedPortParts &parts, QObject *parent = nullptr);

    /// To be told before the model is, which may have the view select a row of it at once. Then: refresh().
    void setSnapshot(const PortSnapshotPtr &snapshot) { m_snapshot = snapshot; }
    /// Shows it as it is by now.
    void refresh();
    /// Selects its row again, when it was filtered out before or grouped otherwise.
    void restore();

Q_SIGNALS:
    /// Its details are open, and its owners are not known for sure.
    void ownersWanted();

private:
    void followView();
    void offerActions(const ListenerPtr &listener, const QModelIndex &row);

    SelectedPortParts m_parts;
    PortSnapshotPtr m_snapshot;
    std::optional<ListenerKey> m_key;
    std::optional<ListenerKey> m_verified; ///< The listener whose owners were last asked for.
    std::optional<ListenerKey> m_sure; ///< The listener, when it was last shown with all its owners.
};

} // namespace Quay
