// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/yamlcppparser.h"

#include "core/base/utf8.h"
#include "core/yaml/syntaxmistake.h"
#include "core/yaml/treebuilder.h"

#include <algorithm>
#include <istream>
#include <spanstream>
#include <string>
#include <utility>

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace Quay {

namespace {

constexpr std::string_view ByteOrderMark = "\xEF\xBB\xBF";

YamlDocument refused(ConfigMistake mistake)
{
    YamlDocument document;
    document.mistakes.push_back(std::move(mistake));
    return document;
}

/// Of a byte, when all before it is UTF-8.
TextPosition positionAt(std::string_view text, std::size_t offset)
{
    const auto before = text.substr(0, offset);
    const auto lineBegin = before.rfind('\n') + 1; // npos + 1 is 0
    const auto isCharacter = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; };
    return {.line = static_cast<int>(std::ranges::count(before, '\n')) + 1,
            .column = static_cast<int>(std::ranges::count_if(before.substr(lineBegin), isCharacter)) + 1};
}

/// Parses until the end, the first mistake in the syntax, or a limit.
YamlDocument parseBounded(std::string_view text)
{
    TreeBuilder builder(text);
    bool isWhole = false;
    std::vector<ConfigMistake> mistakes;
    try {
        std::ispanstream stream(std::span<const char>(text.data(), text.size()));
        YAML::Parser parser(stream);
        if (parser.HandleNextDocument(builder)) {
            TreeBuilder second(text);
            if (parser.HandleNextDocument(second)) {
                mistakes.push_back({.code = MistakeCode::SeveralDocuments});
            }
        }
        isWhole = true;
    } catch (const TreeBuilder::LimitReached &limit) {
        const auto most =
            limit.code == MistakeCode::TooDeep ? static_cast<std::size_t>(DeepestYamlLevel) : MostYamlNodes;
        mistakes.push_back(
            {.code = limit.code, .position = builder.placeOf(limit.mark), .allowed = {std::to_string(most)}});
    } catch (const YAML::Exception &failure) {
        mistakes.push_back(syntaxMistake(text, builder.placeOf(failure.mark), failure.msg));
    }
    YamlDocument document = builder.take();
    document.isWhole = isWhole;
    std::ranges::move(mistakes, std::back_inserter(document.mistakes));
    return document;
}

} // namespace

YamlDocument YamlCppParser::parse(std::string_view text)
{
    if (text.size() > MostYamlBytes) {
        return refused({.code = MistakeCode::TooLarge, .allowed = {std::to_string(MostYamlBytes)}});
    }
    if (text.starts_with(ByteOrderMark)) {
        text.remove_prefix(ByteOrderMark.size());
    }
    if (const auto invalid = firstInvalidUtf8(text)) {
        return refused({.code = MistakeCode::NotUtf8, .position = positionAt(text, *invalid)});
    }
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        return refused({.code = MistakeCode::NulByte, .position = positionAt(text, nul)});
    }
    return parseBounded(text);
}

} // namespace Quay
