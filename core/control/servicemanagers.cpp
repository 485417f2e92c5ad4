// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/servicemanagers.h"

#include <algorithm>
#include <expected>
#include <optional>
#include <utility>

namespace Quay {

Result<std::vector<ManagedService>> findServices(ServiceManagers &managers, const std::vector<Reviver> &revivers,
                                                 const GoesOn &goesOn)
{
    std::vector<ManagedService> services;
    std::optional<Error> gone;
    for (const auto &reviver : revivers) {
        if (reviver.kind == ReviverKind::ProcessManager) {
            continue;
        }
        auto found = managers.find(reviver, goesOn);
        if (!found && found.error().code == ErrorCode::Gone) { // that of a leftover, which is ended as what it is
            gone = found.error();
            continue;
        }
        if (!found) {
            return std::unexpected(found.error());
        }
        if (!std::ranges::contains(services, *found)) { // it may publish several ports
            services.push_back(*std::move(found));
        }
    }
    return services.empty() && gone ? Result<std::vector<ManagedService>>(std::unexpected(*gone)) : services;
}

} // namespace Quay
