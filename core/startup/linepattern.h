// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QRegularExpression>
#include <QRegularExpressionMatch>
#include <QString>

#include <string>
#include <string_view>

namespace Quay {

/**
 * A regular expression (PCRE2) for lines of output that cannot stall whoever reads them.
 *
 * PCRE2 backtracks, and a pattern such as `(a+)+b` does so for years. Qt has no way to limit that, but a pattern itself
 * may: (*LIMIT_MATCH=n) is put before each. What a pattern may cost is thereby bounded, for a line of MostLineBytes
 * too, by about a millisecond; a line on which it runs into the limit does not match, and that is said.
 *
 * Threads: immutable; share it freely.
 */
class LinePattern
{
public:
    /// Errors: Invalid, with the place in the pattern and what is wrong there as subject: `character 5: missing ...`.
    [[nodiscard]] static Result<LinePattern> compile(std::string_view pattern);

    [[nodiscard]] QRegularExpressionMatch match(const QString &line) const;
    /// Whether the match was given up because it cost too much. It has no match then.
    [[nodiscard]] static bool isGivenUp(const QRegularExpressionMatch &match);

    [[nodiscard]] const QRegularExpression &expression() const { return m_expression; }

private:
    explicit LinePattern(QRegularExpression expression);

    QRegularExpression m_expression;
};

/// What a named group has captured, in UTF-8; empty when it has nothing or is not in the pattern.
[[nodiscard]] std::string captured(const QRegularExpressionMatch &match, QStringView group);

/**
 * A text that every line has which @p pattern matches, as long as it can be told at a glance; empty when it cannot.
 *
 * It is looked for first, which is much cheaper. Alternatives, options (`(?i)`) and verbs make it give up.
 *
 * Threads: pure function.
 */
[[nodiscard]] std::string requiredLiteral(std::string_view pattern);

} // namespace Quay
