// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/linepattern.h"

#include <QByteArray>
#include <QLatin1StringView>
#include <QString>
#include <QStringView>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace Quay {

namespace {

/// Patterns that are not at fault need less on the longest line; those that are need less than a millisecond for it.
constexpr QLatin1StringView Limit("(*LIMIT_MATCH=50000)");

bool isPunctuation(char letter)
{
    return letter > ' ' && letter < '\x7f' && std::string_view("0123456789").find(letter) == std::string_view::npos
        && !((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'));
}

/// Goes through a pattern and keeps the longest run of characters outside of groups and classes.
class LiteralFinder
{
public:
    explicit LiteralFinder(std::string_view pattern)
        : m_pattern(pattern)
    {
    }

    [[nodiscard]] std::string find()
    {
        while (m_at < m_pattern.size()) {
            if (!step()) {
                return {};
            }
        }
        endRun();
        return m_depth == 0 ? m_longest : std::string();
    }

private:
    /// Whether it goes on.
    bool step()
    {
        const char letter = m_pattern[m_at++];
        switch (letter) {
        case '|':
            if (m_depth == 0) {
                return false;
            }
            break;
        case '(':
            endRun();
            ++m_depth;
            return isPlainGroup();
        case ')':
            --m_depth;
            break;
        case '[':
            endRun();
            return skipClass();
        case '*':
        case '?':
        case '{': // the character before it may be there or not
            dropLast();
            endRun();
            if (letter == '{') {
                m_at = std::min(m_pattern.find('}', m_at), m_pattern.size());
            }
            break;
        case '+':
        case '.':
        case '^':
        case '$':
        case '}':
            endRun();
            break;
        case '\\':
            return escape();
        default:
            take(letter);
            break;
        }
        return true;
    }

    /// What begins with `(?` and is neither a name nor a group without one may change what letters mean.
    [[nodiscard]] bool isPlainGroup() const
    {
        const auto rest = m_pattern.substr(m_at);
        if (rest.starts_with('*')) {
            return false;
        }
        return !rest.starts_with('?') || rest.starts_with("?:") || rest.starts_with("?<") || rest.starts_with("?P<")
            || rest.starts_with("?=") || rest.starts_with("?!");
    }

    bool skipClass()
    {
        std::size_t end = m_at + (m_pattern.substr(m_at).starts_with('^') ? 1 : 0);
        end = m_pattern.find(']', end + 1); // one that stands first is a member
        const auto inside = m_pattern.substr(m_at, end == std::string_view::npos ? end : end - m_at);
        m_at = end == std::string_view::npos ? m_pattern.size() : end + 1;
        return end != std::string_view::npos && !inside.contains('\\') && !inside.contains('[');
    }

    bool escape()
    {
        if (m_at == m_pattern.size()) {
            return false;
        }
        const char letter = m_pattern[m_at++];
        if (isPunctuation(letter)) {
            take(letter);
            return true;
        }
        endRun();
        return std::string_view("bBdDsSwWAzZ").contains(letter); // others take more, or change what follows
    }

    void take(char letter)
    {
        if (m_depth == 0) {
            m_run += letter;
        }
    }

    void dropLast()
    {
        while (!m_run.empty() && (static_cast<unsigned char>(m_run.back()) & 0xc0U) == 0x80U) {
            m_run.pop_back(); // all bytes of one character
        }
        if (!m_run.empty()) {
            m_run.pop_back();
        }
    }

    void endRun()
    {
        if (m_run.size() > m_longest.size()) {
            m_longest = m_run;
        }
        m_run.clear();
    }

    std::string_view m_pattern;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::string m_run;
    std::string m_longest;
};

} // namespace

LinePattern::LinePattern(QRegularExpression expression)
    : m_expression(std::move(expression))
{
}

Result<LinePattern> LinePattern::compile(std::string_view pattern)
{
    const auto text = QString::fromUtf8(pattern.data(), static_cast<qsizetype>(pattern.size()));
    QRegularExpression expression(QString(Limit + text));
    if (!expression.isValid()) {
        const auto place = std::max<qsizetype>(expression.patternErrorOffset() - Limit.size(), 0) + 1;
        return fail(ErrorCode::Invalid,
                    "character " + std::to_string(place) + ": " + expression.errorString().toStdString());
    }
    return LinePattern(std::move(expression));
}

QRegularExpressionMatch LinePattern::match(const QString &line) const
{
    return m_expression.match(line);
}

bool LinePattern::isGivenUp(const QRegularExpressionMatch &match)
{
    return !match.isValid();
}

std::string captured(const QRegularExpressionMatch &match, QStringView group)
{
    return match.captured(group).toStdString();
}

std::string requiredLiteral(std::string_view pattern)
{
    return LiteralFinder(pattern).find();
}

} // namespace Quay
