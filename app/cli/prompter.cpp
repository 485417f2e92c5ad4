// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/prompter.h"

#include "app/cli/output.h"

#include <QCoreApplication>

#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include <unistd.h>

namespace Quay {

namespace {

struct PrompterTexts
{
    Q_DECLARE_TR_FUNCTIONS(Prompter)
};

/// The terminal hands out a line at a time: what is longer than this is no yes.
constexpr std::size_t LongestAnswer = 64;

std::string readLine()
{
    std::array<char, LongestAnswer> buffer{};
    ssize_t length = -1;
    do {
        length = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    } while (length < 0 && errno == EINTR);
    return length > 0 ? std::string(buffer.data(), static_cast<std::size_t>(length)) : std::string();
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
    const QString answer = QString::fromStdString(readLine()).trimmed().toLower();
    const QString yes = PrompterTexts::tr("yes");
    return !answer.isEmpty() && (yes.startsWith(answer) || QStringLiteral("yes").startsWith(answer));
}

} // namespace Quay
