// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/imports/imported.h"
#include "core/servers/configwriter.h"
#include "core/servers/mistakewords.h"

#include <string>

namespace Quay::Test {

/// What was made of a file in /p, as YAML, then what was lost and what is wrong, a line each.
[[nodiscard]] inline std::string importedText(const ImportedServers &imported)
{
    std::string text = configText(imported.file, "/p", Dollars::References);
    for (const auto &loss : imported.losses) {
        text += "lost " + std::to_string(loss.line) + ' ' + std::string(wordFor(LossReasonWords, loss.reason)) + ' '
            + loss.key + (loss.detail.empty() ? "" : " (" + loss.detail + ')') + '\n';
    }
    for (const auto &mistake : imported.mistakes) {
        text += "mistake " + std::to_string(mistake.position.line) + ' '
            + std::string(wordFor(MistakeCodeWords, mistake.code)) + (mistake.found.empty() ? "" : " " + mistake.found)
            + '\n';
    }
    return text;
}

} // namespace Quay::Test
