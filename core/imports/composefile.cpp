// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/composefile.h"

#include "core/base/endpoint.h"
#include "core/base/number.h"
#include "core/imports/composeparts.h"
#include "core/imports/foreignmap.h"
#include "core/kernel/protocolwords.h"
#include "core/servers/configpath.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr std::array NeedConditions{
    Word{.word = "service_started", .value = NeedState::Started},
    Word{.word = "service_healthy", .value = NeedState::Ready},
    Word{.word = "service_completed_successfully", .value = NeedState::ExitedOk},
};

/// A port in one of the forms that a file may say it in, taken apart.
struct PublishedPort
{
    std::string host; ///< `3000` or `3000-3005`; empty: Docker chooses.
    std::string address;
    std::string protocol = "tcp";
};

/// `[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]`
PublishedPort shortPort(std::string_view text)
{
    PublishedPort port;
    if (const auto slash = text.rfind('/'); slash != std::string_view::npos) {
        port.protocol = text.substr(slash + 1);
        text = text.substr(0, slash);
    }
    const auto container = text.rfind(':');
    if (container == std::string_view::npos) {
        return port;
    }
    const auto before = text.substr(0, container);
    const auto host = before.rfind(':');
    port.host = host == std::string_view::npos ? before : before.substr(host + 1);
    port.address = host == std::string_view::npos ? std::string_view() : before.substr(0, host);
    return port;
}

class ServiceImport
{
public:
    ServiceImport(ForeignMap &service, const ImportSource &source, LossList &losses)
        : m_service(service)
        , m_source(source)
        , m_losses(losses)
    {
    }

    [[nodiscard]] ServerSpec run(const std::string &name)
    {
        m_server.name = allowedServerName(name);
        m_server.directory = directoryOf(m_source.path);
        m_server.externalTool = "docker compose";
        m_server.command.arguments = compose({"up", "--no-deps", "--no-log-prefix", name});
        m_server.stop.command.arguments = compose({"stop", name});
        if (const auto grace = m_service.text("stop_grace_period")) {
            m_server.stop.grace = composeDuration(*grace).value_or(m_server.stop.grace);
        }
        for (const auto &profile : m_service.texts("profiles")) {
            m_server.groups.push_back(allowedServerName(profile));
        }
        m_server.startsWithAll = m_server.groups.empty();
        readPorts();
        readNeeds();
        readHealth(name);
        if (m_service.take("extends") != nullptr) {
            m_service.lose(LossReason::FileNotRead, "extends");
        }
        return std::move(m_server); // what is left makes up the container, and stays with the tool
    }

private:
    [[nodiscard]] std::vector<std::string> compose(std::vector<std::string> words) const
    {
        std::vector<std::string> arguments{"docker", "compose", "-f", keptReferences(m_source.path)};
        std::ranges::move(words, std::back_inserter(arguments));
        return arguments;
    }

    void readPorts()
    {
        const YamlNode *const ports = m_service.take("ports");
        if (ports == nullptr) {
            return;
        }
        for (const auto &item : ports->items) {
            PublishedPort port = item.type == YamlType::Text ? shortPort(expanded(item.text)) : longPort(item);
            if (!addPort(port)) {
                m_losses.add(LossReason::NoHostPort, item.position.line, m_service.pathOf("ports"));
            }
        }
        for (const auto &port : m_server.ports) {
            if (port.protocol == Protocol::Tcp) {
                const std::string host = port.address && !isAny(*port.address) ? toString(*port.address) : "localhost";
                m_server.readiness.push_back({.name = "port-" + std::to_string(port.port),
                                              .condition = TcpCondition{.host = host, .port = port.port}});
            }
        }
    }

    [[nodiscard]] PublishedPort longPort(const YamlNode &item)
    {
        ForeignMap map(&item, m_service.pathOf("ports"), m_losses);
        return {.host = expanded(map.text("published").value_or(std::string())),
                .address = expanded(map.text("host_ip").value_or(std::string())),
                .protocol = map.text("protocol").value_or("tcp")};
    }

