// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <chrono>
#include <string>
#include <string_view>

namespace Quay::Test {

/// Reads what somebody else writes into a pipe or a terminal, as far as a test wants it. Owns the descriptor.
class TextReader
{
public:
    static constexpr std::chrono::milliseconds LongEnough = std::chrono::seconds(20);

    TextReader() = default;
    explicit TextReader(UniqueFd source);

    /// What comes up to @p end, which is the last of it, waited for. What is behind stays for later.
    /// Errors: Gone when there is no more; Io with ETIMEDOUT. What has come instead is the subject.
    [[nodiscard]] Result<std::string> readUntil(std::string_view end, std::chrono::milliseconds timeout = LongEnough);
    /// All that is left, until nobody can write any more. Errors: Io.
    [[nodiscard]] Result<std::string> readAll(std::chrono::milliseconds timeout = LongEnough);

private:
    /// Errors: as readUntil().
    [[nodiscard]] Result<> readMore(std::chrono::steady_clock::time_point deadline);

    UniqueFd m_source;
    std::string m_pending;
};

} // namespace Quay::Test
