// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/serverkey.h"

#include "core/supervise/fieldline.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace Quay {

namespace {

constexpr std::size_t MostReadableBytes = 40;

/// FNV-1a: it has to be the same in all versions and on all machines, and nobody gains by two servers with one hash.
class Hash
{
public:
    void add(std::string_view bytes)
    {
        for (const char byte : bytes) {
            m_value = (m_value ^ static_cast<std::uint8_t>(byte)) * 0x100000001b3U;
        }
    }

    [[nodiscard]] std::string text() const
    {
        constexpr std::string_view Digits = "0123456789abcdef";
        std::string text;
        for (int shift = 60; shift >= 0; shift -= 4) {
            text += Digits[(m_value >> static_cast<unsigned>(shift)) & 0xFU];
        }
        return text;
    }

private:
    std::uint64_t m_value = 0xcbf29ce484222325U;
};

bool isSafe(char byte, bool isFirst)
{
    const bool isSign = byte == '_' || (!isFirst && (byte == '-' || byte == '.'));
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || isSign;
}

} // namespace

std::string serverKey(const ServerIdentity &server)
{
    std::string key;
    for (const char byte : std::string_view(server.name).substr(0, MostReadableBytes)) {
        key += isSafe(byte, key.empty()) ? byte : '_';
    }
    Hash hash;
    hash.add(server.project);
    hash.add(std::string_view("\0", 1)); // neither can hold one
    hash.add(server.name);
    return key + '-' + hash.text();
}

std::string_view nameInKey(std::string_view key)
{
    const auto name = key.substr(0, key.rfind('-'));
    return name.size() < key.size() && name.size() < MostReadableBytes ? name : std::string_view();
}

std::string identityText(const ServerIdentity &server)
{
    FieldLine line("server");
    line.add("project", server.project);
    line.add("name", server.name);
    return line.line() + '\n';
}

} // namespace Quay
