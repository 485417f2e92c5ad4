// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/probes/httpprobe.h"

#include <memory>

namespace Quay {

class ModuleLoader;

/// As createHttpRequester(); what went wrong in a network, in Qt's words, is in the user's language from then on.
/// There has to be an application. Threads: its own.
[[nodiscard]] Result<std::unique_ptr<HttpRequester>> createTranslatedRequester(ModuleLoader &loader);

} // namespace Quay
