// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QLatin1StringView>
#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace Quay {

/// Reads members of an object of JSON. What is not there, or of another type, is nothing, or empty.
class Members
{
public:
    explicit Members(const QJsonValue &value)
        : m_object(value.toObject())
    {
    }

    [[nodiscard]] QJsonValue operator[](const char *name) const { return m_object.value(QLatin1StringView(name)); }
    [[nodiscard]] bool isEmpty() const { return m_object.isEmpty(); }

    [[nodiscard]] std::string text(const char *name) const { return (*this)[name].toString().toStdString(); }
    [[nodiscard]] std::optional<std::string> textOrNothing(const char *name) const
    {
        return (*this)[name].isString() ? std::optional(text(name)) : std::nullopt;
    }
    [[nodiscard]] bool flag(const char *name) const { return (*this)[name].toBool(); }

    template<typename Number>
    [[nodiscard]] std::optional<Number> number(const char *name) const
    {
        const QJsonValue member = (*this)[name];
        const qint64 read = member.toInteger();
        return member.isDouble() && std::in_range<Number>(read) ? std::optional(static_cast<Number>(read))
                                                                : std::nullopt;
    }
    template<typename Duration>
    [[nodiscard]] std::optional<Duration> duration(const char *name) const
    {
        return number<std::int64_t>(name).transform([](std::int64_t count) { return Duration(count); });
    }
    template<typename Words>
    [[nodiscard]] auto word(const char *name, const Words &words) const
    {
        return valueFor(words, text(name));
    }

private:
    QJsonObject m_object;
};

} // namespace Quay
