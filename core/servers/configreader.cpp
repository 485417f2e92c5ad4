// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/configreader.h"

#include "core/base/readfile.h"
#include "core/kernel/protocolwords.h"
#include "core/kernel/userdirectories.h"
#include "core/servers/configkeys.h"
#include "core/servers/configpath.h"
#include "core/servers/preflightreader.h"
#include "core/servers/probereader.h"
#include "core/servers/rulesreader.h"
#include "core/servers/servergraph.h"
#include "core/servers/serverwords.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <ranges>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace Quay {

namespace {

/// A need and where it stands: whether the server is there is known only at the end.
struct NeedPlace
{
    std::string server;
    std::string needed;
    bool isOptional = false;
    ConfigField field;
};

class ServerConfigReader
{
public:
    ServerConfigReader(const YamlDocument &document, const ConfigSource &source)
        : m_document(document)
        , m_reading(source)
    {
    }

    [[nodiscard]] ServerConfig read()
    {
        for (const auto &mistake : m_document.mistakes) {
            m_reading.add(mistake);
        }
        ServerConfig config;
        config.file.path = m_reading.source().path;
        config.file.project = fileNameOf(m_reading.source().directory);
        if (m_document.isWhole && m_document.root.type == YamlType::Nothing) {
            m_reading.refuse(MistakeCode::MissingKey, {.node = &m_document.root, .path = {}}, {}, {"servers"});
        } else if (m_document.isWhole) { // else much would be missed that is only not read
            readFile(config.file);
        }
        config.mistakes = m_reading.takeMistakes();
        std::ranges::stable_sort(config.mistakes, {}, &ConfigMistake::position);
        return config;
    }

private:
    void readFile(ServerFile &file)
    {
        ConfigSection section(m_reading, {.node = &m_withoutExtensions, .path = {}}, FileKeys);
        const auto version = m_reading.text(section["version"]);
        if (version && *version != std::to_string(ConfigVersion)) {
            m_reading.refuse(MistakeCode::UnsupportedVersion, section["version"], *version,
                             {std::to_string(ConfigVersion)});
        }
        file.project = m_reading.text(section["project"]).value_or(file.project);
        if (!section.needs("servers")) {
            return;
        }
        for (const auto &[name, field] : m_reading.entries(section["servers"])) {
            if (!isServerName(name)) {
                m_reading.refuse(MistakeCode::BadName, field, name);
            }
            file.servers.push_back(readServer(name, field));
        }
        checkNeeds(file.servers);
    }

    [[nodiscard]] ServerSpec readServer(const std::string &name, const ConfigField &field)
    {
        ServerSpec server{.name = name};
        ConfigSection section(m_reading, field, ServerKeys);
        (void)section.needs("command");
        server.description = m_reading.anyText(section["description"], Expansion::None).value_or(std::string());
        server.command = m_reading.command(section["command"]).value_or(ServerCommand{});
        server.directory = m_reading.path(section["directory"]).value_or(m_reading.source().directory);
        server.environment = readEnvironment(section["environment"]);
        server.envFiles = readEnvFiles(section["env_files"]);
        server.ports = readPorts(section["ports"]);
        server.needs = readNeeds(name, section["needs"]);
        server.preflight = readPreflight(m_reading, section["preflight"]);
        server.phases = readPhases(m_reading, section["phases"]);
        server.readiness = readProbes(m_reading, section["ready"]);
        server.liveness = readProbes(m_reading, section["alive"]);
        server.restart = readRestart(m_reading, section["restart"]);
        server.watch = readWatch(m_reading, section["watch"]);
        server.stop = readStop(m_reading, section["stop"]);
        server.log = readLog(m_reading, section["log"]);
        server.alerts = readAlerts(m_reading, section["alerts"]);
        server.groups = readGroups(section["groups"]);
        server.startsWithAll = m_reading.flag(section["autostart"]).value_or(server.startsWithAll);
        server.hasTerminal = m_reading.flag(section["terminal"]).value_or(server.hasTerminal);
        server.externalTool = m_reading.text(section["external"]).value_or(std::string());
        server.onExit = m_reading.word(section["on_exit"], OnExitWords).value_or(server.onExit);
        return server;
    }

