// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/ports/listener.h"

#include <array>
#include <cstdint>
#include <vector>

namespace Quay {

/// What of a listener changed between two looks. Not: connections, CPU, memory.
enum class ListenerAspect : std::uint8_t
{
    Owners, ///< Who holds it, also when a process became another program.
    Knowledge, ///< Whether it can be told who holds it.
    Unit, ///< Or container.
    Warnings, ///< Of which kinds there are some.
};

/// The words for a ListenerAspect in JSON. They are never changed, only added to.
inline constexpr std::array ListenerAspectWords{
    Word{.word = "owners", .value = ListenerAspect::Owners},
    Word{.word = "knowledge", .value = ListenerAspect::Knowledge},
    Word{.word = "unit", .value = ListenerAspect::Unit},
    Word{.word = "warnings", .value = ListenerAspect::Warnings},
};

/// What happened to a listener between two looks.
struct PortChange
{
    enum class Kind
    {
        Present, ///< Was there when the watch began.
        Appeared,
        Vanished,
        Changed, ///< See aspects.
    };
    Kind kind = Kind::Present;
    ListenerPtr listener; ///< never null; as it is now, or as it was last seen
    std::vector<ListenerAspect> aspects = {}; ///< Of Changed: what did.
};

/// Vanished ones first, then the others in the order of @p after. Threads: pure function, callable from any thread.
[[nodiscard]] std::vector<PortChange> portChanges(const std::vector<ListenerPtr> &before,
                                                  const std::vector<ListenerPtr> &after);

} // namespace Quay
