// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/ports/listener.h"
#include "core/ports/toldholders.h"

#include <vector>

namespace Quay {

struct CommandContext;

/**
 * Has the helper name those who hold @p listeners. Waits for the answer; somebody may be typing a password.
 *
 * Errors:  as PrivilegedClient::request(); Denied, with `authorization` as subject, when it was interrupted, or nobody
 *          reads the output any more.
 */
[[nodiscard]] Result<std::vector<ToldHolder>> nameHiddenOwners(CommandContext &context,
                                                               const std::vector<ListenerPtr> &listeners);

} // namespace Quay
