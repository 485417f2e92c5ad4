// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imports/imported.h"
#include "core/servers/configmistake.h"

#include <QString>

namespace Quay {

// What is said about configurations. Every text is fit to be shown: foreign bytes passed safeText(), and secrets that
// can be told to be some are masked.

/// `'comandd' is not known here. Did you mean 'command'?`
[[nodiscard]] QString mistakeText(const ConfigMistake &mistake);
/// With file, place and path before it: `quaymaster.yaml:3:5: servers.api: ...`, as compilers say it.
[[nodiscard]] QString mistakeLine(const ConfigMistake &mistake);

/// `Quaymaster has nothing like it.`
[[nodiscard]] QString lossText(const ImportLoss &loss);
/// With file, line and key before it.
[[nodiscard]] QString lossLine(const ImportLoss &loss);

} // namespace Quay
