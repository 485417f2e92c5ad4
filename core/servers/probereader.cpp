// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/probereader.h"

#include "core/base/number.h"
#include "core/probes/httptarget.h"
#include "core/servers/configkeys.h"

#include <algorithm>
#include <array>

namespace Quay {

namespace {

constexpr std::array<std::string_view, 8> ConditionKeys{"listening", "accepting", "tcp",    "http",
                                                        "log",       "command",   "notify", "watchdog"};
constexpr std::array<std::string_view, 4> HttpKeys{"status", "headers", "answer_headers", "body"};
constexpr int MostAttempts = 1000;
constexpr std::chrono::seconds WatchdogInterval{1};

/// Signs that the name of a header may have: RFC 9110, 5.6.2.
bool isHeaderName(std::string_view name)
{
    constexpr std::string_view Signs = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::ranges::all_of(name, [Signs](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || Signs.contains(c);
    });
}

bool isHeaderValue(std::string_view value)
{
    return value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

/// `200` or `200-299`
std::optional<StatusRange> statusRangeFromText(std::string_view text)
{
    constexpr int Least = 100;
    constexpr int Most = 599;
    const auto dash = text.find('-');
    const auto first = numberFromText<int>(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : numberFromText<int>(text.substr(dash + 1));
    if (!first || !last || *first < Least || *last > Most || *first > *last) {
        return std::nullopt;
    }
    return StatusRange{.first = *first, .last = *last};
}

std::vector<StatusRange> readStatuses(ConfigReading &reading, const ConfigField &field)
{
    std::vector<StatusRange> statuses;
    for (const auto &item : reading.list(field)) {
        const auto found = reading.text(item);
        const auto range = found ? statusRangeFromText(*found) : std::nullopt;
        if (range) {
            statuses.push_back(*range);
        } else if (found) {
            reading.refuse(MistakeCode::BadStatus, item, item.node->text);
        }
    }
    if (field && field.node->type == YamlType::List && field.node->items.empty()) {
        reading.refuse(MistakeCode::Empty, field);
    }
    return statuses;
}

std::vector<std::pair<std::string, std::string>> readAnswerHeaders(ConfigReading &reading, const ConfigField &field)
{
    std::vector<std::pair<std::string, std::string>> headers;
    for (const auto &[name, value] : reading.entries(field)) {
        auto pattern = reading.pattern(value);
        if (!isHeaderName(name)) {
            reading.refuse(MistakeCode::BadHeader, value, name);
        } else if (pattern) {
            headers.emplace_back(name, std::move(*pattern));
        }
    }
    return headers;
}

std::optional<ProbeCondition> readHttp(ConfigReading &reading, const ConfigSection &section)
{
    HttpCondition condition;
    const auto url = readUrl(reading, section["http"]);
    condition.request.url = url.value_or(std::string());
    condition.request.headers = readHeaders(reading, section["headers"]);
    if (section.has("status")) {
        condition.statuses = readStatuses(reading, section["status"]);
    }
    condition.answerHeaders = readAnswerHeaders(reading, section["answer_headers"]);
    condition.bodyPattern = reading.pattern(section["body"]).value_or(std::string());
    return url ? std::optional<ProbeCondition>(std::move(condition)) : std::nullopt;
}

/// `listening: true` or `listening: 3000`, and the same of `accepting`.
template<typename Condition>
std::optional<ProbeCondition> readOwnPort(ConfigReading &reading, const ConfigField &field)
{
    if (field.node->type == YamlType::Text && field.node->text == "true") {
        return Condition{};
    }
    return reading.port(field).transform([](std::uint16_t port) { return ProbeCondition(Condition{.port = port}); });
}

std::optional<ProbeCondition> readCondition(ConfigReading &reading, const ConfigSection &section, std::string_view kind)
{
    const ConfigField field = section[kind];
    if (kind == "listening") {
        return readOwnPort<ListeningCondition>(reading, field);
    }
    if (kind == "accepting") {
        return readOwnPort<AcceptingCondition>(reading, field);
    }
    if (kind == "tcp") {
        return readEndpoint(reading, field).transform([](const Endpoint &endpoint) {
            return ProbeCondition(TcpCondition{.host = endpoint.host, .port = endpoint.port});
        });
    }
    if (kind == "http") {
        return readHttp(reading, section);
    }
    if (kind == "log") {
        return reading.pattern(field).transform(
            [](const std::string &pattern) { return ProbeCondition(LogCondition{.pattern = pattern}); });
    }
    if (kind == "command") {
        return reading.command(field).transform(
            [](const ServerCommand &command) { return ProbeCondition(CommandCondition{.command = command}); });
    }
    if (kind == "watchdog") {
        return reading.duration(field).transform(
            [](std::chrono::milliseconds silence) { return ProbeCondition(WatchdogCondition{.silence = silence}); });
    }
    const auto notifies = reading.flag(field);
    if (notifies && !*notifies) {
        reading.refuseWord(MistakeCode::UnknownWord, field, "false", {"true"});
    }
    return notifies ? std::optional<ProbeCondition>(NotifyCondition{}) : std::nullopt;
}

std::optional<ProbeSpec> readProbeSection(ConfigReading &reading, const ConfigField &field)
{
    ConfigSection section(reading, field, ProbeKeys);
    const auto kind = section.only(ConditionKeys);
    if (!kind) {
        return std::nullopt;
    }
    section.require("http", HttpKeys);
    ProbeSpec probe{.name = reading.text(section["name"]).value_or(std::string(*kind))};
    auto condition = readCondition(reading, section, *kind);
    if (condition && std::holds_alternative<WatchdogCondition>(*condition)) {
        probe.interval = WatchdogInterval; // a look at what is known already
        probe.failureThreshold = 1;
    }
    probe.initialDelay = reading.duration(section["delay"]).value_or(probe.initialDelay);
    probe.startInterval = reading.duration(section["start_interval"]).value_or(probe.startInterval);
    probe.interval = reading.duration(section["interval"]).value_or(probe.interval);
    probe.timeout = reading.duration(section["timeout"]).value_or(probe.timeout);
    probe.successThreshold = reading.number(section["successes"], 1, MostAttempts).value_or(probe.successThreshold);
    probe.failureThreshold = reading.number(section["failures"], 1, MostAttempts).value_or(probe.failureThreshold);
    probe.deadline = reading.duration(section["deadline"]).value_or(probe.deadline);
    if (!condition) {
        return std::nullopt;
    }
    probe.condition = std::move(*condition);
    return probe;
}

/// `- listening`, `- accepting` and `- notify` are short for `listening: true` and so on.
std::optional<ProbeSpec> readProbeWord(ConfigReading &reading, const ConfigField &field)
{
    const auto word = reading.text(field);
    if (!word) {
        return std::nullopt;
    }
    if (*word == "listening") {
        return ProbeSpec{.name = *word, .condition = ListeningCondition{}};
    }
    if (*word == "accepting") {
        return ProbeSpec{.name = *word, .condition = AcceptingCondition{}};
    }
    if (*word == "notify") {
        return ProbeSpec{.name = *word, .condition = NotifyCondition{}};
    }
    reading.refuseWord(MistakeCode::UnknownWord, field, field.node->text, {"listening", "accepting", "notify"});
    return std::nullopt;
}

bool isNameTaken(const std::vector<ProbeSpec> &probes, const std::string &name)
{
    return std::ranges::contains(probes, name, &ProbeSpec::name);
}

} // namespace

std::optional<std::string> readUrl(ConfigReading &reading, const ConfigField &field)
{
    auto url = reading.text(field);
    if (url && !httpTargetFromUrl(*url)) {
        reading.refuse(MistakeCode::BadUrl, field, field.node->text);
        return std::nullopt;
    }
    return url;
}

std::optional<Endpoint> readEndpoint(ConfigReading &reading, const ConfigField &field)
{
    const auto found = reading.text(field);
    auto endpoint = found ? endpointFromText(*found) : std::nullopt;
    if (found && !endpoint) {
        reading.refuse(MistakeCode::BadEndpoint, field, field.node->text);
    }
    return endpoint;
}

std::vector<std::pair<std::string, std::string>> readHeaders(ConfigReading &reading, const ConfigField &field)
{
    std::vector<std::pair<std::string, std::string>> headers;
    for (const auto &[name, value] : reading.entries(field)) {
        auto found = reading.anyText(value, Expansion::Variables);
        if (!isHeaderName(name) || (found && !isHeaderValue(*found))) {
            reading.refuse(MistakeCode::BadHeader, value, name); // the value may be a secret
        } else if (found) {
            headers.emplace_back(name, std::move(*found));
        }
    }
    return headers;
}

std::vector<ProbeSpec> readProbes(ConfigReading &reading, const ConfigField &field)
{
    std::vector<ProbeSpec> probes;
    for (const auto &item : reading.list(field)) {
        const bool isWord = item.node->type == YamlType::Text;
        auto probe = isWord ? readProbeWord(reading, item) : readProbeSection(reading, item);
        if (!probe) {
            continue;
        }
        const bool isNamed = !isWord && item.node->find("name") != nullptr;
        if (isNamed && isNameTaken(probes, probe->name)) {
            reading.refuse(MistakeCode::DuplicateName, item, probe->name);
            continue;
        }
        const std::string base = probe->name;
        for (int number = 2; isNameTaken(probes, probe->name); ++number) {
            probe->name = base + '-' + std::to_string(number);
        }
        probes.push_back(std::move(*probe));
    }
    return probes;
}

} // namespace Quay
