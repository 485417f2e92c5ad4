// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/jsonreader.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

using Quay::JsonReader;
using Quay::Fuzz::require;

namespace {

constexpr int DeepestLevel = 32;

/// A text is a part of the document, and ends where a quotation mark is.
void requireText(const JsonReader &reader, std::string_view text, std::string_view document)
{
    if (reader.error()) {
        require(text.empty());
        return;
    }
    const std::less_equal<const char *> isNotAfter;
    require(isNotAfter(document.data(), text.data()));
    require(isNotAfter(text.data() + text.size() + 1, document.data() + document.size()));
    require(text.find_first_of("\"\\\n") == std::string_view::npos && text.data()[text.size()] == '"');
}

/// Reads a document of which the first letter of a member's name says what is in it.
void readObject(JsonReader &reader, std::string_view document, int level)
{
    reader.beginObject();
    while (const auto name = reader.nextMember()) {
        requireText(reader, *name, document);
        switch (name->empty() ? ' ' : name->front()) {
        case 'f':
            (void)reader.flag();
            break;
        case 'n':
            (void)reader.number();
            break;
        case 'l':
            for (const auto text : reader.texts()) {
                require(!text.contains('"'));
            }
            break;
        case 'o':
            if (level == DeepestLevel) {
                reader.fail("too deep");
            } else {
                readObject(reader, document, level + 1);
            }
            break;
        case 'a':
            reader.beginArray();
            while (reader.nextItem()) {
                requireText(reader, reader.text(), document);
            }
            break;
        default:
            requireText(reader, reader.text(), document);
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto document = Quay::Fuzz::asText(data, size);
    JsonReader reader(document);
    readObject(reader, document, 0);
    reader.finish();
    if (const auto first = reader.error()) {
        require(first->code == Quay::ErrorCode::Malformed && first->subject.starts_with("line "));
        // Nothing comes after an error, and the first one is kept.
        require(reader.text().empty() && reader.texts().empty() && !reader.flag() && reader.number() == 0);
        require(!reader.nextMember() && !reader.nextItem());
        require(reader.error() == first);
    }
    return 0;
}
