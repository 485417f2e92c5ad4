// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/proclink.h"
#include "core/ports/listener.h"

#include <QString>

#include <optional>

namespace Quay {

/// The program file or directory of a process: its path, whether it was deleted, or that it is hidden.
[[nodiscard]] QString linkText(const std::optional<ProcLink> &link);

/// The directory of a process, with what keeps it from being looked into.
[[nodiscard]] QString directoryText(const OwnerProfile &profile);

} // namespace Quay
