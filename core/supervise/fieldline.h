// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/number.h"
#include "core/base/result.h"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/**
 * One line of the files and messages of supervision: a word, and fields with names. `exited at=17 code=1`
 *
 * All of them have this one form: a person can read it, a newer program can add a field, and an older one leaves out
 * what it does not know. A value may be any bytes; those that are not printable ASCII, blanks and `%` are written as
 * `%0A`. There is one way to write a line, so that whatever is read is written again as the same bytes.
 *
 * Threads: not shared.
 */
class FieldLine
{
public:
    explicit FieldLine(std::string word);

    [[nodiscard]] const std::string &word() const noexcept { return m_word; }

    /// @p name: letters, and not empty.
    void add(std::string name, std::string value);
    void add(std::string name, std::integral auto value) { add(std::move(name), std::to_string(value)); }
    /// Nothing is added for nothing.
    template<typename Value>
    void add(std::string name, const std::optional<Value> &value)
    {
        if (value) {
            add(std::move(name), *value);
        }
    }

    /// The first field of that name.
    [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
    /// All fields of that name, in order.
    [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;
    /// Nothing also when it is there but no such number.
    template<std::integral T>
    [[nodiscard]] std::optional<T> number(std::string_view name) const
    {
        const auto found = text(name);
        return found ? numberFromText<T>(*found) : std::nullopt;
    }
    /// False unless it is there and says so.
    [[nodiscard]] bool flag(std::string_view name) const { return number<int>(name) == 1; }

    /// Without a line break.
    [[nodiscard]] std::string line() const;

private:
    struct Field
    {
        std::string name;
        std::string value;
    };

    std::string m_word;
    std::vector<Field> m_fields;
};

/// Reads a line without its line break. Errors: Malformed, with the part that is wrong. Threads: pure function.
[[nodiscard]] Result<FieldLine> fieldLineFrom(std::string_view line);

} // namespace Quay
