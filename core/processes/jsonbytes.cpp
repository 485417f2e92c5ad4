// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/jsonbytes.h"

#include "core/base/utf8.h"

#include <QChar>
#include <QString>
#include <QStringView>

namespace Quay {

QJsonValue jsonText(std::string_view bytes)
{
    QString text;
    text.reserve(static_cast<qsizetype>(bytes.size()));
    while (!bytes.empty()) { // QString::fromUtf8() drops a byte order mark
        const auto decoded = decodeUtf8(bytes);
        text += QStringView(QChar::fromUcs4(decoded ? decoded->character : U'\uFFFD'));
        bytes.remove_prefix(decoded ? decoded->length : 1);
    }
    return text;
}

} // namespace Quay
