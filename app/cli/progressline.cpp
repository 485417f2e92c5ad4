// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progressline.h"

#include "app/cli/output.h"
#include "app/cli/tableprinter.h"

#include <utility>

namespace Quay {

namespace {

constexpr int FallbackColumns = 80;

}

ProgressLine::ProgressLine(Output &output)
    : m_output(output)
{
}

ProgressLine::~ProgressLine()
{
    clear();
}

void ProgressLine::clear()
{
    if (!m_last.isEmpty()) {
        m_last.clear();
        std::ignore = m_output.write("\r\x1b[K");
    }
}

void ProgressLine::show(const QString &text)
{
    const QString line = elided(text, m_output.traits().columns.value_or(FallbackColumns) - 1);
    if (line != m_last) {
        m_last = line;
        std::ignore = m_output.write("\r\x1b[K" + line.toStdString());
    }
}

} // namespace Quay
