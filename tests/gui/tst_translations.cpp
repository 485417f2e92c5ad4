// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include <algorithm>

namespace {

/// One message of a .ts file with each of its translations (one, or one a plural form).
struct Message
{
    QString context;
    QString source;
    QString type; ///< `unfinished`, `vanished`, `obsolete` or empty
    bool isPlural = false;
    QStringList translations;
};

void readTranslation(QXmlStreamReader &xml, Message &message)
{
    message.type = xml.attributes().value(QLatin1String("type")).toString();
    QString text;
    while (!xml.atEnd() && !(xml.isEndElement() && xml.name() == QLatin1String("translation"))) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == QLatin1String("numerusform")) {
            message.translations << xml.readElementText();
        } else if (xml.isCharacters()) {
            text += xml.text();
        }
    }
    if (message.translations.isEmpty()) {
        message.translations << text;
    }
}

QList<Message> readMessages(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QLatin1String("message")) {
            const bool isPlural = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
            messages << Message{.context = context, .source = {}, .type = {}, .isPlural = isPlural, .translations = {}};
        } else if (xml.name() == QLatin1String("source")) {
            messages.last().source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            readTranslation(xml, messages.last());
        }
    }
    return messages;
}

QStringList placeholders(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("%L?(n|[0-9]+)"));
    QStringList found;
    for (auto match = pattern.globalMatch(text); match.hasNext();) {
        found << match.next().captured();
    }
    found.sort();
    return found;
}

int mnemonics(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("&[^& ]"));
    return static_cast<int>(text.count(pattern));
}

} // namespace

class tst_Translations : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyTextIsTranslated_data();
    void everyTextIsTranslated();
    void pluralFormsAreComplete_data();
    void pluralFormsAreComplete();
    void placeholdersAndMnemonicsAreKept();
    void programsCarryThem();

private:
    [[nodiscard]] static QString file(const QString &language)
    {
        return QStringLiteral(QUAY_SOURCE_DIR "/translations/quaymaster_%1.ts").arg(language);
    }
    static void languages();
};

void tst_Translations::languages()
{
    QTest::addColumn<QString>("language");
    QTest::addRow("German") << QStringLiteral("de");
    QTest::addRow("English plural forms") << QStringLiteral("en");
}

void tst_Translations::everyTextIsTranslated_data()
{
    languages();
}

void tst_Translations::everyTextIsTranslated()
{
    QFETCH(const QString, language);
    const auto messages = readMessages(file(language));
    QVERIFY(!messages.isEmpty());

    QStringList missing;
    for (const auto &message : messages) {
        const bool isEmpty = std::ranges::any_of(message.translations, &QString::isEmpty);
        if (!message.type.isEmpty() || isEmpty) {
            missing << message.context + QLatin1String(": ") + message.source;
        }
    }

    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
}

void tst_Translations::pluralFormsAreComplete_data()
{
    languages();
}

void tst_Translations::pluralFormsAreComplete()
{
    QFETCH(const QString, language);

    int plurals = 0;
    for (const auto &message : readMessages(file(language))) {
        if (message.isPlural) {
            ++plurals;
            QCOMPARE(message.translations.size(), 2);
        }
    }

    QVERIFY(plurals > 5);
}

void tst_Translations::placeholdersAndMnemonicsAreKept()
{
    for (const auto &message : readMessages(file(QStringLiteral("de")))) {
        for (const auto &translation : message.translations) {
            QVERIFY2(message.isPlural || placeholders(translation) == placeholders(message.source),
                     qPrintable(message.source));
            QVERIFY2(mnemonics(translation) == mnemonics(message.source), qPrintable(message.source));
        }
    }
}

void tst_Translations::programsCarryThem()
{
    QTranslator german;
    QVERIFY(german.load(QStringLiteral(":/i18n/quaymaster_de.qm")));
    QTranslator english;
    QVERIFY(english.load(QStringLiteral(":/i18n/quaymaster_en.qm")));

    QCOMPARE(german.translate("Quay::PortFilterBar", "&Network"), QStringLiteral("&Netzwerk"));
    QCOMPARE(english.translate("Quay::CostLine", "%Ln listener(s)", nullptr, 1), QStringLiteral("%Ln listener"));
    QCOMPARE(english.translate("Quay::CostLine", "%Ln listener(s)", nullptr, 2), QStringLiteral("%Ln listeners"));
}

QTEST_GUILESS_MAIN(tst_Translations)
#include "tst_translations.moc"
