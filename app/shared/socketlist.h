// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace Quay {

/// Sockets as one names them, ordered, each once, and ports in a row as one: `TCP 127.0.0.1:3000-3999`. Fit to be
/// shown.
[[nodiscard]] QStringList socketTexts(const std::vector<ListenerPtr> &listeners);

/// The same with commas between them.
[[nodiscard]] QString socketListText(const std::vector<ListenerPtr> &listeners);

} // namespace Quay
