// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/proccmdline.h"

#include "core/base/error.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/kernel/procfs.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr std::size_t OrdinaryLineBytes = 4096;

bool needsNoQuotes(char byte)
{
    constexpr std::string_view Harmless = "%+,-./:=@_";
    const bool isLetter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    const bool isDigit = byte >= '0' && byte <= '9';
    const bool isAscii = static_cast<unsigned char>(byte) < 0x80;
    return isLetter || isDigit || !isAscii || Harmless.contains(byte);
}

void appendQuoted(std::string &line, std::string_view argument)
{
    line += '\'';
    for (const char byte : argument) {
        if (byte == '\'') {
            line += R"('\'')";
        } else {
            line += byte;
        }
    }
    line += '\'';
}

} // namespace

std::vector<std::string> splitAtNuls(std::string_view bytes)
{
    bytes = bytes.substr(0, bytes.find_last_not_of('\0') + 1);
    std::vector<std::string> parts;
    TextCursor cursor(bytes);
    while (!cursor.atEnd()) {
        parts.emplace_back(cursor.takeUntil('\0'));
    }
    return parts;
}

Result<std::vector<std::string>> readArguments(const ProcFs &proc, pid_t pid)
{
    const std::string path = pidPath(pid, "cmdline");
    std::array<char, OrdinaryLineBytes> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
    const auto ordinary = readOnceAt(proc.directory(), path, buffer);
    if (ordinary) {
        return splitAtNuls(*ordinary);
    }
    if (ordinary.error().sysErrno != EFBIG) {
        return std::unexpected(ordinary.error());
    }
    return readFileStartAt(proc.directory(), path, CommandLineLimitBytes).transform(splitAtNuls);
}

Result<std::vector<std::string>> readEnvironment(const ProcFs &proc, pid_t pid)
{
    return readFileAt(proc.directory(), pidPath(pid, "environ")).transform(splitAtNuls);
}

std::string joinArguments(const std::vector<std::string> &arguments)
{
    if (arguments.size() == 1) {
        return arguments.front();
    }
    std::string line;
    for (const auto &argument : arguments) {
        if (!line.empty()) {
            line += ' ';
        }
        if (!argument.empty() && std::ranges::all_of(argument, needsNoQuotes)) {
            line += argument;
        } else {
            appendQuoted(line, argument);
        }
    }
    return line;
}

} // namespace Quay