    [[nodiscard]] bool addPort(const PublishedPort &published)
    {
        const auto dash = published.host.find('-');
        const auto first = portNumberFromText(std::string_view(published.host).substr(0, dash));
        const auto last =
            dash == std::string::npos ? first : portNumberFromText(std::string_view(published.host).substr(dash + 1));
        const auto protocol = valueFor(ProtocolWords, published.protocol);
        const auto address = ipAddressFromText(published.address);
        constexpr int MostPorts = 100;
        if (!first || !last || !protocol || *last < *first || *last - *first >= MostPorts
            || (!address && !published.address.empty())) {
            return false;
        }
        for (int port = *first; port <= *last; ++port) {
            m_server.ports.push_back(
                {.port = static_cast<std::uint16_t>(port), .protocol = *protocol, .address = address});
        }
        return true;
    }

    [[nodiscard]] std::string expanded(const std::string &text) const
    {
        return expandVariables(ourReferences(text), m_source.variables).text;
    }

    void readNeeds()
    {
        const YamlNode *const needs = m_service.take("depends_on");
        if (needs == nullptr) {
            return;
        }
        for (const auto &item : needs->items) {
            m_server.needs.push_back({.server = allowedServerName(item.text), .state = NeedState::Started});
        }
        ForeignMap section(needs->type == YamlType::Map ? needs : nullptr, m_service.pathOf("depends_on"), m_losses);
        for (const auto &entry : section.entries()) {
            ForeignMap need = section.map(entry.key);
            const auto condition = need.text("condition").value_or("service_started");
            const auto state = valueFor(NeedConditions, condition);
            if (!state) {
                need.lose(LossReason::NotUnderstood, "condition");
            }
            m_server.needs.push_back({.server = allowedServerName(entry.key),
                                      .state = state.value_or(NeedState::Ready),
                                      .isOptional = !need.flag("required").value_or(true)});
            need.tellRest();
        }
    }

    /// The check runs in the container: its verdict is asked for.
    void readHealth(const std::string &name)
    {
        ForeignMap health = m_service.map("healthcheck");
        const auto test = health.texts("test");
        const bool isOff = health.flag("disable").value_or(false) || (!test.empty() && test.front() == "NONE");
        if (!health.isMap() || test.empty() || isOff) {
            return;
        }
        ProbeSpec probe{.name = "health"};
        std::string line = "docker compose -f " + quoted(m_source.path) + " ps --format '{{.Health}}' " + quoted(name);
        probe.condition = CommandCondition{.command = {.arguments = {}, .shellLine = line + " | grep -qx healthy"}};
        probe.startInterval = std::chrono::seconds(1); // each asks a program
        probe.timeout = std::chrono::seconds(10);
        if (const auto interval = health.text("interval")) {
            probe.interval = composeDuration(*interval).value_or(probe.interval);
        }
        m_server.readiness.push_back(probe);
        m_server.liveness.push_back(std::move(probe));
    }

    static std::string quoted(std::string_view text)
    {
        std::string result = "'";
        for (const char c : text) {
            result += c == '\'' ? std::string("'\\''") : std::string(1, c);
        }
        return result += '\'';
    }

    ForeignMap &m_service;
    const ImportSource &m_source;
    LossList &m_losses;
    ServerSpec m_server;
};

} // namespace

ImportedServers importCompose(const YamlDocument &document, const ImportSource &source)
{
    ImportedServers imported = beginImport(document, source);
    if (!document.isWhole) {
        return imported;
    }
    LossList losses(source.path);
    ForeignMap root(&document.root, {}, losses);
    if (const auto name = root.text("name")) {
        imported.file.project = expandVariables(ourReferences(*name), source.variables).text;
    }
    if (root.take("include") != nullptr) {
        root.lose(LossReason::FileNotRead, "include");
    }
    ForeignMap services = root.map("services");
    if (!services.isMap()) {
        imported.mistakes.push_back({.code = MistakeCode::MissingKey,
                                     .file = source.path,
                                     .position = {},
                                     .path = {},
                                     .found = {},
                                     .allowed = {"services"}});
    }
    for (const auto &entry : services.entries()) {
        ForeignMap service = services.map(entry.key);
        addServer(imported, ServiceImport(service, source, losses).run(entry.key), entry, losses);
    }
    imported.losses = losses.take();
    return imported;
}

} // namespace Quay
