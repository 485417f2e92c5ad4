// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/selectedport.h"

#include "app/models/portmodel.h"
#include "app/models/portmodelroles.h"
#include "app/window/endingactions.h"
#include "app/window/portactions.h"
#include "app/window/portdetails.h"
#include "app/window/portview.h"

#include <QModelIndex>

#include <algorithm>
#include <utility>

namespace Quay {

SelectedPort::SelectedPort(const SelectedPortParts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    connect(m_parts.view, &PortView::currentRowChanged, this, &SelectedPort::followView);
}

void SelectedPort::followView()
{
    const auto current = m_parts.view->currentIndex();
    const auto listener = current.data(PortModelRole::Listener).value<ListenerPtr>();
    offerActions(listener, current);
    if (listener) {
        m_key = listener->key();
        m_parts.details->setListener(listener, m_snapshot);
    } else if (current.isValid()) { // a group
        m_key.reset();
        m_parts.details->setListener(nullptr, m_snapshot);
    }
    refresh(); // without a current row it was filtered out, or it is gone
}

void SelectedPort::offerActions(const ListenerPtr &listener, const QModelIndex &row)
{
    m_parts.actions->setListener(listener, row.data(PortModelRole::RowText).toString());
    m_parts.endingActions->setListener(listener);
}

void SelectedPort::restore()
{
    if (m_key && !m_parts.view->currentIndex().isValid()) {
        m_parts.view->setCurrentIndex(m_parts.model->indexOf(*m_key));
    }
    refresh();
}

void SelectedPort::refresh()
{
    if (!m_key || !m_snapshot) {
        return;
    }
    const auto index = m_parts.model->indexOf(*m_key);
    const auto freshness = static_cast<RowFreshness>(index.data(PortModelRole::Freshness).toInt());
    const auto found = std::ranges::find(m_snapshot->listeners, *m_key, [](const auto &l) { return l->key(); });
    if (found == m_snapshot->listeners.end() || freshness == RowFreshness::Vanished) {
        m_parts.details->setNote(DetailsNote::Gone);
        offerActions(nullptr, {});
        return;
    }
    const bool isUnsure = (*found)->knowledge == OwnerKnowledge::FirstFound;
    const bool wasSure = std::exchange(m_sure, isUnsure ? std::nullopt : m_key) == m_key;
    const bool isWanted = isUnsure && !m_parts.details->isHidden() && (wasSure || m_verified != m_key);
    if (isWanted) {
        m_verified = m_key;
        Q_EMIT ownersWanted();
        if (wasSure) {
            return; // what is shown stays: the answer comes at once
        }
    }
    m_parts.details->setListener(*found, m_snapshot, index.isValid() ? DetailsNote::None : DetailsNote::Filtered);
    const bool isSelected = m_parts.view->currentIndex().isValid(); // whoever presses a key means the list
    offerActions(isSelected ? *found : nullptr, isSelected ? index : QModelIndex());
}

} // namespace Quay
