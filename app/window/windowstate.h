// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portmodel.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace Quay {

/// How the page of ports was left. A plain value; empty parts mean "as at the first start".
struct PortsPageState
{
    QByteArray columns;
    QByteArray splitter;
    Qt::Orientation detailsBeside = Qt::Vertical; ///< Horizontal: the details are beside the list.
    bool detailsShown = true;
    bool hideSystemServices = false;
    PortGrouping grouping = PortGrouping::None;

    bool operator==(const PortsPageState &) const = default;
};

/// How the window was left.
struct WindowState
{
    QByteArray geometry;
    PortsPageState ports;

    bool operator==(const WindowState &) const = default;
};

/// Below the user's state directory: it is layout, not configuration.
[[nodiscard]] QString windowStateFile();

/**
 * Reads the state of the last window that was closed.
 *
 * Errors: Gone at the first start; Malformed; else as errorFromErrno(). None of them keeps a window from opening.
 */
[[nodiscard]] Result<WindowState> loadWindowState(const QString &file);

/**
 * Writes the state, whole or not at all: of several windows the last one to write wins, and none reads a half.
 *
 * Errors: Denied, Io, with the file as subject.
 */
[[nodiscard]] Result<> saveWindowState(const QString &file, const WindowState &state);

} // namespace Quay
