// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bootid.h"

#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/kernel/procfs.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace Quay {

namespace {

constexpr std::size_t IdLength = 36; // a UUID

} // namespace

Result<std::string> readBootId(const ProcFs &proc)
{
    std::array<char, 2 * IdLength> buffer{};
    const auto text = readOnceAt(proc.directory(), "sys/kernel/random/boot_id", buffer);
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto id = text->substr(0, text->find('\n'));
    if (id.size() != IdLength || id.find_first_not_of("0123456789abcdef-") != std::string_view::npos) {
        return fail(ErrorCode::Malformed, std::string(*text));
    }
    return std::string(id);
}

} // namespace Quay
