// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/portsnapshot.h"

#include <QWidget>

class QAction;
class QLabel;

namespace Quay {

/// Below the list of ports: how many owners are hidden, and what to do about it. Hidden itself when none are.
class HiddenOwnersNote : public QWidget
{
    Q_OBJECT
public:
    /// @p authenticate names them.
    explicit HiddenOwnersNote(QAction *authenticate, QWidget *parent = nullptr);

    void setSnapshot(const PortSnapshot &snapshot);

private:
    QLabel *m_text;
};

} // namespace Quay
