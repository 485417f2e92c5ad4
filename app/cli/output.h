// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <cstddef>
#include <optional>
#include <string_view>

#include <poll.h>

namespace Quay {

class SignalTicker;

/// How text is to look where it arrives.
struct OutputTraits
{
    bool isTerminal = false;
    bool hasColours = false;
    std::optional<int> columns; ///< Width of the terminal; nothing: as wide as it takes.
};

/// Where a verb writes to: a file descriptor, or memory in a test.
class Output
{
public:
    explicit Output(OutputTraits traits)
        : m_traits(traits)
    {
    }
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;
    virtual ~Output() = default;

    [[nodiscard]] const OutputTraits &traits() const noexcept { return m_traits; }

    /// Errors: Gone when the reader has closed its end, or takes no more and the program is to end; Io. What was said
    /// first is kept: later calls do nothing.
    Result<> write(std::string_view bytes);
    /// The same in UTF-8, with a line break behind it.
    Result<> writeLine(const QString &text);

    /// Comes when nobody reads any more; nothing when that cannot be told.
    [[nodiscard]] virtual std::optional<pollfd> closing() const { return std::nullopt; }

    /// What the first failed write said.
    [[nodiscard]] const Result<> &state() const noexcept { return m_state; }

protected:
    [[nodiscard]] virtual Result<> writeAll(std::string_view bytes) = 0;

private:
    OutputTraits m_traits;
    Result<> m_state;
};

/// Writes to a file descriptor, unbuffered: a verb composes what belongs together. Does not own it.
class FileOutput : public Output
{
public:
    /// @p name: `stdout`, for messages. SIGPIPE must be ignored by the program. @p ticker: a signal that it has taken
    /// over ends a write that nobody takes. It outlives this object.
    FileOutput(int fd, std::string_view name, const SignalTicker *ticker = nullptr);

    /// No event is asked for: a pipe without a reader reports POLLERR all the same.
    [[nodiscard]] std::optional<pollfd> closing() const override
    {
        return pollfd{.fd = m_fd, .events = 0, .revents = 0};
    }

protected:
    [[nodiscard]] Result<> writeAll(std::string_view bytes) override;

private:
    [[nodiscard]] Result<> waitForRoom() const;

    int m_fd;
    std::string_view m_name;
    const SignalTicker *m_ticker;
    std::size_t m_mostAtOnce; ///< bytes
};

/// Colours as used by every verb. The texts stay as they are where there are none.
enum class TextStyle
{
    Plain,
    Heading,
    Faint, ///< Of little weight: hidden owners, notes.
    Attention, ///< Deserves a look.
    Good,
    Bad,
};

/// @p text between the escape sequences of @p style, or as it is.
[[nodiscard]] QString styled(const QString &text, TextStyle style, bool hasColours);

} // namespace Quay
