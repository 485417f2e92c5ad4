// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/markingtranslator.h"

namespace Quay::Test {

QString MarkingTranslator::translate(const char * /*context*/, const char *sourceText, const char * /*disambiguation*/,
                                     int /*n*/) const
{
    return QString(Opening + QString::fromUtf8(sourceText) + Closing);
}

QString unmarked(const QString &text)
{
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
    return outside.trimmed();
}

} // namespace Quay::Test