    [[nodiscard]] VariableMap readEnvironment(const ConfigField &field)
    {
        VariableMap variables;
        for (const auto &[name, value] : m_reading.entries(field)) {
            if (!isVariableName(name)) {
                m_reading.refuse(MistakeCode::BadVariableName, value, name);
            } else if (const auto text = m_reading.anyText(value, Expansion::Variables)) {
                variables.insert_or_assign(name, *text);
            }
        }
        return variables;
    }

    [[nodiscard]] std::vector<EnvFileSpec> readEnvFiles(const ConfigField &field)
    {
        std::vector<EnvFileSpec> files;
        for (const auto &item : m_reading.list(field)) {
            if (item.node->type == YamlType::Text) {
                if (const auto path = m_reading.path(item)) {
                    files.push_back({.path = *path});
                }
                continue;
            }
            ConfigSection section(m_reading, item, EnvFileKeys);
            const bool isOptional = m_reading.flag(section["optional"]).value_or(false);
            if (section.needs("path")) {
                if (const auto path = m_reading.path(section["path"])) {
                    files.push_back({.path = *path, .isOptional = isOptional});
                }
            }
        }
        return files;
    }

    [[nodiscard]] std::vector<ExpectedPort> readPorts(const ConfigField &field)
    {
        std::vector<ExpectedPort> ports;
        for (const auto &item : m_reading.list(field)) {
            if (item.node->type == YamlType::Text) {
                if (const auto port = m_reading.port(item)) {
                    ports.push_back({.port = *port});
                }
                continue;
            }
            if (const auto port = readPort(item)) {
                ports.push_back(*port);
            }
        }
        return ports;
    }

    [[nodiscard]] std::optional<ExpectedPort> readPort(const ConfigField &field)
    {
        static constexpr std::array<std::string_view, 1> OfVariable{"take_next"};
        ConfigSection section(m_reading, field, PortKeys);
        ExpectedPort port;
        port.protocol = m_reading.word(section["protocol"], ProtocolWords).value_or(port.protocol);
        port.address = readAddress(m_reading, section["address"]);
        port.variable = m_reading.text(section["variable"]).value_or(std::string());
        port.mayTakeNext = m_reading.flag(section["take_next"]).value_or(false);
        if (!port.variable.empty() && !isVariableName(port.variable)) {
            m_reading.refuse(MistakeCode::BadVariableName, section["variable"], port.variable);
        }
        if (port.mayTakeNext) {
            section.require("variable", OfVariable); // how else would it be told which?
        }
        const auto number = section.needs("port") ? m_reading.port(section["port"]) : std::nullopt;
        port.port = number.value_or(0);
        return number ? std::optional(port) : std::nullopt;
    }

    [[nodiscard]] std::vector<Need> readNeeds(const std::string &server, const ConfigField &field)
    {
        std::vector<Need> needs;
        for (const auto &item : m_reading.list(field)) {
            Need need;
            ConfigField nameField = item;
            if (item.node->type != YamlType::Text) {
                ConfigSection section(m_reading, item, NeedKeys);
                need.state = m_reading.word(section["state"], NeedStateWords).value_or(need.state);
                need.isOptional = m_reading.flag(section["optional"]).value_or(false);
                nameField = section.needs("name") ? section["name"] : ConfigField{};
            }
            if (const auto name = m_reading.text(nameField)) {
                need.server = *name;
                m_needs.push_back(
                    {.server = server, .needed = *name, .isOptional = need.isOptional, .field = nameField});
                needs.push_back(std::move(need));
            }
        }
        return needs;
    }

