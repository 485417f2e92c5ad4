// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/wholename.h"

#include "core/processes/commandview.h"
#include "core/processes/secrettext.h"

#include <algorithm>
#include <cstddef>

namespace Quay {

namespace {

constexpr std::size_t KernelKeeps = 15;
constexpr std::size_t Longest = 40; // a title can be a whole command line, which is not a name
constexpr std::size_t MayName = 2; // a program, or an interpreter and its script

} // namespace

std::string_view wholeName(std::string_view name, std::span<const std::string> arguments)
{
    if (name.size() != KernelKeeps) {
        return name;
    }
    for (const auto &argument : arguments.first(std::min(arguments.size(), MayName))) {
        const auto whole = baseName(argument);
        if (whole.starts_with(name) && whole.size() <= Longest && maskedText(whole) == whole) {
            return whole;
        }
    }
    return name;
}

} // namespace Quay
