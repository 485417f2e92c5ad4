// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/servers/configmistake.h"

#include <array>

namespace Quay {

/// The words for a MistakeCode in JSON. They are never changed, only added to.
inline constexpr std::array MistakeCodeWords{
    Word{.word = "notReadable", .value = MistakeCode::NotReadable},
    Word{.word = "tooLarge", .value = MistakeCode::TooLarge},
    Word{.word = "notUtf8", .value = MistakeCode::NotUtf8},
    Word{.word = "syntax", .value = MistakeCode::Syntax},
    Word{.word = "tooDeep", .value = MistakeCode::TooDeep},
    Word{.word = "tooMany", .value = MistakeCode::TooMany},
    Word{.word = "severalDocuments", .value = MistakeCode::SeveralDocuments},
    Word{.word = "unknownTag", .value = MistakeCode::UnknownTag},
    Word{.word = "keyIsNoText", .value = MistakeCode::KeyIsNoText},
    Word{.word = "duplicateKey", .value = MistakeCode::DuplicateKey},
    Word{.word = "unknownKey", .value = MistakeCode::UnknownKey},
    Word{.word = "missingKey", .value = MistakeCode::MissingKey},
    Word{.word = "exclusiveKeys", .value = MistakeCode::ExclusiveKeys},
    Word{.word = "keyNeedsOther", .value = MistakeCode::KeyNeedsOther},
    Word{.word = "wrongType", .value = MistakeCode::WrongType},
    Word{.word = "unknownWord", .value = MistakeCode::UnknownWord},
    Word{.word = "badNumber", .value = MistakeCode::BadNumber},
    Word{.word = "badDuration", .value = MistakeCode::BadDuration},
    Word{.word = "badSize", .value = MistakeCode::BadSize},
    Word{.word = "badPattern", .value = MistakeCode::BadPattern},
    Word{.word = "badAddress", .value = MistakeCode::BadAddress},
    Word{.word = "badEndpoint", .value = MistakeCode::BadEndpoint},
    Word{.word = "badUrl", .value = MistakeCode::BadUrl},
    Word{.word = "badName", .value = MistakeCode::BadName},
    Word{.word = "badVariableName", .value = MistakeCode::BadVariableName},
    Word{.word = "badVersion", .value = MistakeCode::BadVersion},
    Word{.word = "badSignal", .value = MistakeCode::BadSignal},
    Word{.word = "badStatus", .value = MistakeCode::BadStatus},
    Word{.word = "badHeader", .value = MistakeCode::BadHeader},
    Word{.word = "empty", .value = MistakeCode::Empty},
    Word{.word = "malformedVariable", .value = MistakeCode::MalformedVariable},
    Word{.word = "unsetVariable", .value = MistakeCode::UnsetVariable},
    Word{.word = "unsupportedVersion", .value = MistakeCode::UnsupportedVersion},
    Word{.word = "duplicateName", .value = MistakeCode::DuplicateName},
    Word{.word = "unknownServer", .value = MistakeCode::UnknownServer},
    Word{.word = "needsItself", .value = MistakeCode::NeedsItself},
    Word{.word = "cycle", .value = MistakeCode::Cycle},
    Word{.word = "badLine", .value = MistakeCode::BadLine},
    Word{.word = "unterminatedQuote", .value = MistakeCode::UnterminatedQuote},
    Word{.word = "textBehindQuote", .value = MistakeCode::TextBehindQuote},
    Word{.word = "nulByte", .value = MistakeCode::NulByte},
    Word{.word = "badSection", .value = MistakeCode::BadSection},
    Word{.word = "badExpansion", .value = MistakeCode::BadExpansion},
    Word{.word = "badIndentation", .value = MistakeCode::BadIndentation},
    Word{.word = "tabIndentation", .value = MistakeCode::TabIndentation},
    Word{.word = "colonInValue", .value = MistakeCode::ColonInValue},
    Word{.word = "unclosedBracket", .value = MistakeCode::UnclosedBracket},
    Word{.word = "reservedCharacter", .value = MistakeCode::ReservedCharacter},
};

} // namespace Quay
