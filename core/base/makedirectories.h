// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>

namespace Quay {

/// Makes those of the directories that the file @p path is to be in which are not there, for nobody but the user
/// (0700). Errors: as errorFromErrno(), with @p path as subject.
[[nodiscard]] Result<> makeDirectoriesOf(const std::string &path);

} // namespace Quay
