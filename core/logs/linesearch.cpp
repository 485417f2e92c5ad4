// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/linesearch.h"

#include "core/base/result.h"
#include "core/startup/linepattern.h"
#include "core/startup/outputline.h"

#include <QRegularExpressionMatch>
#include <QString>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace Quay {

namespace {

/// What is looked at. A view of @p line, or of @p memory.
std::string_view searchedPart(std::string_view line, std::string &memory)
{
    line = line.substr(0, LineSearch::MostSearchedBytes);
    auto sequence = line.find('\x1b');
    if (sequence == std::string_view::npos) {
        return line;
    }
    std::size_t from = 0;
    while (sequence != std::string_view::npos) {
        memory += line.substr(from, sequence - from);
        from = endOfEscapeSequence(line, sequence);
        sequence = line.find('\x1b', from);
    }
    memory += line.substr(from);
    return memory;
}

QString textOf(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

} // namespace

LineSearch::LineSearch(LinePattern pattern, std::string literal)
    : m_pattern(std::move(pattern))
    , m_literal(std::move(literal))
{
}

Result<LineSearch> LineSearch::compile(std::string_view pattern)
{
    return LinePattern::compile(pattern).transform(
        [pattern](LinePattern compiled) { return LineSearch(std::move(compiled), requiredLiteral(pattern)); });
}

bool LineSearch::matches(std::string_view line)
{
    std::string memory;
    const auto part = searchedPart(line, memory);
    if (!part.contains(m_literal)) {
        return false;
    }
    const auto match = m_pattern.match(textOf(part));
    m_costlyLines += LinePattern::isGivenUp(match) ? 1 : 0;
    return match.hasMatch();
}

FoundLine LineSearch::find(std::string_view line) const
{
    std::string memory;
    FoundLine found{.text = textOf(searchedPart(line, memory)), .spans = {}};
    auto matches = m_pattern.expression().globalMatch(found.text);
    while (matches.hasNext() && found.spans.size() < MostSpans) {
        const auto match = matches.next();
        if (match.capturedLength() > 0) {
            found.spans.push_back({.begin = match.capturedStart(), .length = match.capturedLength()});
        }
    }
    return found;
}

} // namespace Quay
