// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/servers/configmistake.h"
#include "core/servers/servercommand.h"
#include "core/servers/variables.h"
#include "core/servers/yamlnode.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// Where a configuration comes from, and what its variables mean.
struct ConfigSource
{
    std::string path; ///< Absolute.
    std::string directory; ///< Absolute; relative paths are seen from it.
    VariableMap variables;
};

/// A value of a configuration and where it stands.
struct ConfigField
{
    const YamlNode *node = nullptr; ///< Null: it is not there.
    std::string path; ///< `servers.api.ports[0]`

    [[nodiscard]] explicit operator bool() const noexcept { return node != nullptr; }
};

/// Whether `${NAME}` in a text is ours to expand. Shell lines and patterns have a `$` of their own.
enum class Expansion : std::uint8_t
{
    Variables,
    None,
};

/**
 * Takes values out of a tree and collects all that is wrong with them.
 *
 * Each function gives the value, or nothing when the field is not there or not what it has to be; the latter is a
 * mistake then. Mistakes repeat what is in the file, not what variables made of it: that may be a secret.
 *
 * Threads: not shared.
 */
class ConfigReading
{
public:
    /// @p source: must outlive this object.
    explicit ConfigReading(const ConfigSource &source);

    [[nodiscard]] const ConfigSource &source() const noexcept { return m_source; }
    [[nodiscard]] std::vector<ConfigMistake> takeMistakes();

    void refuse(MistakeCode code, const ConfigField &field, std::string found = {},
                std::vector<std::string> allowed = {});
    /// With the allowed word that is nearest to what was found.
    void refuseWord(MistakeCode code, const ConfigField &field, std::string found, std::vector<std::string> allowed);
    void add(ConfigMistake mistake);

    /// Any text; an empty one too.
    [[nodiscard]] std::optional<std::string> anyText(const ConfigField &field, Expansion expansion);
    /// A text in which something is written, though variables may leave it empty.
    [[nodiscard]] std::optional<std::string> text(const ConfigField &field, Expansion expansion = Expansion::Variables);
    [[nodiscard]] std::optional<bool> flag(const ConfigField &field);
    [[nodiscard]] std::optional<int> number(const ConfigField &field, int least, int most);
    [[nodiscard]] std::optional<double> fraction(const ConfigField &field, double least, double most);
    [[nodiscard]] std::optional<std::uint16_t> port(const ConfigField &field);
    [[nodiscard]] std::optional<std::chrono::milliseconds> duration(const ConfigField &field);
    [[nodiscard]] std::optional<std::uint64_t> byteSize(const ConfigField &field);
    [[nodiscard]] std::optional<int> signal(const ConfigField &field);
    /// A regular expression that PCRE2 takes.
    [[nodiscard]] std::optional<std::string> pattern(const ConfigField &field);
    /// Absolute.
    [[nodiscard]] std::optional<std::string> path(const ConfigField &field);
    /// A shell line, or a list with the program and its arguments.
    [[nodiscard]] std::optional<ServerCommand> command(const ConfigField &field);

    template<typename Value, std::size_t Count>
    [[nodiscard]] std::optional<Value> word(const ConfigField &field, const std::array<Word<Value>, Count> &words)
    {
        const auto found = text(field);
        const auto value = found ? valueFor(words, *found) : std::nullopt;
        if (found && !value) {
            std::vector<std::string> allowed;
            allowed.reserve(Count);
            for (const auto &known : words) {
                allowed.emplace_back(known.word);
            }
            refuseWord(MistakeCode::UnknownWord, field, field.node->text, std::move(allowed));
        }
        return value;
    }

    /// The items of a list; none when it is not there.
    [[nodiscard]] std::vector<ConfigField> list(const ConfigField &field);
    /// The entries of a map whose keys are names; none when it is not there.
    [[nodiscard]] std::vector<std::pair<std::string, ConfigField>> entries(const ConfigField &field);
    /// Those items of a list that are texts, as text() gives them.
    [[nodiscard]] std::vector<std::string> texts(const ConfigField &field, Expansion expansion = Expansion::Variables);
    [[nodiscard]] std::vector<std::string> paths(const ConfigField &field);

    /// Whether the field is of the type; a mistake when it is there and is not.
    [[nodiscard]] bool isType(const ConfigField &field, YamlType type);

private:
    [[nodiscard]] std::string expanded(const ConfigField &field);

    const ConfigSource &m_source;
    std::vector<ConfigMistake> m_mistakes;
};

/// A map of which all keys are known. Keys that are not are mistakes at once.
class ConfigSection
{
public:
    /// @p keys: must outlive this object.
    ConfigSection(ConfigReading &reading, ConfigField field, std::span<const std::string_view> keys);

    [[nodiscard]] const ConfigField &self() const noexcept { return m_field; }
    [[nodiscard]] bool has(std::string_view key) const { return static_cast<bool>((*this)[key]); }
    [[nodiscard]] ConfigField operator[](std::string_view key) const;

    /// The one of @p keys that is there. Nothing, and a mistake, when there is none or more than one.
    [[nodiscard]] std::optional<std::string_view> only(std::span<const std::string_view> keys);
    /// A mistake for each of @p keys that is there although @p other is not.
    void require(std::string_view other, std::span<const std::string_view> keys);
    /// A mistake when none of the keys is there.
    [[nodiscard]] bool needs(std::string_view key);

private:
    ConfigReading &m_reading;
    ConfigField m_field;
};

} // namespace Quay
