// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsontext.h"

#include "core/base/safetext.h"
#include "core/base/utf8.h"

#include <QByteArray>
#include <QChar>
#include <QJsonDocument>

#include <cstddef>
#include <format>
#include <string>
#include <string_view>

namespace Quay {

namespace {

/// QJsonDocument escapes quotes, backslashes and what is below U+0020; nothing else that is unfit is in its
/// punctuation.
std::string written(const QJsonObject &object, QJsonDocument::JsonFormat format)
{
    const QByteArray json = QJsonDocument(object).toJson(format);
    std::string_view rest(json.constData(), static_cast<std::size_t>(json.size()));
    std::string text;
    text.reserve(rest.size());
    while (!rest.empty()) {
        const auto decoded = decodeUtf8(rest);
        const std::size_t length = decoded ? decoded->length : 1;
        const bool isLayout = rest.front() == '\n'; // between the lines of a document; one of a text is escaped already
        if (decoded && !isLayout && isUnfitToShow(decoded->character)) {
            const auto units = QChar::fromUcs4(decoded->character);
            for (const char16_t unit : units) {
                text += std::format("\\u{:04x}", static_cast<unsigned>(unit));
            }
        } else {
            text += rest.substr(0, length);
        }
        rest.remove_prefix(length);
    }
    return text;
}

} // namespace

std::string jsonLine(const QJsonObject &object)
{
    return written(object, QJsonDocument::Compact) + '\n';
}

std::string jsonDocument(const QJsonObject &object)
{
    return written(object, QJsonDocument::Indented);
}

} // namespace Quay
