// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Quay {

class Output;

/// Asks whoever sits at the terminal. A test answers by itself.
class Prompter
{
public:
    Prompter() = default;
    Prompter(const Prompter &) = delete;
    Prompter &operator=(const Prompter &) = delete;
    virtual ~Prompter() = default;

    /// Whether there is somebody to ask.
    [[nodiscard]] virtual bool isInteractive() const = 0;
    /// Shows @p question and waits for an answer. False for anything but a clear yes, and when the input ends. SIGINT,
    /// SIGTERM and SIGHUP end the program meanwhile.
    [[nodiscard]] virtual bool agrees(const QString &question) = 0;
};

/// The standard input, when it is a terminal, with the question on @p output.
class TerminalPrompter : public Prompter
{
public:
    explicit TerminalPrompter(Output &output);

    [[nodiscard]] bool isInteractive() const override;
    [[nodiscard]] bool agrees(const QString &question) override;

private:
    Output &m_output;
};

} // namespace Quay
