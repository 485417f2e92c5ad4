// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/startuprules.h"

#include "core/base/result.h"
#include "core/base/words.h"
#include "core/processes/jsonreader.h"
#include "core/resources.h"
#include "core/startup/spokenduration.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr int SchemaVersion = 1;

constexpr std::array<std::string_view, 8> KnownGroups{"duration", "unit", "port",  "host",
                                                      "url",      "step", "steps", "name"};

/// A rule as far as it was read.
struct RuleParts
{
    std::string_view id;
    std::vector<std::string_view> kinds;
    std::vector<std::string_view> contains;
    std::optional<Saying> says;
    std::string_view phase;
    std::string_view unit;
    std::string_view pattern;
};

} // namespace

struct StartupRules::Data
{
    std::vector<StartupRule> rules;
    LiteralSearch literals;
};

/// Fills Data from its text. See startup.schema.json.
class StartupRules::Loader
{
public:
    Loader(Data &data, std::string_view json)
        : m_data(data)
        , m_reader(json)
    {
    }

    [[nodiscard]] Result<> load()
    {
        m_reader.beginObject();
        while (const auto key = m_reader.nextMember()) {
            readPart(*key);
        }
        m_reader.finish();
        if (m_data.rules.empty()) {
            m_reader.fail("rules expected");
        }
        if (const auto &error = m_reader.error()) {
            return std::unexpected(*error);
        }
        m_data.literals.finish();
        return {};
    }

private:
    void readPart(std::string_view key)
    {
        if (key == "schema") {
            if (m_reader.number() != SchemaVersion) {
                m_reader.fail("schema must be 1");
            }
        } else if (key == "$schema") {
            std::ignore = m_reader.text();
        } else if (key == "rules") {
            m_reader.beginArray();
            while (m_reader.nextItem()) {
                m_reader.beginObject();
                addRule(readRule());
            }
        } else {
            m_reader.fail("unknown key " + std::string(key));
        }
    }

    [[nodiscard]] RuleParts readRule()
    {
        RuleParts parts;
        while (const auto key = m_reader.nextMember()) {
            if (*key == "id") {
                parts.id = m_reader.text();
            } else if (*key == "kinds") {
                parts.kinds = m_reader.texts();
            } else if (*key == "contains") {
                parts.contains = m_reader.texts();
            } else if (*key == "says") {
                parts.says = valueFor(SayingWords, m_reader.text());
            } else if (*key == "phase") {
                parts.phase = m_reader.text();
            } else if (*key == "unit") {
                parts.unit = m_reader.text();
            } else if (*key == "pattern") {
                parts.pattern = m_reader.text();
            } else {
                failRule(parts, "unknown key " + std::string(*key));
            }
        }
        return parts;
    }

    void addRule(const RuleParts &parts)
    {
        if (parts.id.empty() || parts.contains.empty() || parts.pattern.empty() || !parts.says) {
            failRule(parts, "id, contains, pattern and a known says expected");
        }
        if (std::ranges::contains(m_data.rules, parts.id, &StartupRule::id)) {
            failRule(parts, "this id was given before");
        }
        if (!parts.unit.empty() && !spokenDuration("1", parts.unit)) {
            failRule(parts, "unknown unit");
        }
        if (m_reader.error()) {
            return;
        }
        auto pattern = LinePattern::compile(parts.pattern);
        if (!pattern) {
            failRule(parts, pattern.error().subject);
            return;
        }
        checkGroups(parts, *pattern);
        addLiterals(parts);
        m_data.rules.push_back({.id = std::string(parts.id),
                                .kinds = {parts.kinds.begin(), parts.kinds.end()},
                                .says = parts.says.value_or(Saying::Ready),
                                .phase = std::string(parts.phase),
                                .unit = std::string(parts.unit),
                                .pattern = *std::move(pattern)});
    }

    void checkGroups(const RuleParts &parts, const LinePattern &pattern)
    {
        bool namesPhase = !parts.phase.empty();
        for (const auto &group : pattern.expression().namedCaptureGroups()) {
            const auto name = group.toStdString();
            if (!name.empty() && !std::ranges::contains(KnownGroups, std::string_view(name))) {
                failRule(parts, "unknown group " + name);
            }
            namesPhase = namesPhase || name == "name" || name == "step";
        }
        const bool needsPhase =
            parts.says == Saying::PhaseBegins || parts.says == Saying::PhaseEnds || parts.says == Saying::Step;
        if (needsPhase && !namesPhase) {
            failRule(parts, "phase, or a group name or step, expected");
        }
    }

    void addLiterals(const RuleParts &parts)
    {
        const auto index = m_data.rules.size();
        for (const auto literal : parts.contains) {
            if (index > std::numeric_limits<std::uint16_t>::max()
                || !m_data.literals.add(literal, static_cast<std::uint16_t>(index))) {
                failRule(parts, "contains has an empty text, or there are too many");
            }
        }
    }

    void failRule(const RuleParts &parts, const std::string &what)
    {
        m_reader.fail("rule " + (parts.id.empty() ? "without id" : std::string(parts.id)) + ": " + what);
    }

    Data &m_data;
    JsonReader m_reader;
};

bool StartupRule::isOf(std::string_view kind) const
{
    return std::ranges::contains(kinds, kind);
}

StartupRules::StartupRules(std::shared_ptr<const Data> data)
    : m_data(std::move(data))
{
}

Result<StartupRules> StartupRules::fromJson(std::string_view json)
{
    const auto data = std::make_shared<Data>();
    return Loader(*data, json).load().transform([&data] { return StartupRules(data); });
}

const StartupRules &StartupRules::builtIn()
{
    static const StartupRules rules = [] {
        auto loaded = fromJson(startupJson());
        assert(loaded); // a test reads them
        if (loaded) {
            return *std::move(loaded);
        }
        const auto none = std::make_shared<Data>();
        none->literals.finish();
        return StartupRules(none);
    }();
    return rules;
}

const std::vector<StartupRule> &StartupRules::rules() const
{
    return m_data->rules;
}

const LiteralSearch &StartupRules::literals() const
{
    return m_data->literals;
}

bool StartupRules::knowsKind(std::string_view kind) const
{
    return std::ranges::any_of(m_data->rules, [kind](const StartupRule &rule) { return rule.isOf(kind); });
}

} // namespace Quay
