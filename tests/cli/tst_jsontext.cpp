// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsontext.h"
#include "core/base/safetext.h"
#include "core/base/utf8.h"
#include "core/processes/jsonbytes.h"

#include <QByteArray>
#include <QChar>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QStringView>
#include <QTest>

#include <string>
#include <string_view>
#include <utility>

using Quay::jsonText;

namespace {

/// What a script reads of a text that was written.
QString readBack(const std::string &json)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object().value(QStringLiteral("text")).toString();
}

QJsonObject objectOf(const std::string &bytes)
{
    return {{QStringLiteral("text"), jsonText(bytes)}};
}

std::string lineOf(const std::string &bytes)
{
    return Quay::jsonLine(objectOf(bytes));
}

} // namespace

class tst_JsonText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textIsWrittenWithTheEscapesOfJson_data();
    void textIsWrittenWithTheEscapesOfJson();
    void everyCharacterIsReadBack();
    void documentKeepsItsLines();
};

void tst_JsonText::textIsWrittenWithTheEscapesOfJson_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("json");
    const auto row = [](const char *name, std::string bytes, std::string json) {
        QTest::addRow("%s", name) << std::move(bytes) << std::move(json);
    };
    row("plain", "node", "node");
    row("letters", "gr\u00fc\u00df \U0001F6A2", "gr\u00fc\u00df \U0001F6A2");
    row("line break", "a\nb", R"(a\nb)");
    row("backslash", R"(a\nb)", R"(a\\nb)");
    row("quote", "\"", R"(\")");
    row("NUL", std::string("a\0b", 3), R"(a\u0000b)");
    row("escape", "\x1b[2J", R"(\u001b[2J)");
    row("DEL", "\x7f", R"(\u007f)");
    row("C1", "\u0080\u009b31m\u009f", R"(\u0080\u009b31m\u009f)");
    row("bidirectional", "\u202egnp.exe", R"(\u202egnp.exe)");
    row("line separator", "\u2028", R"(\u2028)");
    row("byte order mark", "\uFEFFx", R"(\ufeffx)");
    row("tag character", "\U000E0041", R"(\udb40\udc41)");
}

void tst_JsonText::textIsWrittenWithTheEscapesOfJson()
{
    QFETCH(const std::string, bytes);
    QFETCH(const std::string, json);

    QCOMPARE(lineOf(bytes), R"({"text":")" + json + "\"}\n");
}

void tst_JsonText::everyCharacterIsReadBack()
{
    QString all;
    for (char32_t character = 0; character <= QChar::LastValidCodePoint; ++character) {
        if (!QChar::isSurrogate(character)) {
            all += QStringView(QChar::fromUcs4(character));
        }
    }

    const std::string json = lineOf(all.toStdString());

    QVERIFY(readBack(json) == all);
    QCOMPARE(json.find('\n'), json.size() - 1);
    std::string_view rest = std::string_view(json).substr(0, json.size() - 1);
    while (!rest.empty()) {
        const auto decoded = Quay::decodeUtf8(rest);
        QVERIFY(decoded);
        QVERIFY(!Quay::isUnfitToShow(decoded->character));
        rest.remove_prefix(decoded->length);
    }
}

void tst_JsonText::documentKeepsItsLines()
{
    const std::string json = Quay::jsonDocument(objectOf("a\n\u202e"));

    QCOMPARE(json, std::string("{\n    \"text\": \"a\\n\\u202e\"\n}\n"));
}

QTEST_GUILESS_MAIN(tst_JsonText)
#include "tst_jsontext.moc"
