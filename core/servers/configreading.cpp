// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/configreading.h"

#include "core/base/bytesize.h"
#include "core/base/duration.h"
#include "core/base/endpoint.h"
#include "core/base/nearestword.h"
#include "core/base/number.h"
#include "core/base/signalname.h"
#include "core/servers/configkeys.h"
#include "core/servers/configpath.h"

#include <QRegularExpression>
#include <QString>

#include <algorithm>
#include <charconv>
#include <memory>
#include <system_error>
#include <utility>

namespace Quay {

namespace {

constexpr int HighestPort = 65535;

/// The allowed word that was meant: what other tools call so, else the nearest.
std::optional<std::string> meantWord(const std::string &found, const std::vector<std::string> &allowed)
{
    for (const auto &word : ForeignWords) {
        if (word.foreign == found && std::ranges::contains(allowed, word.ours)) {
            return std::string(word.ours);
        }
    }
    return nearestWord(found, allowed);
}

std::string numberText(double number)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return {digits.data(), end};
}

} // namespace

ConfigReading::ConfigReading(const ConfigSource &source)
    : m_source(source)
{
}

std::vector<ConfigMistake> ConfigReading::takeMistakes()
{
    return std::move(m_mistakes);
}

void ConfigReading::refuse(MistakeCode code, const ConfigField &field, std::string found,
                           std::vector<std::string> allowed)
{
    add({.code = code,
         .file = {},
         .position = field ? field.node->position : TextPosition{},
         .path = field.path,
         .found = std::move(found),
         .allowed = std::move(allowed)});
}

void ConfigReading::refuseWord(MistakeCode code, const ConfigField &field, std::string found,
                               std::vector<std::string> allowed)
{
    auto nearest = meantWord(found, allowed);
    refuse(code, field, std::move(found), std::move(allowed));
    m_mistakes.back().nearest = std::move(nearest);
}

void ConfigReading::add(ConfigMistake mistake)
{
    mistake.file = m_source.path;
    m_mistakes.push_back(std::move(mistake));
}

bool ConfigReading::isType(const ConfigField &field, YamlType type)
{
    if (field && field.node->type != type) {
        refuse(MistakeCode::WrongType, field, std::string(wordFor(YamlTypeWords, field.node->type)),
               {std::string(wordFor(YamlTypeWords, type))});
    }
    return field && field.node->type == type;
}

std::string ConfigReading::expanded(const ConfigField &field)
{
    auto result = expandVariables(field.node->text, m_source.variables);
    for (auto &problem : result.problems) {
        refuse(problem.code, field, std::move(problem.found));
    }
    return std::move(result.text);
}

std::optional<std::string> ConfigReading::anyText(const ConfigField &field, Expansion expansion)
{
    if (!isType(field, YamlType::Text)) {
        return std::nullopt;
    }
    return expansion == Expansion::Variables ? expanded(field) : field.node->text;
}

std::optional<std::string> ConfigReading::text(const ConfigField &field, Expansion expansion)
{
    const auto mistakesBefore = m_mistakes.size();
    auto found = anyText(field, expansion);
    if (m_mistakes.size() > mistakesBefore) {
        return std::nullopt; // what is left of it would be a second mistake
    }
    if (found && field.node->text.empty()) { // what variables leave empty is for the caller to judge
        refuse(MistakeCode::Empty, field);
        return std::nullopt;
    }
    return found;
}

std::optional<bool> ConfigReading::flag(const ConfigField &field)
{
    const auto found = text(field);
    if (!found) {
        return std::nullopt;
    }
    if (*found != "true" && *found != "false") {
        refuseWord(MistakeCode::UnknownWord, field, field.node->text, {"true", "false"});
        return std::nullopt;
    }
    return *found == "true";
}

std::optional<int> ConfigReading::number(const ConfigField &field, int least, int most)
{
    const auto found = text(field);
    const auto value = found ? numberFromText<int>(*found) : std::nullopt;
    if (!found || (value && *value >= least && *value <= most)) {
        return value;
    }
    refuse(MistakeCode::BadNumber, field, field.node->text, {std::to_string(least), std::to_string(most)});
    return std::nullopt;
}

std::optional<double> ConfigReading::fraction(const ConfigField &field, double least, double most)
{
    const auto found = text(field);
    if (!found) {
        return std::nullopt;
    }
    double value = 0;
    const char *const end = std::to_address(found->end());
    const auto [stop, failure] = std::from_chars(std::to_address(found->begin()), end, value, std::chars_format::fixed);
    if (failure == std::errc() && stop == end && value >= least && value <= most) {
        return value;
    }
    refuse(MistakeCode::BadNumber, field, field.node->text, {numberText(least), numberText(most)});
    return std::nullopt;
}

std::optional<std::uint16_t> ConfigReading::port(const ConfigField &field)
{
    return number(field, 1, HighestPort).transform([](int value) { return static_cast<std::uint16_t>(value); });
}

std::optional<std::chrono::milliseconds> ConfigReading::duration(const ConfigField &field)
{
    const auto found = text(field);
    const auto value = found ? durationFromText(*found) : fail(ErrorCode::Invalid, {});
    if (found && !value) {
        refuse(MistakeCode::BadDuration, field, field.node->text);
    }
    return value ? std::optional(*value) : std::nullopt;
}

std::optional<std::uint64_t> ConfigReading::byteSize(const ConfigField &field)
{
    const auto found = text(field);
    const auto value = found ? byteSizeFromText(*found) : fail(ErrorCode::Invalid, {});
    if (found && !value) {
        refuse(MistakeCode::BadSize, field, field.node->text);
    }
    return value ? std::optional(*value) : std::nullopt;
}

