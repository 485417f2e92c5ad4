// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serverlines.h"

#include "app/shared/format.h"
#include "core/startup/outputline.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cstddef>

namespace Quay {

namespace {

struct ServerLinesTexts
{
    Q_DECLARE_TR_FUNCTIONS(ServerLines)
};

// Colours for names of servers. Red is left to what is broken.
constexpr std::array NameColours{36, 33, 32, 35, 34, 96, 93, 92, 95, 94};

constexpr char Escape = '\x1b';

QString coloured(const QString &text, int colour)
{
    return QStringLiteral("\x1b[%1m%2\x1b[0m").arg(colour).arg(text);
}

/// `ESC [ 1 ; 31 m`, and nothing that a terminal could take for more.
bool isColour(std::string_view sequence)
{
    constexpr std::size_t Longest = 64;
    return sequence.size() <= Longest && sequence.starts_with("\x1b[") && sequence.ends_with('m')
        && sequence.find_first_not_of("0123456789;:", 2) == sequence.size() - 1;
}

std::string_view lastOverwritten(std::string_view bytes)
{
    while (bytes.ends_with('\r')) {
        bytes.remove_suffix(1);
    }
    return bytes.substr(bytes.rfind('\r') + 1); // npos + 1 is 0
}

} // namespace

QString outputText(std::string_view bytes, bool keepsColours)
{
    bytes = lastOverwritten(bytes);
    QString text;
    bool isColoured = false;
    while (!bytes.empty()) {
        const auto plain = bytes.substr(0, bytes.find_first_of("\x1b\t"));
        text += shownText(plain);
        bytes.remove_prefix(plain.size());
        if (bytes.starts_with('\t')) {
            text += u'\t';
            bytes.remove_prefix(1);
        } else if (bytes.starts_with(Escape)) {
            const auto sequence = bytes.substr(0, endOfEscapeSequence(bytes, 0));
            if (keepsColours && isColour(sequence)) {
                text += QLatin1StringView(sequence.data(), static_cast<qsizetype>(sequence.size()));
                isColoured = true;
            }
            bytes.remove_prefix(sequence.size());
        }
    }
    return isColoured ? QString(text + QStringLiteral("\x1b[0m")) : text;
}

ServerLines::ServerLines(const std::vector<std::string> &names, const OutputTraits &traits)
    : m_traits(traits)
{
    qsizetype longest = 0;
    for (const auto &name : names) {
        longest = std::max(longest, shownText(name).size());
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        m_prefixes[names[i]] = {.name = shownText(names[i]).leftJustified(longest),
                                .colour = NameColours.at(i % NameColours.size())};
    }
}

QString ServerLines::prefix(const std::string &name, OutputStream stream) const
{
    constexpr int Red = 31;
    const auto &prefix = m_prefixes.at(name);
    const QString mark = stream == OutputStream::Error ? QStringLiteral("! ") : QStringLiteral("| ");
    if (!m_traits.hasColours) {
        return prefix.name + u' ' + mark;
    }
    return coloured(QString(prefix.name + u' '), prefix.colour)
        + coloured(mark, stream == OutputStream::Error ? Red : prefix.colour);
}

QString ServerLines::line(const std::string &name, const OutputLine &line) const
{
    return prefix(name, line.stream) + outputText(line.text, m_traits.hasColours) + cutNote(line);
}

QString cutNote(const OutputLine &line)
{
    return line.isCut ? QString(u' ' + ServerLinesTexts::tr("[the rest of this line is left out]")) : QString();
}

} // namespace Quay
