// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace Quay {

// The files of resources/ that the core reads, as they were when it was built: quay_embed() in core/CMakeLists.txt
// makes them. Not Qt's resources, for which programs that do without Qt would have to load it. Threads: any.

[[nodiscard]] std::string_view kindsJson(); ///< resources/kinds.json
[[nodiscard]] std::string_view startupJson(); ///< resources/startup.json

} // namespace Quay
