// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace Quay {

/// As errorText(), and why the helper could not be asked or did not want to answer, with what to do about that.
[[nodiscard]] QString privilegedErrorText(const Error &error);

} // namespace Quay
