// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/signalname.h"

#include "core/base/number.h"
#include "core/base/words.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <string>

namespace Quay {

namespace {

constexpr std::array SignalNames{
    Word{.word = "HUP", .value = SIGHUP},     Word{.word = "INT", .value = SIGINT},
    Word{.word = "QUIT", .value = SIGQUIT},   Word{.word = "ABRT", .value = SIGABRT},
    Word{.word = "KILL", .value = SIGKILL},   Word{.word = "USR1", .value = SIGUSR1},
    Word{.word = "SEGV", .value = SIGSEGV},   Word{.word = "USR2", .value = SIGUSR2},
    Word{.word = "PIPE", .value = SIGPIPE},   Word{.word = "ALRM", .value = SIGALRM},
    Word{.word = "TERM", .value = SIGTERM},   Word{.word = "BUS", .value = SIGBUS},
    Word{.word = "FPE", .value = SIGFPE},     Word{.word = "ILL", .value = SIGILL},
    Word{.word = "WINCH", .value = SIGWINCH},
};

char upperCase(char letter)
{
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

} // namespace

std::string_view signalName(int signal)
{
    return wordFor(SignalNames, signal);
}

std::optional<int> signalFromText(std::string_view word)
{
    if (const auto number = numberFromText<int>(word)) {
        return signalName(*number).empty() ? std::nullopt : number;
    }
    std::string name(word);
    std::ranges::transform(name, name.begin(), upperCase);
    return valueFor(SignalNames, std::string_view(name).substr(name.starts_with("SIG") ? 3 : 0));
}

} // namespace Quay
