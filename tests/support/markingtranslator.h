// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QTranslator>

namespace Quay::Test {

/// Translates every text that can be translated into itself between marks. What then shows without is not translatable.
class MarkingTranslator : public QTranslator
{
public:
    static constexpr QChar Opening = u'\u27E6';
    static constexpr QChar Closing = u'\u27E7';

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *sourceText, const char *disambiguation,
                                    int n) const override;
};

/**
 * What of @p text stands outside of all marks, when there are letters in it; else empty.
 *
 * @p names: words that are the same in every language. What a test makes up should have no letters.
 */
[[nodiscard]] QString untranslatable(const QString &text, const QStringList &names);

} // namespace Quay::Test
