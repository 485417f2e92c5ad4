// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/composefile.h"
#include "core/imports/processcompose.h"
#include "core/servers/configreader.h"
#include "core/servers/configwriter.h"
#include "core/yaml/yamlcppparser.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

/// YAML with everything that reads it. What was read without a mistake is written, and read back as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::size_t Most = 8192; // the parser's own work grows with more than the size
    if (size > Most) {
        return 0;
    }
    Quay::YamlCppParser parser;
    const Quay::ConfigSource source{
        .path = "/p/quaymaster.yaml", .directory = "/p", .variables = {{"HOME", "/home/u"}}};
    const auto document = parser.parse(Quay::Fuzz::asText(data, size));
    const auto config = Quay::readServerConfig(document, source);
    require(document.isWhole || !config.mistakes.empty());
    if (config.mistakes.empty()) {
        const auto again = Quay::readServerConfig(parser.parse(Quay::configText(config.file, "/p")), source);
        require(again.mistakes.empty());
        require(again.file.servers == config.file.servers);
    }
    const auto processes = Quay::importProcessCompose(document, {.path = source.path, .variables = {}});
    const auto services = Quay::importCompose(document, {.path = source.path, .variables = {}});
    for (const auto *const imported : {&processes, &services}) {
        for (const auto &server : imported->file.servers) {
            require(Quay::isServerName(server.name));
        }
    }
    return 0;
}
