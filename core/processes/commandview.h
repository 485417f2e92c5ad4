// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes/kindrules.h"

#include <string_view>
#include <vector>

namespace Quay {

/// How the command line of an interpreter (node, python, java ...) is read: which options are followed by what.
struct Interpreter
{
    std::vector<std::string_view> names; ///< Without versions: `python`
    std::vector<std::string_view> valueOptions; ///< by a value: `-r`, `--import`
    std::vector<std::string_view> inlineOptions; ///< by the program itself: `-c`, `-e`
    std::vector<std::string_view> moduleOptions; ///< by a module's name: `-m`
    std::vector<std::string_view> scriptOptions; ///< by the script: `-jar`
    std::vector<std::string_view> subcommands; ///< Words that may stand before the script: `run`.
    std::vector<std::string_view> optionPrefixes; ///< Begin an option besides `-`: `@`
};

using Interpreters = std::vector<Interpreter>;

/// What a command line says about the program. Points into the ProcessFacts it was made from.
struct CommandView
{
    std::vector<std::string_view> programs; ///< What the program may be called, most reliable first. No duplicates.
    std::vector<std::string_view> titles; ///< Texts that a program may have put in the place of its command line.
    std::string_view script; ///< What the interpreter runs: a path, or a Java main class. Else empty.
    std::string_view module; ///< `http.server` of `python -m http.server`, else empty.
    std::string_view package; ///< `vite` of `.../node_modules/vite/bin/vite.js`, else empty.
    std::string_view firstWord; ///< First argument for the program or script that is no option, else empty.
};

/**
 * Reads a command line.
 *
 * A wrapper that Nix puts around programs (`.foo-wrapped`) and the `-` of login shells are taken off names.
 *
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] CommandView commandView(const ProcessFacts &facts, const Interpreters &interpreters);

/// The last component of a path.
[[nodiscard]] std::string_view baseName(std::string_view path);

/// A program's name without the version at its end: `python` for `python3.11`, `clangd` for `clangd-19`.
[[nodiscard]] std::string_view withoutVersion(std::string_view program);

} // namespace Quay
