// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace Quay {

/**
 * Calls @p work with each index below @p count, and returns when all calls have.
 *
 * Threads: @p work is called on several at once when @p count is large enough for that to pay, and every index by one
 *          of them only. It must not throw. Where no thread can be started, the caller's does everything.
 */
void onSeveralCores(std::size_t count, const std::function<void(std::size_t)> &work);

} // namespace Quay
