// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/portscommand.h"

#include "app/cli/listenerjson.h"
#include "app/cli/machine.h"
#include "app/cli/portstable.h"
#include "app/cli/portswatch.h"
#include "app/shared/format.h"
#include "app/shared/listenertext.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct PortsText
{
    Q_DECLARE_TR_FUNCTIONS(PortsCommand)
};

LookOptions lookOptionsFor(const PortSelection &selection)
{
    LookOptions options{.udp = selection.udp, .connections = selection.tcp};
    if (selection.ranges.size() == 1 && selection.ranges.front().first == selection.ranges.front().last) {
        options.onlyPort = selection.ranges.front().first;
    }
    return options;
}

void printText(CommandContext &context, const SelectedPorts &selected)
{
    if (selected.listeners.empty()) {
        return;
    }
    TablePrinter table = portsTable(context.out.traits());
    for (const auto &listener : selected.listeners) {
        table.addRow(portsRow(*listener, u' ', context.users, context.clock));
    }
    std::ignore = context.out.write(table.text().toStdString()); // the caller asks Output::state()
}

void printJson(CommandContext &context, const PortSnapshot &snapshot, const SelectedPorts &selected)
{
    const JsonContext json{.users = context.users, .clock = context.clock};
    QJsonArray listeners;
    for (const auto &listener : selected.listeners) {
        listeners.append(toJson(*listener, JsonDetail::Brief, json));
    }
    const bool isFallback = snapshot.source == SocketSource::ProcNet;
    std::ignore = context.out.write(jsonDocument({
        {QStringLiteral("schema"), JsonSchemaVersion},
        {QStringLiteral("listeners"), listeners},
        {QStringLiteral("leftOut"), static_cast<qint64>(selected.leftOut)},
        {QStringLiteral("source"), isFallback ? QStringLiteral("procNet") : QStringLiteral("sockDiag")},
        {QStringLiteral("isInterrupted"), snapshot.isInterrupted},
    }));
}

/// What the reader of the results should know about them.
void printNotes(CommandContext &context, const PortSnapshot &snapshot, const SelectedPorts &selected)
{
    if (snapshot.source == SocketSource::ProcNet) {
        complain(context,
                 PortsText::tr("The kernel's socket interface is refused here. Reading /proc/net instead: "
                               "units of other users and waiting connections are not known."));
    }
    if (snapshot.isInterrupted) {
        complain(context, PortsText::tr("The ports changed while they were read: a row may be missing."));
    }
    for (const PortRange range : selected.unanswered) {
        complain(context, PortsText::tr("Nothing listens on %1.").arg(portRangeText(range)));
    }
    if (snapshot.listeners.empty() && selected.unanswered.empty()) {
        complain(context, PortsText::tr("Nothing listens on any port."));
    }
    if (selected.leftOut > 0 && context.out.traits().isTerminal) {
        const QString note = PortsText::tr("%n more of other users and system services: quay ports --all", nullptr,
                                           static_cast<int>(selected.leftOut));
        std::ignore = context.err.writeLine(styled(note, TextStyle::Faint, context.err.traits().hasColours));
    }
    const auto hasWarnings = [](const ListenerPtr &listener) { return !listener->warnings.empty(); };
    if (context.out.traits().isTerminal && std::ranges::any_of(selected.listeners, hasWarnings)) {
        const QString note = PortsText::tr("! deserves a look: quay why PORT");
        std::ignore = context.err.writeLine(styled(note, TextStyle::Attention, context.err.traits().hasColours));
    }
}

} // namespace

QString PortsCommand::description() const
{
    return PortsText::tr("Show who listens on which port");
}

QString PortsCommand::arguments() const
{
    return QStringLiteral("[PORT|RANGE...]");
}

void PortsCommand::setup(CLI::App &parser)
{
    const auto help = [](const QString &text) { return text.toStdString(); };
    parser
        .add_option("PORT", m_ports, help(PortsText::tr("Ports or ranges such as 3000-3010; all when none is given")))
        ->option_text("...");
    parser.add_flag("--tcp", m_tcp, help(PortsText::tr("Only TCP")));
    parser.add_flag("--udp", m_udp, help(PortsText::tr("Only UDP")));
    parser.add_flag("--all", m_all,
                    help(PortsText::tr("Also system services and ports of other users whose owner is hidden")));
    parser.add_flag("--json", m_json, help(PortsText::tr("Print JSON")));
    parser.add_flag("--watch", m_watch, help(PortsText::tr("Go on and print what changes, until interrupted")));
}

Result<PortSelection> PortsCommand::selection(uid_t uid) const
{
    PortSelection selection{.tcp = m_tcp || !m_udp, .udp = m_udp || !m_tcp, .all = m_all, .uid = uid};
    for (const auto &word : m_ports) {
        const auto range = portRangeFromText(word);
        if (!range) {
            return std::unexpected(range.error());
        }
        selection.ranges.push_back(*range);
    }
    return selection;
}

ExitCode PortsCommand::execute(CommandContext &context)
{
    const auto wanted = selection(context.uid);
    if (!wanted) {
        complain(context,
                 PortsText::tr("'%1' is not a port. Allowed are 1 to 65535 and ranges such as 3000-3010.")
                     .arg(shownText(wanted.error().subject)));
        return ExitCode::Usage;
    }
    return m_watch ? watch(context, *wanted) : showOnce(context, *wanted);
}

ExitCode PortsCommand::showOnce(CommandContext &context, const PortSelection &selection) const
{
    const auto snapshot = context.machine.look(lookOptionsFor(selection));
    if (!snapshot) {
        return complainAbout(context, snapshot.error());
    }
    const SelectedPorts selected = select(**snapshot, selection);
    if (m_json) {
        printJson(context, **snapshot, selected);
    } else {
        printText(context, selected);
    }
    printNotes(context, **snapshot, selected);
    return selected.unanswered.empty() ? ExitCode::Done : ExitCode::NothingThere;
}

ExitCode PortsCommand::watch(CommandContext &context, const PortSelection &selection) const
{
    PortsWatch watch(context, selection, lookOptionsFor(selection),
                     m_json ? PortsWatch::Format::Json : PortsWatch::Format::Text);
    return watch.run();
}

} // namespace Quay
