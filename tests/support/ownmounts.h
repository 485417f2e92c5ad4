// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace Quay::Test {

/// From now on, what is mounted at or below @p directory is so for this process and its children alone. Whether that is
/// allowed.
[[nodiscard]] bool haveOwnMounts(const std::string &directory);

} // namespace Quay::Test
