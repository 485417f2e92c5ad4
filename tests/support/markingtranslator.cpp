// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/markingtranslator.h"

#include <QRegularExpression>

namespace Quay::Test {

QString MarkingTranslator::translate(const char * /*context*/, const char *sourceText, const char * /*disambiguation*/,
                                     int /*n*/) const
{
    return QString(Opening + QString::fromUtf8(sourceText) + Closing);
}

QString untranslatable(const QString &text, const QStringList &names)
{
    static const QRegularExpression markup(QStringLiteral("<[^>]*>|&[a-z]+;"));
    static const QRegularExpression word(QStringLiteral("\\p{L}+"));
    QString outside;
    int depth = 0;
    for (const QChar character : text) {
        if (character == MarkingTranslator::Opening) {
            ++depth;
        } else if (character == MarkingTranslator::Closing) {
            --depth;
        } else if (depth == 0) {
            outside += character;
        }
    }
    outside.remove(markup);
    for (auto match = word.globalMatch(outside); match.hasNext();) {
        if (!names.contains(match.next().captured())) {
            return outside.trimmed();
        }
    }
    return {};
}

} // namespace Quay::Test
