// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QVariant>
#include <QVariantList>
#include <QVariantMap>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace Quay::Fuzz {

/// Makes arguments of any shape out of bytes. Each begins with a letter for its type, as the seeds show: `m` and `l`
/// with a count, `i` and `u` with a number of four and eight bytes (the lowest first), `s` and `b` with a length.
/// Unlike QDataStream it cannot be talked into making gigabytes of nothing.
class ArgumentMaker
{
public:
    explicit ArgumentMaker(std::span<const std::uint8_t> bytes)
        : m_bytes(bytes)
    {
    }

    [[nodiscard]] QVariantMap map(int depth = 0)
    {
        QVariantMap fields;
        for (auto left = number(1); left > 0 && !m_bytes.empty(); --left) {
            const QString key = QString::fromUtf8(text());
            fields.insert(key, value(depth + 1));
        }
        return fields;
    }

private:
    static constexpr int MostDepth = 6;

    [[nodiscard]] std::uint64_t number(std::size_t width)
    {
        std::uint64_t made = 0;
        for (std::size_t i = 0; i < width && !m_bytes.empty(); ++i) {
            made |= std::uint64_t{m_bytes.front()} << (8 * i);
            m_bytes = m_bytes.subspan(1);
        }
        return made;
    }

    [[nodiscard]] QByteArray text()
    {
        const auto taken = m_bytes.first(std::min<std::size_t>(number(1), m_bytes.size()));
        m_bytes = m_bytes.subspan(taken.size());
        return {reinterpret_cast<const char *>(taken.data()), static_cast<qsizetype>(taken.size())};
    }

    [[nodiscard]] QVariantList list(int depth)
    {
        QVariantList values;
        for (auto left = number(1); left > 0 && !m_bytes.empty(); --left) {
            values << value(depth + 1);
        }
        return values;
    }

    [[nodiscard]] QVariant value(int depth)
    {
        switch (depth > MostDepth ? 0 : number(1)) {
        case 'm':
            return map(depth);
        case 'l':
            return list(depth);
        case 'i':
            return static_cast<int>(number(4));
        case 'u':
            return qulonglong{number(8)};
        case 's':
            return QString::fromUtf8(text());
        case 'b':
            return text();
        default:
            return {};
        }
    }

    std::span<const std::uint8_t> m_bytes;
};

} // namespace Quay::Fuzz
