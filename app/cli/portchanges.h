// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"

#include <vector>

namespace Quay {

/// What happened to a listener between two looks.
struct PortChange
{
    enum class Kind
    {
        Present, ///< Was there when the watch began.
        Appeared,
        Vanished,
        Changed, ///< Other owners, another unit, other warnings. Not: connections, CPU, memory.
    };
    Kind kind = Kind::Present;
    ListenerPtr listener; ///< never null; as it is now, or as it was last seen
};

/// Vanished ones first, then the others in the order of @p after. Threads: pure function, callable from any thread.
[[nodiscard]] std::vector<PortChange> portChanges(const std::vector<ListenerPtr> &before,
                                                  const std::vector<ListenerPtr> &after);

} // namespace Quay
