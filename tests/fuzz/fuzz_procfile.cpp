// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/procfile.h"
#include "core/servers/configreader.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

using Quay::Fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto imported =
        Quay::importProcfile(Quay::Fuzz::asText(data, size), {.path = "/p/Procfile", .variables = {}});
    std::set<std::string> names;
    for (const auto &server : imported.file.servers) {
        require(Quay::isServerName(server.name));
        require(names.insert(server.name).second);
        require(!server.command.isEmpty());
        require(server.ports.empty() != server.environment.empty() || imported.file.servers.size() > 600);
    }
    return 0;
}
