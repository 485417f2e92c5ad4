// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace Quay::Test {

/// The command of a server that does not behave. @p words: see tests/data/servers/misfit.py.
[[nodiscard]] inline std::string misfitServer(const std::string &words)
{
    return "exec python3 -u '" QUAY_TEST_DATA "/servers/misfit.py' " + words;
}

} // namespace Quay::Test
