// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Quay {

/// Where a module of Quaymaster is: beside the program in a build tree; where Qt's plugins are installed, seen from the
/// program, otherwise. @p name: `quay-managers`. Source: /proc/self/exe.
[[nodiscard]] QString modulePath(const QString &name);

} // namespace Quay
