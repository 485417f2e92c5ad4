// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/preflightreader.h"

#include "core/kernel/protocolwords.h"
#include "core/servers/configkeys.h"
#include "core/servers/probereader.h"
#include "core/servers/serverwords.h"
#include "core/servers/version.h"

#include <algorithm>
#include <array>
#include <utility>

namespace Quay {

namespace {

constexpr std::array<std::string_view, 10> SubjectKeys{"variable", "file", "directory", "program", "version",
                                                       "command",  "port", "tcp",       "http",    "disk"};

std::optional<CheckSubject> readVariable(ConfigReading &reading, const ConfigSection &section)
{
    const auto name = reading.text(section["variable"]);
    VariableCheck check{.variable = name.value_or(std::string())};
    check.mayBeEmpty = reading.flag(section["may_be_empty"]).value_or(false);
    check.pattern = reading.pattern(section["pattern"]).value_or(std::string());
    if (name && !isVariableName(*name)) {
        reading.refuse(MistakeCode::BadVariableName, section["variable"], section["variable"].node->text);
    }
    return name ? std::optional<CheckSubject>(std::move(check)) : std::nullopt;
}

/// `python >= 3.13.8`, or `python` when a file says which.
std::optional<CheckSubject> readVersion(ConfigReading &reading, const ConfigSection &section)
{
    const ConfigField field = section["version"];
    VersionCheck check{.file = reading.path(section["from"]).value_or(std::string()),
                       .ask = reading.command(section["ask"]).value_or(ServerCommand{})};
    const auto found = reading.text(field);
    if (!found) {
        return std::nullopt;
    }
    const auto toolEnd = std::min(found->find_first_of(" \t=!<>^~"), found->size());
    const auto begin = std::min(found->find_first_not_of(" \t", toolEnd), found->size());
    check.tool = found->substr(0, toolEnd);
    check.requirement = found->substr(begin);
    const bool isSaidOnce = check.requirement.empty() != check.file.empty();
    const bool isVersion =
        !check.tool.empty() && (check.requirement.empty() || versionRequirementFromText(check.requirement));
    if (isVersion && !isSaidOnce && section.has("from")) {
        reading.refuse(MistakeCode::ExclusiveKeys, section["from"], "from", {"version", "from"});
    } else if (!isVersion || !isSaidOnce) {
        reading.refuse(MistakeCode::BadVersion, field, field.node->text);
    } else {
        return check;
    }
    return std::nullopt;
}

std::optional<CheckSubject> readPort(ConfigReading &reading, const ConfigSection &section)
{
    const auto port = reading.port(section["port"]);
    PortCheck check{.port = port.value_or(0)};
    check.protocol = reading.word(section["protocol"], ProtocolWords).value_or(Protocol::Tcp);
    check.address = readAddress(reading, section["address"]);
    return port ? std::optional<CheckSubject>(check) : std::nullopt;
}

std::optional<CheckSubject> readDisk(ConfigReading &reading, const ConfigSection &section)
{
    const auto size = reading.byteSize(section["disk"]);
    DiskCheck check{.directory = reading.path(section["at"]).value_or(reading.source().directory),
                    .freeBytes = size.value_or(0)};
    return size ? std::optional<CheckSubject>(std::move(check)) : std::nullopt;
}

std::optional<CheckSubject> readHttp(ConfigReading &reading, const ConfigSection &section)
{
    const auto url = readUrl(reading, section["http"]);
    HttpCheck check{
        .request = {.url = url.value_or(std::string()), .headers = readHeaders(reading, section["headers"])}};
    return url ? std::optional<CheckSubject>(std::move(check)) : std::nullopt;
}

std::optional<CheckSubject> readSubject(ConfigReading &reading, const ConfigSection &section, std::string_view kind)
{
    if (kind == "variable") {
        return readVariable(reading, section);
    }
    if (kind == "version") {
        return readVersion(reading, section);
    }
    if (kind == "port") {
        return readPort(reading, section);
    }
    if (kind == "http") {
        return readHttp(reading, section);
    }
    if (kind == "disk") {
        return readDisk(reading, section);
    }
    const ConfigField field = section[kind];
    if (kind == "file") {
        return reading.path(field).transform(
            [](const std::string &path) { return CheckSubject(FileCheck{.path = path}); });
    }
    if (kind == "directory") {
        return reading.path(field).transform(
            [](const std::string &path) { return CheckSubject(DirectoryCheck{.path = path}); });
    }
    if (kind == "program") {
        return reading.text(field).transform(
            [](const std::string &program) { return CheckSubject(ProgramCheck{.program = program}); });
    }
    if (kind == "command") {
        return reading.command(field).transform(
            [](const ServerCommand &command) { return CheckSubject(CommandCheck{.command = command}); });
    }
    return readEndpoint(reading, field).transform([](const Endpoint &endpoint) {
        return CheckSubject(TcpCheck{.host = endpoint.host, .port = endpoint.port});
    });
}

/// Keys that only mean something beside another one.
void requireCompanions(ConfigSection &section)
{
    static constexpr std::array<std::string_view, 2> OfVariable{"pattern", "may_be_empty"};
    static constexpr std::array<std::string_view, 2> OfVersion{"from", "ask"};
    static constexpr std::array<std::string_view, 2> OfPort{"protocol", "address"};
    static constexpr std::array<std::string_view, 1> OfHttp{"headers"};
    static constexpr std::array<std::string_view, 1> OfDisk{"at"};
    section.require("variable", OfVariable);
    section.require("version", OfVersion);
    section.require("port", OfPort);
    section.require("http", OfHttp);
    section.require("disk", OfDisk);
}

} // namespace

std::optional<IpAddress> readAddress(ConfigReading &reading, const ConfigField &field)
{
    const auto found = reading.text(field);
    const auto address = found ? ipAddressFromText(*found == "localhost" ? "127.0.0.1" : *found) : std::nullopt;
    if (found && !address) {
        reading.refuse(MistakeCode::BadAddress, field, field.node->text);
    }
    return address;
}

std::vector<PreflightCheck> readPreflight(ConfigReading &reading, const ConfigField &field)
{
    std::vector<PreflightCheck> checks;
    for (const auto &item : reading.list(field)) {
        ConfigSection section(reading, item, PreflightKeys);
        const auto kind = section.only(SubjectKeys);
        PreflightCheck check;
        check.name = reading.text(section["name"]).value_or(std::string());
        check.severity = reading.word(section["severity"], SeverityWords).value_or(check.severity);
        check.timeout = reading.duration(section["timeout"]).value_or(check.timeout);
        if (!kind) {
            continue;
        }
        requireCompanions(section);
        if (auto subject = readSubject(reading, section, *kind)) {
            check.subject = std::move(*subject);
            checks.push_back(std::move(check));
        }
    }
    return checks;
}

} // namespace Quay
