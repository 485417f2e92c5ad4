// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/supervise/criline.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace Quay::Test {

/// A line of a log as the supervisor writes it.
inline std::string logLine(std::chrono::nanoseconds time, std::string_view text,
                           OutputStream stream = OutputStream::Output, bool isPartial = false)
{
    std::string line;
    CriFormatter().append(line, {.realTime = time, .stream = stream, .isPartial = isPartial, .text = text});
    return line;
}

inline void appendFile(const std::string &path, std::string_view text)
{
    std::ofstream(path, std::ios::app | std::ios::binary) << text;
}

/// As the supervisor puts a file aside.
inline void rotateLog(const std::string &path, int kept)
{
    const auto name = [&path](int number) { return number == 0 ? path : path + '.' + std::to_string(number); };
    std::filesystem::remove(name(kept));
    for (int number = kept; number > 0; --number) {
        if (std::filesystem::exists(name(number - 1))) {
            std::filesystem::rename(name(number - 1), name(number));
        }
    }
}

} // namespace Quay::Test
