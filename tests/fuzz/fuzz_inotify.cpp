// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/inotify.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <sys/inotify.h>

using Quay::Fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto events = Quay::parseFileEvents(std::as_bytes(std::span(data, size)));

    if (!events) {
        require(events.error().code == Quay::ErrorCode::Malformed && !events.error().subject.empty());
        return 0;
    }
    require(events->size() <= size / sizeof(inotify_event));
    for (const auto &event : *events) {
        require(event.name.size() <= size && event.name.find('\0') == std::string::npos);
    }
    return 0;
}
