// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// A place in a text, counted from 1 as editors do; columns are characters.
struct TextPosition
{
    int line = 0; ///< 0: the file as a whole.
    int column = 0; ///< 0: the line as a whole.

    auto operator<=>(const TextPosition &) const = default;
};

/// What is wrong with a configuration. Not translated: app/shared makes sentences of it.
enum class MistakeCode : std::uint8_t
{
    NotReadable, ///< found: what the system said.
    TooLarge, ///< allowed: how many bytes at most.
    NotUtf8,
    Syntax, ///< found: what the parser said, in English.
    TooDeep, ///< allowed: how many levels at most.
    TooMany, ///< Aliases make more of it than is allowed.
    SeveralDocuments,
    UnknownTag, ///< found: the tag.
    KeyIsNoText,
    DuplicateKey, ///< found: the key; related: where it stands first.
    UnknownKey, ///< found: the key; allowed: those that are known there.
    MissingKey, ///< allowed: one of these is to be there.
    ExclusiveKeys, ///< found: the key; allowed: one of these alone.
    KeyNeedsOther, ///< found: the key; allowed: what has to stand beside it.
    WrongType, ///< found: what it is, allowed: what it has to be; both as YamlTypeWords.
    UnknownWord, ///< found: the word; allowed: the words.
    BadNumber, ///< found: the text; allowed: least and most.
    BadDuration, ///< found: the text.
    BadSize, ///< found: the text.
    BadPattern, ///< found: the pattern; allowed: what is wrong with it, in English.
    BadAddress, ///< found: the text.
    BadEndpoint, ///< found: the text, which is no HOST:PORT.
    BadUrl, ///< found: the text.
    BadName, ///< found: the text, which cannot be the name of a server or group.
    BadVariableName, ///< found: the text.
    BadVersion, ///< found: the text, which is no requirement.
    BadSignal, ///< found: the text.
    BadStatus, ///< found: the text, which is no status of HTTP or range of them.
    BadHeader, ///< found: the text, which cannot be a header of HTTP.
    Empty, ///< There has to be something.
    MalformedVariable, ///< found: the text from `${` on.
    UnsetVariable, ///< found: the name.
    UnsupportedVersion, ///< found: the version of the format; allowed: those that are known.
    DuplicateName, ///< found: the name; related: where it stands first.
    UnknownServer, ///< found: the name; allowed: the names that are known.
    NeedsItself, ///< found: the name.
    Cycle, ///< found: `api -> db -> api`
    BadLine, ///< found: a line that is nothing the format knows.
    UnterminatedQuote,
    TextBehindQuote, ///< found: what follows the closing quotation mark.
    NulByte,
    BadSection, ///< found: the section's head.
    BadExpansion, ///< found: what stands behind `%`.
    BadIndentation, ///< found: the line, which does not continue what stands above it.
    TabIndentation, ///< found: the line behind its indentation, in which a tab is.
    ColonInValue, ///< found: a value without quotation marks that has a `: ` in it.
    UnclosedBracket, ///< found: the opening one.
    ReservedCharacter, ///< found: what no value can begin with.
};

/// One mistake, with all that is needed to mend it.
struct ConfigMistake
{
    MistakeCode code = MistakeCode::Syntax;
    std::string file; ///< Absolute.
    TextPosition position;
    std::string path; ///< `servers.api.ports[0].protocol`; empty for what is about no value.
    std::string found; ///< Raw bytes of the file.
    std::vector<std::string> allowed;
    std::optional<std::string> nearest; ///< The one of the allowed that was most likely meant.
    std::optional<TextPosition> related;

    bool operator==(const ConfigMistake &) const = default;
};

} // namespace Quay
