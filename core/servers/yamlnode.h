// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/servers/configmistake.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

enum class YamlType : std::uint8_t
{
    Nothing, ///< `key:` with nothing behind it, `~`, `null`.
    Text, ///< Every scalar: what it means is for the reader to say. `on` is a text, `0123` too.
    List,
    Map,
};

/// For ConfigMistake. `number`, `flag` and the like are kinds of text.
inline constexpr std::array YamlTypeWords{
    Word{.word = "nothing", .value = YamlType::Nothing},
    Word{.word = "text", .value = YamlType::Text},
    Word{.word = "list", .value = YamlType::List},
    Word{.word = "map", .value = YamlType::Map},
};

struct YamlEntry;

/// A part of a YAML document, with its place. Aliases and merge keys are resolved. A plain value.
struct YamlNode
{
    YamlType type = YamlType::Nothing;
    TextPosition position;
    std::string text;
    bool isQuoted = false; ///< In quotation marks or as a block: `"true"` is no flag.
    std::vector<YamlNode> items;
    std::vector<YamlEntry> entries; ///< In the order of the file; each key once.

    /// Null when there is none.
    [[nodiscard]] const YamlNode *find(std::string_view key) const;
};

struct YamlEntry
{
    std::string key;
    TextPosition position; ///< Of the key.
    YamlNode value;
};

inline const YamlNode *YamlNode::find(std::string_view key) const
{
    for (const auto &entry : entries) {
        if (entry.key == key) {
            return &entry.value;
        }
    }
    return nullptr;
}

/// What was read from a text. With mistakes the root is what could be made of the rest.
struct YamlDocument
{
    YamlNode root;
    bool isWhole = false; ///< Nothing of the text was left out.
    std::vector<ConfigMistake> mistakes; ///< Without the file.
};

// What a file may have; more is a mistake, and nothing is cut off.
inline constexpr std::size_t MostYamlBytes = std::size_t{1} << 20U; ///< Of the text.
inline constexpr int DeepestYamlLevel = 64;
inline constexpr std::size_t MostYamlNodes = 100'000; ///< Once aliases are resolved.
inline constexpr std::size_t MostYamlTextBytes = std::size_t{8} << 20U; ///< Of all texts, once aliases are resolved.

/// Reads YAML. Behind an interface, because the library that does it is loaded only when a file is to be read.
class YamlParser
{
public:
    YamlParser() = default;
    YamlParser(const YamlParser &) = delete;
    YamlParser &operator=(const YamlParser &) = delete;
    virtual ~YamlParser() = default;

    /// Never throws. Threads: any, one at a time.
    [[nodiscard]] virtual YamlDocument parse(std::string_view text) = 0;
};

} // namespace Quay
