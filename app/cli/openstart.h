// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace Quay {

/// When @p server is up and the agent still times its start, waits until that is kept: whoever has just heard that it
/// is ready asks for this start, and not for the one before. Two seconds at most, for phases that the user named may
/// end much later.
void awaitOpenStart(const std::string &file, const std::string &server);

} // namespace Quay
