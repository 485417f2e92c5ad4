// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/portswatch.h"

#include "app/cli/listenerjson.h"
#include "app/cli/machine.h"
#include "app/cli/portnotes.h"
#include "app/cli/portstable.h"
#include "app/cli/watchticker.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto LookPeriod = 1s;

struct WatchTexts
{
    Q_DECLARE_TR_FUNCTIONS(PortsWatch)
};

QChar markOf(PortChange::Kind kind)
{
    switch (kind) {
    case PortChange::Kind::Present:
        return u' ';
    case PortChange::Kind::Appeared:
        return u'+';
    case PortChange::Kind::Vanished:
        return u'-';
    case PortChange::Kind::Changed:
        return u'~';
    }
    return u' ';
}

QString wordOf(PortChange::Kind kind)
{
    switch (kind) {
    case PortChange::Kind::Present:
        return QStringLiteral("present");
    case PortChange::Kind::Appeared:
        return QStringLiteral("appeared");
    case PortChange::Kind::Vanished:
        return QStringLiteral("vanished");
    case PortChange::Kind::Changed:
        return QStringLiteral("changed");
    }
    return {};
}

TextStyle styleOf(PortChange::Kind kind, TextStyle otherwise)
{
    switch (kind) {
    case PortChange::Kind::Appeared:
        return TextStyle::Good;
    case PortChange::Kind::Vanished:
        return TextStyle::Faint;
    case PortChange::Kind::Present:
    case PortChange::Kind::Changed:
        return otherwise;
    }
    return otherwise;
}

QString aspectText(ListenerAspect aspect)
{
    switch (aspect) {
    case ListenerAspect::Owners:
        return WatchTexts::tr("who holds it", "what changed");
    case ListenerAspect::Knowledge:
        return WatchTexts::tr("whether that can be told", "what changed: who holds it is named beside");
    case ListenerAspect::Unit:
        return WatchTexts::tr("unit or container", "what changed");
    case ListenerAspect::Warnings:
        return WatchTexts::tr("warnings", "what changed");
    }
    return {};
}

/// What is said below the line of one that changed, for the line shows what it is like now.
QString aspectsText(const std::vector<ListenerAspect> &aspects)
{
    QStringList texts;
    std::ranges::transform(aspects, std::back_inserter(texts), aspectText);
    return WatchTexts::tr("  changed: %1", "below a line of a table").arg(texts.join(QStringLiteral(", ")));
}

QJsonArray aspectsJson(const std::vector<ListenerAspect> &aspects)
{
    QJsonArray array;
    for (const auto aspect : aspects) {
        array.append(jsonText(wordFor(ListenerAspectWords, aspect)));
    }
    return array;
}

bool isWider(const TableLayout &one, const TableLayout &other)
{
    return !std::ranges::equal(one, other, std::ranges::less_equal());
}

} // namespace

PortsWatch::PortsWatch(CommandContext &context, PortSelection selection, LookOptions options, Format format)
    : m_context(context)
    , m_selection(std::move(selection))
    , m_options(options)
    , m_format(format)
{
    m_options.connections = false; // a change of their number is no news here
}

ExitCode PortsWatch::run()
{
    if (const auto armed = m_context.ticker.arm(); !armed) {
        return complainAbout(m_context, armed.error());
    }
    const auto first = m_context.machine.look(m_options);
    if (!first) {
        return complainAbout(m_context, first.error());
    }
    const SelectedPorts selected = select(**first, m_selection);
    std::vector<PortChange> present;
    present.reserve(selected.listeners.size());
    for (const auto &listener : selected.listeners) {
        present.push_back({.kind = PortChange::Kind::Present, .listener = listener});
    }
    print(present);
    noteHowRead(m_context, **first);
    noteUnanswered(m_context, m_selection, selected);
    noteWhatIsShown(m_context, selected);
    auto before = selected.listeners;
    std::optional<Error> trouble; // that was said last
    while (m_context.out.state() && m_context.ticker.wait(LookPeriod) == WatchTicker::Wake::Tick) {
        const auto after = m_context.machine.look(m_options);
        if (!after) {
            // The kernel may have no memory for one answer: the watch outlives that. Said once, not every second.
            if (trouble != after.error()) {
                (void)complainAbout(m_context, after.error());
                trouble = after.error();
            }
            continue;
        }
        trouble.reset();
        auto current = select(**after, m_selection).listeners;
        print(portChanges(before, current));
        before = std::move(current);
    }
    return ExitCode::Done;
}

void PortsWatch::print(const std::vector<PortChange> &changes)
{
    switch (m_format) {
    case Format::Text:
        printText(changes);
        return;
    case Format::Json:
        printJson(changes);
        return;
    }
}

void PortsWatch::printText(const std::vector<PortChange> &changes)
{
    const OutputTraits &traits = m_context.out.traits();
    if (changes.empty()) {
        return;
    }
    TablePrinter table = portsTable(traits);
    std::vector<TableRow> rows;
    for (const auto &change : changes) {
        TableRow row = portsRow(*change.listener, markOf(change.kind), m_context.users, m_context.clock);
        row.style = styleOf(change.kind, row.style);
        table.addRow(row);
        rows.push_back(std::move(row));
    }
    const TableLayout needed = table.layout();
    QString text;
    if (m_layout.empty() || (traits.isTerminal && isWider(needed, m_layout))) {
        m_layout = needed;
        text = table.headerLine(m_layout) + u'\n';
    }
    for (std::size_t index = 0; index < rows.size(); ++index) {
        text += table.line(rows[index], m_layout) + u'\n';
        if (!changes[index].aspects.empty()) {
            text += aspectsText(changes[index].aspects) + u'\n';
        }
    }
    std::ignore = m_context.out.write(text.toStdString()); // run() asks Output::state()
}

void PortsWatch::printJson(const std::vector<PortChange> &changes)
{
    const JsonContext json{.users = m_context.users, .clock = m_context.clock};
    std::string lines;
    for (const auto &change : changes) {
        lines += jsonLine({
            {QStringLiteral("schema"), JsonSchemaVersion},
            {QStringLiteral("change"), wordOf(change.kind)},
            {QStringLiteral("changed"), aspectsJson(change.aspects)},
            {QStringLiteral("at"), jsonTime(m_context.clock.realTime())},
            {QStringLiteral("listener"), toJson(*change.listener, JsonDetail::Brief, json)},
        });
    }
    std::ignore = m_context.out.write(lines);
}

} // namespace Quay
