// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace Quay {

/**
 * Makes bytes that another process chose (names, command lines, paths, output) fit to be shown.
 *
 * The result is valid UTF-8 on one line. Bytes that are not UTF-8 become U+FFFD. C0 and C1 controls, DEL, line and
 * paragraph separators become visible escapes (`\n`, `\e`, `\x07`), and so do the bidirectional controls and the
 * invisible format characters that can disguise text (U+00AD, U+061C, U+200B..U+200F, U+202A..U+202E, U+2060..U+206F,
 * U+FEFF, U+FFF9..U+FFFB, tag characters), written as `\u{202e}`. A backslash stays as it is: the result is for eyes,
 * not for parsing back.
 *
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] std::string safeText(std::string_view bytes);

/// Whether safeText() shows it as an escape: a control, a separator of lines, or one that can disguise text. Threads:
/// pure function.
[[nodiscard]] bool isUnfitToShow(char32_t character);

} // namespace Quay
