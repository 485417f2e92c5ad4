// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/safetext.h"

#include <QObject>
#include <QTest>

#include <string>

class tst_SafeText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void harmlessTextStays_data();
    void harmlessTextStays();
    void hostileTextIsShown_data();
    void hostileTextIsShown();
    void longTextIsNotCut();
};

void tst_SafeText::harmlessTextStays_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addRow("empty") << std::string();
    QTest::addRow("ASCII") << std::string("node server.js --port=3000");
    QTest::addRow("backslash") << std::string(R"(C:\n)");
    QTest::addRow("umlauts") << std::string("Häuser/größe");
    QTest::addRow("Japanese") << std::string("日本語");
    QTest::addRow("emoji") << std::string("🚢");
    QTest::addRow("Hebrew") << std::string("שלום");
    QTest::addRow("first of two bytes") << std::string("\xC2\xA0"); // no-break space
    QTest::addRow("last character") << std::string("\xF4\x8F\xBF\xBD"); // U+10FFFD
    QTest::addRow("before the surrogates") << std::string("\xED\x9F\xBF");
}

void tst_SafeText::harmlessTextStays()
{
    QFETCH(const std::string, text);

    QCOMPARE(Quay::safeText(text), text);
}

void tst_SafeText::hostileTextIsShown_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("text");
    QTest::addRow("newline") << std::string("a\nb") << std::string(R"(a\nb)");
    QTest::addRow("tab and return") << std::string("\t\r") << std::string(R"(\t\r)");
    QTest::addRow("ANSI") << std::string("\x1B[31mred\x1B[0m") << std::string(R"(\e[31mred\e[0m)");
    QTest::addRow("bell") << std::string("\a") << std::string(R"(\x07)");
    QTest::addRow("NUL") << std::string("a\0b", 3) << std::string(R"(a\x00b)");
    QTest::addRow("DEL") << std::string("\x7F") << std::string(R"(\x7f)");
    QTest::addRow("C1 control sequence introducer") << std::string("\xC2\x9B") << std::string(R"(\x9b)");
    QTest::addRow("line separator") << std::string("\xE2\x80\xA8") << std::string(R"(\u{2028})");
    QTest::addRow("right-to-left override")
        << std::string("a\xE2\x80\xAEgpj.exe") << std::string(R"(a\u{202e}gpj.exe)");
    QTest::addRow("isolate") << std::string("\xE2\x81\xA6") << std::string(R"(\u{2066})");
    QTest::addRow("Arabic letter mark") << std::string("\xD8\x9C") << std::string(R"(\u{61c})");
    QTest::addRow("zero width space") << std::string("a\xE2\x80\x8B") << std::string(R"(a\u{200b})");
    QTest::addRow("byte order mark") << std::string("\xEF\xBB\xBF") << std::string(R"(\u{feff})");
    QTest::addRow("tag") << std::string("\xF3\xA0\x81\x81") << std::string(R"(\u{e0041})");
    QTest::addRow("lone continuation") << std::string("a\x80") << std::string("a\xEF\xBF\xBD");
    QTest::addRow("Latin-1") << std::string("gr\xF6\xDF") << std::string("gr\xEF\xBF\xBD\xEF\xBF\xBD");
    QTest::addRow("cut in the middle") << std::string("\xE2\x82") << std::string("\xEF\xBF\xBD\xEF\xBF\xBD");
    QTest::addRow("cut by a letter") << std::string("\xC3(") << std::string("\xEF\xBF\xBD(");
    QTest::addRow("overlong slash") << std::string("\xC0\xAF") << std::string("\xEF\xBF\xBD\xEF\xBF\xBD");
    QTest::addRow("overlong newline") << std::string("\xE0\x80\x8A")
                                      << std::string("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    QTest::addRow("surrogate") << std::string("\xED\xA0\x80") << std::string("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    QTest::addRow("beyond Unicode") << std::string("\xF4\x90\x80\x80")
                                    << std::string("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    QTest::addRow("never a lead") << std::string("\xFF") << std::string("\xEF\xBF\xBD");
}

void tst_SafeText::hostileTextIsShown()
{
    QFETCH(const std::string, bytes);
    QFETCH(const std::string, text);

    QCOMPARE(Quay::safeText(bytes), text);
}

void tst_SafeText::longTextIsNotCut()
{
    const std::string bytes(200000, '\x01');

    const auto text = Quay::safeText(bytes);

    QCOMPARE(text.size(), bytes.size() * 4);
    QVERIFY(text.ends_with(R"(\x01)"));
}

QTEST_GUILESS_MAIN(tst_SafeText)
#include "tst_safetext.moc"
