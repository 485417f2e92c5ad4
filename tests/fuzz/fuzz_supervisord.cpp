// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/inifile.h"
#include "core/imports/shellwords.h"
#include "core/imports/supervisord.h"
#include "core/servers/configreader.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    for (const auto &section : Quay::parseIniFile(text).sections) {
        require(!section.name.empty() && section.line >= 1);
        for (const auto &entry : section.entries) {
            require(!entry.key.empty() && entry.line > section.line);
        }
    }
    const auto imported = Quay::importSupervisord(text, {.path = "/p/supervisord.conf", .variables = {}});
    for (const auto &server : imported.file.servers) {
        require(Quay::isServerName(server.name));
        require(!server.command.isEmpty() || !imported.mistakes.empty());
        require(server.directory.starts_with('/'));
    }
    (void)Quay::shellWords(text);
    return 0;
}
