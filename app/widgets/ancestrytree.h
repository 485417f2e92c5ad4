// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes/ancestry.h"

#include <QTreeWidget>

namespace Quay {

/// Why a process runs: its ancestors as a tree, the oldest on top, the one that explains it best in bold.
class AncestryTree : public QTreeWidget
{
    Q_OBJECT
public:
    explicit AncestryTree(QWidget *parent = nullptr);

    /// Does nothing when the chain is the same.
    void setAncestry(const Ancestry &ancestry);

Q_SIGNALS:
    /// By mouse or keyboard. @p position: global.
    void menuRequested(const Quay::ProcessInfoPtr &process, const QPoint &position);

public:
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override;

private:
    [[nodiscard]] QTreeWidgetItem *makeItem(const AncestryStep &step, bool isOrigin) const;
    /// Null when it is none of ours.
    [[nodiscard]] ProcessInfoPtr processOf(const QTreeWidgetItem *item) const;

    Ancestry m_ancestry;
};

} // namespace Quay