    [[nodiscard]] std::vector<std::string> readGroups(const ConfigField &field)
    {
        std::vector<std::string> groups;
        for (const auto &item : m_reading.list(field)) {
            const auto name = m_reading.text(item);
            if (name && !isServerName(*name)) {
                m_reading.refuse(MistakeCode::BadName, item, *name);
            } else if (name) {
                groups.push_back(*name);
            }
        }
        return groups;
    }

    void checkNeeds(const std::vector<ServerSpec> &servers)
    {
        const auto names = servers | std::views::transform(&ServerSpec::name) | std::ranges::to<std::vector>();
        for (const auto &need : m_needs) {
            if (!need.isOptional && !std::ranges::contains(names, need.needed)) {
                m_reading.refuseWord(MistakeCode::UnknownServer, need.field, need.needed, names);
            }
        }
        for (const auto &cycle : findCycles(servers)) {
            tellCycle(cycle);
        }
    }

    /// At the need that closes the circle.
    void tellCycle(const std::vector<std::string> &cycle)
    {
        const auto isLast = [&cycle](const NeedPlace &need) {
            return need.server == cycle.back() && need.needed == cycle.front();
        };
        const auto place = std::ranges::find_if(m_needs, isLast);
        const auto field = place != m_needs.end() ? place->field : ConfigField{};
        if (cycle.size() == 1) {
            m_reading.refuse(MistakeCode::NeedsItself, field, cycle.front());
            return;
        }
        std::string text;
        for (const auto &name : cycle) {
            text += name + " -> ";
        }
        m_reading.refuse(MistakeCode::Cycle, field, text + cycle.front());
    }

    /// Keys that begin with `x-` are for whatever the user likes: anchors, mostly.
    [[nodiscard]] static YamlNode withoutExtensions(YamlNode root)
    {
        std::erase_if(root.entries, [](const YamlEntry &entry) { return entry.key.starts_with("x-"); });
        return root;
    }

    const YamlDocument &m_document;
    YamlNode m_withoutExtensions = withoutExtensions(m_document.root);
    ConfigReading m_reading;
    std::vector<NeedPlace> m_needs;
};

} // namespace

bool isServerName(std::string_view name)
{
    constexpr std::size_t Longest = 64;
    const auto isAlphanumeric = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const auto isAllowed = [&](char c) { return isAlphanumeric(c) || c == '.' || c == '_' || c == '-'; };
    return !name.empty() && name.size() <= Longest && isAlphanumeric(name.front())
        && std::ranges::all_of(name, isAllowed);
}

ServerConfig readServerConfig(const YamlDocument &document, const ConfigSource &source)
{
    return ServerConfigReader(document, source).read();
}

YamlDocument readYamlFile(const std::string &path, YamlParser &parser)
{
    const auto text = readFile(path, MostYamlBytes);
    if (text) {
        return parser.parse(*text);
    }
    YamlDocument unread;
    if (text.error().sysErrno == EFBIG) {
        unread.mistakes.push_back({.code = MistakeCode::TooLarge, .allowed = {std::to_string(MostYamlBytes)}});
    } else {
        unread.mistakes.push_back(
            {.code = MistakeCode::NotReadable, .found = std::generic_category().message(text.error().sysErrno)});
    }
    return unread;
}

ServerConfig readServerConfigFile(const std::string &path, YamlParser &parser, const VariableMap &variables)
{
    return readServerConfig(readYamlFile(path, parser),
                            {.path = path, .directory = directoryOf(path), .variables = variables});
}

std::string findConfigFile(const std::string &directory)
{
    std::string current = directory;
    for (;;) {
        std::string candidate = (current == "/" ? current : current + '/') + std::string(ConfigFileName);
        if (::access(candidate.c_str(), F_OK) == 0) {
            return candidate;
        }
        if (current == "/" || current.empty()) {
            return {};
        }
        current = directoryOf(current);
    }
}

Result<std::string> userServersFile()
{
    return userConfigDirectory().transform([](const std::string &directory) { return directory + "/servers.yaml"; });
}

} // namespace Quay
