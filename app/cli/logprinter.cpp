// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/logprinter.h"

#include "app/cli/listenerjson.h"

#include <QDateTime>
#include <QJsonObject>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <tuple>

namespace Quay {

namespace {

constexpr std::size_t FlushBytes = std::size_t{64} << 10U;

/// In the user's time zone, as it is sorted.
QString localTime(std::chrono::nanoseconds realTime)
{
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(realTime).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

} // namespace

LogPrinter::LogPrinter(Output &out, const std::vector<std::string> &servers, const LogStyle &style)
    : m_out(out)
    , m_lines(servers, out.traits())
    , m_style(style)
    , m_hasPrefixes(servers.size() > 1 || out.traits().isTerminal)
{
}

void LogPrinter::print(const std::string &server, const OutputLine &line)
{
    if (m_style.isJson) {
        printJson(server, line);
    } else {
        printText(server, line);
    }
    if (m_text.size() >= FlushBytes) {
        flush();
    }
}

void LogPrinter::flush()
{
    if (!m_text.empty()) {
        std::ignore = m_out.write(m_text); // the caller asks Output::state()
        m_text.clear();
    }
}

void LogPrinter::printText(const std::string &server, const OutputLine &line)
{
    const bool hasColours = m_out.traits().hasColours;
    QString text;
    if (m_style.hasTimes) {
        text += styled(localTime(line.realTime), TextStyle::Faint, hasColours) + u' ';
    }
    if (m_hasPrefixes) {
        text += m_lines.prefix(server, line.stream);
    }
    text += m_style.search != nullptr && hasColours ? highlighted(line) : outputText(line.text, hasColours);
    text += cutNote(line) + u'\n';
    m_text += text.toStdString();
}

/// The server's own colours would end with the first that is found, and are left out.
QString LogPrinter::highlighted(const OutputLine &line) const
{
    const auto found = m_style.search->find(line.text);
    const auto shown = [](QStringView part) { return outputText(part.toUtf8().toStdString(), false); };
    QString text;
    qsizetype from = 0;
    for (const auto &span : found.spans) {
        text += shown(QStringView(found.text).sliced(from, span.begin - from));
        text += QStringLiteral("\x1b[1;31m") + shown(QStringView(found.text).sliced(span.begin, span.length))
            + QStringLiteral("\x1b[0m");
        from = span.begin + span.length;
    }
    text += shown(QStringView(found.text).sliced(from));
    const auto searched = std::min(line.text.size(), LineSearch::MostSearchedBytes);
    return text + outputText(std::string_view(line.text).substr(searched), false);
}

void LogPrinter::printJson(const std::string &server, const OutputLine &line)
{
    std::string time;
    m_times.appendTime(time, line.realTime);
    m_text += jsonLine({
        {QStringLiteral("schema"), JsonSchemaVersion},
        {QStringLiteral("time"), jsonText(time)},
        {QStringLiteral("server"), jsonText(server)},
        {QStringLiteral("stream"), jsonText(streamWord(line.stream))},
        {QStringLiteral("text"), outputText(line.text, false)},
        {QStringLiteral("isCut"), line.isCut},
    });
}

} // namespace Quay
