// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/procfile.h"

#include "core/base/endpoint.h"
#include "core/base/textcursor.h"
#include "core/base/utf8.h"
#include "core/servers/configpath.h"
#include "core/servers/configreader.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace Quay {

namespace {

constexpr int FirstPort = 5000;
constexpr int PortStep = 100;
constexpr int HighestPort = 65535;
constexpr std::string_view Blanks = " \t\r";

struct ProcfileLine
{
    std::string name;
    std::string command;
};

std::optional<ProcfileLine> procfileLine(std::string_view line)
{
    const auto colon = line.find(':');
    const auto name = line.substr(0, colon);
    const bool isName = !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    if (colon == std::string_view::npos || !isName) {
        return std::nullopt;
    }
    const auto rest = line.substr(colon + 1);
    const auto begin = rest.find_first_not_of(Blanks);
    if (begin == std::string_view::npos) {
        return std::nullopt;
    }
    return ProcfileLine{.name = std::string(name),
                        .command = std::string(rest.substr(begin, rest.find_last_not_of(Blanks) + 1 - begin))};
}

bool readsPort(const ProcfileLine &line)
{
    return line.name == "web" || line.command.contains("$PORT") || line.command.contains("${PORT");
}

ServerSpec serverFrom(const ProcfileLine &line, int port, const std::string &directory)
{
    ServerSpec server{.name = allowedServerName(line.name)};
    server.command.shellLine = line.command;
    server.directory = directory;
    server.envFiles = {{.path = directory + "/.env", .isOptional = true}};
    server.groups = {"procfile"};
    server.onExit = OnExit::StopGroup;
    if (port > HighestPort) {
        return server;
    }
    if (readsPort(line)) {
        server.ports = {{.port = static_cast<std::uint16_t>(port), .variable = "PORT"}};
    } else {
        server.environment = {{"PORT", std::to_string(port)}};
    }
    return server;
}

} // namespace

ImportedServers importProcfile(std::string_view text, const ImportSource &source)
{
    ImportedServers imported;
    imported.file.path = source.path;
    const std::string directory = directoryOf(source.path);
    imported.file.project = fileNameOf(directory);
    const auto refuse = [&](MistakeCode code, int line, std::string_view found) {
        imported.mistakes.push_back(
            {.code = code, .file = source.path, .position = {.line = line, .column = 0}, .found = std::string(found)});
    };
    const auto variable = source.variables.find("PORT");
    const auto base = variable != source.variables.end() ? portNumberFromText(variable->second) : std::nullopt;
    int port = base ? *base : FirstPort;
    TextCursor lines(text);
    for (int number = 1; !lines.atEnd(); ++number) {
        const auto line = lines.takeLine();
        const auto begin = line.find_first_not_of(Blanks);
        if (begin == std::string_view::npos || line[begin] == '#') {
            continue;
        }
        const auto parsed = procfileLine(line);
        if (firstInvalidUtf8(line) || line.contains('\0')) {
            refuse(MistakeCode::NotUtf8, number, {});
        } else if (!parsed) {
            refuse(MistakeCode::BadLine, number, line);
        } else if (std::ranges::contains(imported.file.servers, allowedServerName(parsed->name), &ServerSpec::name)) {
            refuse(MistakeCode::DuplicateName, number, parsed->name);
        } else {
            imported.file.servers.push_back(serverFrom(*parsed, port, directory));
            if (imported.file.servers.back().name != parsed->name) {
                imported.losses.push_back({.reason = LossReason::Renamed,
                                           .file = source.path,
                                           .line = number,
                                           .key = parsed->name,
                                           .detail = imported.file.servers.back().name});
            }
            port += PortStep;
        }
    }
    return imported;
}

} // namespace Quay
