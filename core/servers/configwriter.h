// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/serverspec.h"

#include <cstdint>
#include <string>

namespace Quay {

/// What a `$` in the texts of a specification is.
enum class Dollars : std::uint8_t
{
    Literal, ///< A dollar sign: it is written so that reading gives it back.
    References, ///< Variables are not expanded yet: `${NAME}` is written as it is.
};

/**
 * Writes servers as quaymaster.yaml. What has its default is left out, and paths below @p directory, where the file is
 * to be, are written as seen from there. Reading the text gives the same servers, as far as their texts are UTF-8.
 *
 * Threads: pure function.
 */
[[nodiscard]] std::string configText(const ServerFile &file, const std::string &directory,
                                     Dollars dollars = Dollars::Literal);

} // namespace Quay
