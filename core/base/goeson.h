// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace Quay {

/// Asked ten times a second while something is waited for. False: give up.
using GoesOn = std::function<bool()>;

} // namespace Quay
