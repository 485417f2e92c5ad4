// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/prompter.h"

#include "app/cli/output.h"

#include <QCoreApplication>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace Quay {

namespace {

struct PrompterTexts
{
    Q_DECLARE_TR_FUNCTIONS(Prompter)
};

/// What is longer is no yes.
constexpr std::size_t LongestAnswer = 64; // bytes

/**
 * As long as it lives, Ctrl+C ends the program at once, also where the signals were taken over before: nothing has been
 * begun that would have to be left in order.
 */
class EndingBySignals
{
public:
    EndingBySignals()
    {
        sigset_t signals{};
        ::sigemptyset(&signals);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
            ::sigaddset(&signals, signal);
        }
        ::pthread_sigmask(SIG_UNBLOCK, &signals, &m_before);
    }
    EndingBySignals(const EndingBySignals &) = delete;
    EndingBySignals &operator=(const EndingBySignals &) = delete;
    ~EndingBySignals() { ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }

private:
    sigset_t m_before{};
};

/// All of it, however long: what is left would answer the next question. Nothing: the input has ended before the line.
std::optional<std::string> readLine()
{
    const EndingBySignals signals;
    std::string line;
    std::array<char, LongestAnswer> buffer{};
    for (;;) {
        const ssize_t length = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (length < 0 && errno == EINTR) {
            continue;
        }
        if (length <= 0) {
            return std::nullopt;
        }
        const std::string_view piece(buffer.data(), static_cast<std::size_t>(length));
        if (line.size() <= LongestAnswer) {
            line += piece;
        }
        if (piece.find_first_of("\r\n") != std::string_view::npos) { // a raw terminal has the former
            return line.size() <= LongestAnswer ? line : std::string();
        }
    }
}

} // namespace

TerminalPrompter::TerminalPrompter(Output &output)
    : m_output(output)
{
}

bool TerminalPrompter::isInteractive() const
{
    return ::isatty(STDIN_FILENO) == 1 && m_output.traits().isTerminal;
}

bool TerminalPrompter::agrees(const QString &question)
{
    const QString choice = PrompterTexts::tr("%1 [y/N] ", "question, and the letters to answer it with").arg(question);
    std::ignore = m_output.write(choice.toStdString());
    const auto line = readLine();
    if (!line) {
        std::ignore = m_output.write("\n"); // nobody has typed one
        return false;
    }
    const QString answer = QString::fromStdString(*line).trimmed().toLower();
    const QString yes = PrompterTexts::tr("yes");
    return !answer.isEmpty() && (yes.startsWith(answer) || QStringLiteral("yes").startsWith(answer));
}

} // namespace Quay