std::optional<int> ConfigReading::signal(const ConfigField &field)
{
    const auto found = text(field);
    const auto value = found ? signalFromText(*found) : std::nullopt;
    if (found && !value) {
        refuse(MistakeCode::BadSignal, field, field.node->text);
    }
    return value;
}

std::optional<std::string> ConfigReading::pattern(const ConfigField &field)
{
    auto found = text(field, Expansion::None);
    if (!found) {
        return std::nullopt;
    }
    const QRegularExpression expression(QString::fromStdString(*found));
    if (!expression.isValid()) {
        refuse(MistakeCode::BadPattern, field, field.node->text, {expression.errorString().toStdString()});
        return std::nullopt;
    }
    return found;
}

std::optional<std::string> ConfigReading::path(const ConfigField &field)
{
    return text(field).transform(
        [this](const std::string &found) { return resolvedPath(found, m_source.directory, m_source.variables); });
}

std::optional<ServerCommand> ConfigReading::command(const ConfigField &field)
{
    if (!field) {
        return std::nullopt;
    }
    ServerCommand command;
    if (field.node->type == YamlType::Text) {
        const auto line = text(field, Expansion::None);
        if (!line) {
            return std::nullopt;
        }
        command.shellLine = *line;
        return command;
    }
    if (field.node->type != YamlType::List) {
        refuse(
            MistakeCode::WrongType, field, std::string(wordFor(YamlTypeWords, field.node->type)),
            {std::string(wordFor(YamlTypeWords, YamlType::Text)), std::string(wordFor(YamlTypeWords, YamlType::List))});
        return std::nullopt;
    }
    for (const auto &item : list(field)) {
        command.arguments.push_back(anyText(item, Expansion::Variables).value_or(std::string()));
    }
    if (command.arguments.empty() || command.arguments.front().empty()) {
        refuse(MistakeCode::Empty, field);
        return std::nullopt;
    }
    return command;
}

std::vector<ConfigField> ConfigReading::list(const ConfigField &field)
{
    std::vector<ConfigField> items;
    if (isType(field, YamlType::List)) {
        for (std::size_t i = 0; i < field.node->items.size(); ++i) {
            items.push_back({.node = &field.node->items[i], .path = field.path + '[' + std::to_string(i) + ']'});
        }
    }
    return items;
}

std::vector<std::pair<std::string, ConfigField>> ConfigReading::entries(const ConfigField &field)
{
    std::vector<std::pair<std::string, ConfigField>> fields;
    if (isType(field, YamlType::Map)) {
        for (const auto &entry : field.node->entries) {
            fields.emplace_back(entry.key, ConfigField{.node = &entry.value, .path = field.path + '.' + entry.key});
        }
    }
    return fields;
}

std::vector<std::string> ConfigReading::texts(const ConfigField &field, Expansion expansion)
{
    std::vector<std::string> found;
    for (const auto &item : list(field)) {
        if (auto one = text(item, expansion)) {
            found.push_back(std::move(*one));
        }
    }
    return found;
}

std::vector<std::string> ConfigReading::paths(const ConfigField &field)
{
    std::vector<std::string> found;
    for (const auto &item : list(field)) {
        if (auto one = path(item)) {
            found.push_back(std::move(*one));
        }
    }
    return found;
}

ConfigSection::ConfigSection(ConfigReading &reading, ConfigField field, std::span<const std::string_view> keys)
    : m_reading(reading)
    , m_field(std::move(field))
{
    if (!reading.isType(m_field, YamlType::Map)) {
        m_field.node = nullptr;
        return;
    }
    for (const auto &entry : m_field.node->entries) {
        if (!std::ranges::contains(keys, entry.key)) {
            const YamlNode place{
                .type = YamlType::Text, .position = entry.position, .text = {}, .items = {}, .entries = {}};
            reading.refuseWord(MistakeCode::UnknownKey, {.node = &place, .path = m_field.path}, entry.key,
                               {keys.begin(), keys.end()});
        }
    }
}

ConfigField ConfigSection::operator[](std::string_view key) const
{
    const std::string prefix = m_field.path.empty() ? std::string() : m_field.path + '.';
    return {.node = m_field ? m_field.node->find(key) : nullptr, .path = prefix + std::string(key)};
}

std::optional<std::string_view> ConfigSection::only(std::span<const std::string_view> keys)
{
    if (!m_field) {
        return std::nullopt;
    }
    std::optional<std::string_view> first;
    for (const auto key : keys) {
        if (!has(key)) {
            continue;
        }
        if (first) {
            m_reading.refuse(MistakeCode::ExclusiveKeys, (*this)[key], std::string(key), {keys.begin(), keys.end()});
            return std::nullopt;
        }
        first = key;
    }
    if (!first) {
        m_reading.refuse(MistakeCode::MissingKey, m_field, {}, {keys.begin(), keys.end()});
    }
    return first;
}

void ConfigSection::require(std::string_view other, std::span<const std::string_view> keys)
{
    if (has(other)) {
        return;
    }
    for (const auto key : keys) {
        if (has(key)) {
            m_reading.refuse(MistakeCode::KeyNeedsOther, (*this)[key], std::string(key), {std::string(other)});
        }
    }
}

bool ConfigSection::needs(std::string_view key)
{
    if (m_field && !has(key)) {
        m_reading.refuse(MistakeCode::MissingKey, m_field, {}, {std::string(key)});
    }
    return has(key);
}

} // namespace Quay
