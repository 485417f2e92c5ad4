// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/rulesreader.h"

#include "core/servers/configkeys.h"
#include "core/servers/serverwords.h"

#include <algorithm>
#include <utility>

namespace Quay {

namespace {

constexpr int MostExits = 1000;
constexpr int MostCode = 255;
constexpr double MostFactor = 100;
constexpr int MostLogFiles = 1000;

BackoffRule readBackoff(ConfigReading &reading, const ConfigField &field)
{
    BackoffRule rule;
    const ConfigSection section(reading, field, BackoffKeys);
    rule.initial = reading.duration(section["initial"]).value_or(rule.initial);
    rule.factor = reading.fraction(section["factor"], 1, MostFactor).value_or(rule.factor);
    rule.longest = reading.duration(section["max"]).value_or(rule.longest);
    rule.jitter = reading.fraction(section["jitter"], 0, 1).value_or(rule.jitter);
    return rule;
}

void readSuccess(ConfigReading &reading, const ConfigField &field, RestartRule &rule)
{
    const ConfigSection section(reading, field, SuccessKeys);
    if (section.has("codes")) {
        rule.successCodes.clear();
    }
    for (const auto &item : reading.list(section["codes"])) {
        if (const auto code = reading.number(item, 0, MostCode)) {
            rule.successCodes.insert(*code);
        }
    }
    for (const auto &item : reading.list(section["signals"])) {
        if (const auto signal = reading.signal(item)) {
            rule.successSignals.insert(*signal);
        }
    }
}

} // namespace

std::vector<PhaseSpec> readPhases(ConfigReading &reading, const ConfigField &field)
{
    std::vector<PhaseSpec> phases;
    for (const auto &item : reading.list(field)) {
        ConfigSection section(reading, item, PhaseKeys);
        const bool isWhole = section.needs("name") & section.needs("pattern"); // both are to be told
        const auto name = reading.text(section["name"]);
        const auto pattern = reading.pattern(section["pattern"]);
        const auto deadline = reading.duration(section["deadline"]);
        if (name && std::ranges::contains(phases, *name, &PhaseSpec::name)) {
            reading.refuse(MistakeCode::DuplicateName, section["name"], *name);
        } else if (isWhole && name && pattern) {
            phases.push_back({.name = *name, .pattern = *pattern, .deadline = deadline});
        }
    }
    return phases;
}

RestartRule readRestart(ConfigReading &reading, const ConfigField &field)
{
    RestartRule rule;
    if (field && field.node->type == YamlType::Text) { // `restart: always`
        rule.policy = reading.word(field, RestartPolicyWords).value_or(rule.policy);
        return rule;
    }
    const ConfigSection section(reading, field, RestartKeys);
    rule.policy = reading.word(section["policy"], RestartPolicyWords).value_or(rule.policy);
    rule.backoff = readBackoff(reading, section["backoff"]);
    rule.resetAfter = reading.duration(section["reset_after"]).value_or(rule.resetAfter);
    const ConfigSection crashLoop(reading, section["crash_loop"], CrashLoopKeys);
    rule.crashLoopExits = reading.number(crashLoop["exits"], 1, MostExits).value_or(rule.crashLoopExits);
    rule.crashLoopWindow = reading.duration(crashLoop["within"]).value_or(rule.crashLoopWindow);
    readSuccess(reading, section["success"], rule);
    rule.onUnhealthy = reading.flag(section["on_unhealthy"]).value_or(rule.onUnhealthy);
    return rule;
}

WatchRule readWatch(ConfigReading &reading, const ConfigField &field)
{
    WatchRule rule;
    if (!field) {
        return rule;
    }
    ConfigSection section(reading, field, WatchKeys);
    if (section.needs("paths")) {
        rule.paths = reading.paths(section["paths"]);
    }
    rule.include = reading.texts(section["include"]);
    rule.exclude = reading.texts(section["exclude"]);
    rule.debounce = reading.duration(section["debounce"]).value_or(rule.debounce);
    return rule;
}

StopRule readStop(ConfigReading &reading, const ConfigField &field)
{
    StopRule rule;
    const ConfigSection section(reading, field, StopKeys);
    rule.command = reading.command(section["command"]).value_or(rule.command);
    rule.signal = reading.signal(section["signal"]).value_or(rule.signal);
    rule.grace = reading.duration(section["grace"]).value_or(rule.grace);
    rule.scope = reading.word(section["scope"], StopScopeWords).value_or(rule.scope);
    return rule;
}

LogRule readLog(ConfigReading &reading, const ConfigField &field)
{
    LogRule rule;
    const ConfigSection section(reading, field, LogKeys);
    rule.maxBytes = reading.byteSize(section["max_size"]).value_or(rule.maxBytes);
    rule.files = reading.number(section["files"], 1, MostLogFiles).value_or(rule.files);
    return rule;
}

std::vector<AlertSpec> readAlerts(ConfigReading &reading, const ConfigField &field)
{
    std::vector<AlertSpec> alerts;
    for (const auto &item : reading.list(field)) {
        ConfigSection section(reading, item, AlertKeys);
        const bool isWhole = section.needs("pattern");
        AlertSpec alert;
        alert.name = reading.text(section["name"]).value_or(alert.name);
        alert.level = reading.word(section["level"], AlertLevelWords).value_or(alert.level);
        alert.notifies = reading.flag(section["notify"]).value_or(alert.notifies);
        auto pattern = reading.pattern(section["pattern"]);
        if (isWhole && pattern) {
            alert.pattern = std::move(*pattern);
            alerts.push_back(std::move(alert));
        }
    }
    return alerts;
}

} // namespace Quay
