// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/selfwatch.h"
#include "core/ports/portsnapshot.h"

#include <QLabel>

#include <optional>

namespace Quay {

/// The status bar's line: what there is, what the last look cost, what this program costs.
class CostLine : public QLabel
{
    Q_OBJECT
public:
    explicit CostLine(QWidget *parent = nullptr);

    void setSnapshot(const PortSnapshot &snapshot);
    void setLook(const LookCost &cost);
    void setSelf(const SelfCostSample &self);

private:
    void showText();

    int m_listeners = 0;
    int m_processes = 0;
    SocketSource m_source = SocketSource::SockDiag;
    bool m_isInterrupted = false;
    std::optional<LookCost> m_look;
    std::optional<SelfCostSample> m_self;
};

} // namespace Quay
