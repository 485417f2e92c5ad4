// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

/// A text as YAML: as it is where nobody can misread it, else in double quotation marks. What is not UTF-8 becomes
/// U+FFFD, since YAML has no bytes. Threads: pure function.
[[nodiscard]] std::string yamlScalar(std::string_view text);

/// Writes YAML in blocks, two blanks a level. Empty sections are not written. Threads: not shared.
class YamlWriter
{
public:
    [[nodiscard]] const std::string &text() const noexcept { return m_text; }

    /// `key: value`; @p value is YAML already.
    void entry(std::string_view key, std::string_view value);
    /// `key: [a, b]`; nothing for no items, which are YAML already.
    void flowList(std::string_view key, const std::vector<std::string> &items);
    void comment(std::string_view text);
    void blankLine();

    /// `key:`; what follows is in it until the matching end().
    void begin(std::string_view key);
    /// `-`; what follows is in it until the matching end().
    void beginItem();
    void end();

private:
    void line(std::string_view text);
    /// The keys of sections that were begun and have nothing in them yet.
    void writePending();

    std::string m_text;
    std::vector<std::string> m_pending; ///< Keys; empty for an item.
    int m_level = 0; ///< Of what was written.
    bool m_atItem = false; ///< `- ` was written, and nothing behind it.
};

} // namespace Quay
