// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/jsonschema.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QString>

#include <algorithm>
#include <cmath>

namespace Quay::Test {

namespace {

class Checker
{
public:
    explicit Checker(QJsonObject root)
        : m_root(std::move(root))
    {
    }

    [[nodiscard]] QStringList mistakes() const { return m_mistakes; }

    // NOLINTNEXTLINE(misc-no-recursion): as deep as the schema's nesting, which is ours
    void check(const QJsonValue &value, const QJsonObject &schema, const QString &place)
    {
        for (auto member = schema.begin(); member != schema.end(); ++member) {
            checkKeyword(member.key(), member.value(), value, schema, place);
        }
    }

private:
    void add(const QString &place, const QString &what) { m_mistakes << place + QStringLiteral(": ") + what; }

    // NOLINTNEXTLINE(misc-no-recursion)
    void checkKeyword(const QString &keyword, const QJsonValue &rule, const QJsonValue &value,
                      const QJsonObject &schema, const QString &place)
    {
        static const QStringList Annotations{QStringLiteral("$schema"),     QStringLiteral("$id"),
                                             QStringLiteral("$defs"),       QStringLiteral("title"),
                                             QStringLiteral("description"), QStringLiteral("additionalProperties")};
        if (keyword == QLatin1StringView("type")) {
            checkType(value, rule, place);
        } else if (keyword == QLatin1StringView("const")) {
            checkAllowed(value, QJsonArray{rule}, place);
        } else if (keyword == QLatin1StringView("enum")) {
            checkAllowed(value, rule.toArray(), place);
        } else if (keyword == QLatin1StringView("$ref")) {
            check(value, definition(rule.toString()), place);
        } else if (keyword == QLatin1StringView("oneOf") || keyword == QLatin1StringView("anyOf")) {
            checkAlternatives(value, rule.toArray(), keyword == QLatin1StringView("oneOf"), place);
        } else if (keyword == QLatin1StringView("required")) {
            checkRequired(value, rule.toArray(), place);
        } else if (keyword == QLatin1StringView("properties")) {
            checkProperties(value, schema, place);
        } else if (keyword == QLatin1StringView("items")) {
            checkItems(value, rule.toObject(), place);
        } else if (!checkBound(keyword, rule, value, place) && !Annotations.contains(keyword)) {
            add(place, QStringLiteral("the schema uses an unknown keyword ") + keyword);
        }
    }

    /// Whether @p keyword is one of the simple bounds.
    bool checkBound(const QString &keyword, const QJsonValue &rule, const QJsonValue &value, const QString &place)
    {
        bool isMet = true;
        if (keyword == QLatin1StringView("minItems")) {
            isMet = !value.isArray() || value.toArray().size() >= rule.toInt();
        } else if (keyword == QLatin1StringView("minLength")) {
            isMet = !value.isString() || value.toString().size() >= rule.toInt();
        } else if (keyword == QLatin1StringView("minimum")) {
            isMet = !value.isDouble() || value.toDouble() >= rule.toDouble();
        } else if (keyword == QLatin1StringView("maximum")) {
            isMet = !value.isDouble() || value.toDouble() <= rule.toDouble();
        } else if (keyword == QLatin1StringView("pattern")) {
            isMet = !value.isString() || QRegularExpression(rule.toString()).match(value.toString()).hasMatch();
        } else {
            return false;
        }
        if (!isMet) {
            add(place, QStringLiteral("violates ") + keyword);
        }
        return true;
    }

    static bool isOfType(const QJsonValue &value, const QString &type)
    {
        switch (value.type()) {
        case QJsonValue::Null:
            return type == QLatin1StringView("null");
        case QJsonValue::Bool:
            return type == QLatin1StringView("boolean");
        case QJsonValue::Double:
            return type == QLatin1StringView("number")
                || (type == QLatin1StringView("integer") && std::trunc(value.toDouble()) == value.toDouble());
        case QJsonValue::String:
            return type == QLatin1StringView("string");
        case QJsonValue::Array:
            return type == QLatin1StringView("array");
        case QJsonValue::Object:
            return type == QLatin1StringView("object");
        case QJsonValue::Undefined:
            return false;
        }
        return false;
    }

    void checkType(const QJsonValue &value, const QJsonValue &rule, const QString &place)
    {
        const auto types = rule.isArray() ? rule.toArray() : QJsonArray{rule};
        const auto fits = [&value](const QJsonValue &type) { return isOfType(value, type.toString()); };
        if (std::none_of(types.begin(), types.end(), fits)) {
            add(place, QStringLiteral("has the wrong type"));
        }
    }

    void checkAllowed(const QJsonValue &value, const QJsonArray &allowed, const QString &place)
    {
        if (!allowed.contains(value)) {
            add(place, QStringLiteral("has a value that is not allowed"));
        }
    }

    [[nodiscard]] QJsonObject definition(const QString &reference) const
    {
        static const QString Prefix = QStringLiteral("#/$defs/");
        return m_root.value(QLatin1StringView("$defs")).toObject().value(reference.mid(Prefix.size())).toObject();
    }

    // NOLINTNEXTLINE(misc-no-recursion)
    void checkAlternatives(const QJsonValue &value, const QJsonArray &schemas, bool isExactlyOne, const QString &place)
    {
        const auto fitting = std::ranges::count_if(schemas, [this, &value](const QJsonValue &schema) {
            Checker checker(m_root);
            checker.check(value, schema.toObject(), {});
            return checker.mistakes().isEmpty();
        });
        if (fitting == 0 || (isExactlyOne && fitting > 1)) {
            add(place, QStringLiteral("fits %1 of the alternatives").arg(fitting));
        }
    }

    void checkRequired(const QJsonValue &value, const QJsonArray &names, const QString &place)
    {
        for (const auto &name : names) {
            if (value.isObject() && !value.toObject().contains(name.toString())) {
                add(place, QStringLiteral("lacks ") + name.toString());
            }
        }
    }

    // NOLINTNEXTLINE(misc-no-recursion)
    void checkProperties(const QJsonValue &value, const QJsonObject &schema, const QString &place)
    {
        const auto properties = schema.value(QLatin1StringView("properties")).toObject();
        const bool areOthersAllowed = schema.value(QLatin1StringView("additionalProperties")).toBool(true);
        const auto object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member) {
            const QString memberPlace = place + u'.' + member.key();
            const auto property = properties.constFind(member.key());
            if (property != properties.constEnd()) {
                check(member.value(), property.value().toObject(), memberPlace);
            } else if (!areOthersAllowed) {
                add(memberPlace, QStringLiteral("is unknown"));
            }
        }
    }

    // NOLINTNEXTLINE(misc-no-recursion)
    void checkItems(const QJsonValue &value, const QJsonObject &schema, const QString &place)
    {
        const auto items = value.toArray();
        for (qsizetype index = 0; index < items.size(); ++index) {
            check(items.at(index), schema, place + u'[' + QString::number(index) + u']');
        }
    }

    QJsonObject m_root;
    QStringList m_mistakes;
};

} // namespace

QStringList schemaMistakes(const QJsonValue &value, const QJsonObject &schema)
{
    Checker checker(schema);
    checker.check(value, schema, QStringLiteral("$"));
    return checker.mistakes();
}

} // namespace Quay::Test
