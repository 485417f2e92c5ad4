// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace Quay {

/// That nobody was asked over HTTP, why, and what to do, as a half of a sentence. @p why: of the one who loads modules;
/// raw bytes. Fit to be shown.
[[nodiscard]] QString httpUnavailableText(const std::string &why);

} // namespace Quay
