// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Quay {

class Output;

/// One line on a terminal that is written over again and again, and is gone when this object is.
class ProgressLine
{
public:
    explicit ProgressLine(Output &output);
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;
    ~ProgressLine();

    /// Cut to the width of the terminal.
    void show(const QString &text);

    /// Takes it away, for a line that stays.
    void clear();

private:
    Output &m_output;
    QString m_last;
};

} // namespace Quay
