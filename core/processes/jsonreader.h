// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/**
 * Reads JSON from front to back, member by member, without building a document and without copying texts.
 *
 * It is for files of our own that are read at every start: a document tree of the built-in rules costs several times
 * the whole start of the command line. Texts must not have escapes, and numbers are small and whole.
 *
 * Errors:  the first one is kept, see error(); after it every function gives nothing, false or an empty text, so that
 *          loops end by themselves.
 * Threads: not shared.
 */
class JsonReader
{
public:
    /// @p json must outlive the reader and every text that it gave.
    explicit JsonReader(std::string_view json);

    void beginObject();
    /// The name of the next member, whose value is to be read then. Nothing at the end of the object.
    [[nodiscard]] std::optional<std::string_view> nextMember();

    void beginArray();
    /// Whether there is one more item, which is to be read then.
    [[nodiscard]] bool nextItem();

    [[nodiscard]] std::string_view text();
    [[nodiscard]] std::vector<std::string_view> texts();
    [[nodiscard]] bool flag();
    [[nodiscard]] int number();

    /// Only blanks may follow.
    void finish();

    /// Malformed, with the line number and @p what as subject, unless something failed before.
    void fail(std::string_view what);
    [[nodiscard]] const std::optional<Error> &error() const noexcept { return m_error; }

private:
    void skipBlanks();
    bool skip(char expected);
    void expect(char expected);
    [[nodiscard]] bool hasNext(char end);

    std::string_view m_json;
    std::size_t m_position = 0;
    bool m_isFirst = false; ///< An object or array was begun and nothing of it read yet.
    std::optional<Error> m_error;
};

} // namespace Quay
