// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/protocolwords.h"
#include "core/servers/configkeys.h"
#include "core/servers/configreader.h"
#include "core/servers/serverwords.h"
#include "core/yaml/yamlcppparser.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QStringList>
#include <QTest>

#include <string>

/// That resources/quaymaster.schema.json and the reader mean the same format.
class tst_ConfigSchema : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void keysAreTheSame_data();
    void keysAreTheSame();
    void everySectionIsInBoth();
    void wordsAreTheSame_data();
    void wordsAreTheSame();
    void everyKeyIsDescribed();
    void theReaderAgreesWithTheExamples_data();
    void theReaderAgreesWithTheExamples();

private:
    [[nodiscard]] QJsonObject section(const QString &name) const;

    QJsonObject m_schema;
};

namespace {

const QString Examples = QStringLiteral(QUAY_TEST_DATA "/servers/");

template<typename Words>
QStringList listOf(const Words &words)
{
    QStringList list;
    for (const auto &word : words) {
        list << QString::fromStdString(std::string(word.word));
    }
    list.sort();
    return list;
}

} // namespace

void tst_ConfigSchema::initTestCase()
{
    QFile file(QStringLiteral(QUAY_SOURCE_DIR "/resources/quaymaster.schema.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_schema = QJsonDocument::fromJson(file.readAll()).object();
    QVERIFY(!m_schema.isEmpty());
}

QJsonObject tst_ConfigSchema::section(const QString &name) const
{
    const QJsonObject definitions = m_schema.value(QStringLiteral("$defs")).toObject();
    return name == QStringLiteral("file") ? m_schema : definitions.value(name).toObject();
}

void tst_ConfigSchema::keysAreTheSame_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("keys");
    for (const auto &known : Quay::AllSections) {
        QStringList keys;
        for (const auto key : known.keys) {
            keys << QString::fromStdString(std::string(key));
        }
        keys.sort();
        const auto name = QString::fromStdString(std::string(known.section));
        QTest::addRow("%s", qPrintable(name)) << name << keys;
    }
}

void tst_ConfigSchema::keysAreTheSame()
{
    QFETCH(const QString, name);
    QFETCH(const QStringList, keys);

    const QStringList inSchema = section(name).value(QStringLiteral("properties")).toObject().keys();

    QCOMPARE(inSchema, keys);
}

void tst_ConfigSchema::everySectionIsInBoth()
{
    QStringList closed{QStringLiteral("file")};
    const QJsonObject definitions = m_schema.value(QStringLiteral("$defs")).toObject();
    for (const QString &name : definitions.keys()) {
        const QJsonObject definition = definitions.value(name).toObject();
        if (definition.contains(QStringLiteral("properties"))) {
            QCOMPARE(definition.value(QStringLiteral("additionalProperties")), QJsonValue(false));
            closed << name;
        }
    }
    closed.sort();
    QStringList known;
    for (const auto &section : Quay::AllSections) {
        known << QString::fromStdString(std::string(section.section));
    }
    known.sort();

    QCOMPARE(closed, known);
}

void tst_ConfigSchema::wordsAreTheSame_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, const char *key, const QStringList &words) {
        QTest::addRow("%s.%s", name, key) << QString::fromLatin1(name) << QString::fromLatin1(key) << words;
    };
    row("port", "protocol", listOf(Quay::ProtocolWords));
    row("preflightCheck", "protocol", listOf(Quay::ProtocolWords));
    row("preflightCheck", "severity", listOf(Quay::SeverityWords));
    row("need", "state", listOf(Quay::NeedStateWords));
    row("stop", "scope", listOf(Quay::StopScopeWords));
    row("alert", "level", listOf(Quay::AlertLevelWords));
    row("server", "on_exit", listOf(Quay::OnExitWords));
    row("restartPolicy", "", listOf(Quay::RestartPolicyWords));
}

void tst_ConfigSchema::wordsAreTheSame()
{
    QFETCH(const QString, name);
    QFETCH(const QString, key);
    QFETCH(const QStringList, words);
    const QJsonObject properties = section(name).value(QStringLiteral("properties")).toObject();

    const QJsonObject value = key.isEmpty() ? section(name) : properties.value(key).toObject();

    QStringList inSchema;
    for (const auto &alternative : value.value(QStringLiteral("anyOf")).toArray()) {
        for (const auto &word : alternative.toObject().value(QStringLiteral("enum")).toArray()) {
            inSchema << word.toString();
        }
    }
    inSchema.sort();
    QCOMPARE(inSchema, words);
}

void tst_ConfigSchema::everyKeyIsDescribed()
{
    const QJsonObject definitions = m_schema.value(QStringLiteral("$defs")).toObject();
    for (const auto &known : Quay::AllSections) {
        const auto name = QString::fromStdString(std::string(known.section));
        const QJsonObject properties = section(name).value(QStringLiteral("properties")).toObject();
        for (const QString &key : properties.keys()) {
            const QJsonObject property = properties.value(key).toObject();
            const QString reference = property.value(QStringLiteral("$ref")).toString().section(u'/', -1);
            const bool isDescribed = property.contains(QStringLiteral("description"))
                || definitions.value(reference).toObject().contains(QStringLiteral("description"));
            QVERIFY2(isDescribed || key == QStringLiteral("port"), qPrintable(QString(name + u'.' + key)));
        }
    }
}

void tst_ConfigSchema::theReaderAgreesWithTheExamples_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isGood");
    for (const auto &kind : {QStringLiteral("good"), QStringLiteral("bad"), QStringLiteral("wrong")}) {
        const QDir directory(QString(Examples + kind));
        for (const QString &name : directory.entryList({QStringLiteral("*.yaml")})) {
            QTest::addRow("%s/%s", qPrintable(kind), qPrintable(name))
                << directory.filePath(name) << (kind == QStringLiteral("good"));
        }
    }
}

void tst_ConfigSchema::theReaderAgreesWithTheExamples()
{
    QFETCH(const QString, path);
    QFETCH(const bool, isGood);
    Quay::YamlCppParser parser;

    const auto config = Quay::readServerConfigFile(path.toStdString(), parser, {});

    const std::string first = config.mistakes.empty() ? std::string() : config.mistakes.front().path;
    QVERIFY2(config.mistakes.empty() == isGood, first.c_str());
}

QTEST_GUILESS_MAIN(tst_ConfigSchema)
#include "tst_configschema.moc"
