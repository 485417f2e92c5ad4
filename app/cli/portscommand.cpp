// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/portscommand.h"

#include "app/cli/askedports.h"
#include "app/cli/jsonwords.h"
#include "app/cli/listenerjson.h"
#include "app/cli/machine.h"
#include "app/cli/portnotes.h"
#include "app/cli/portstable.h"
#include "app/cli/portswatch.h"
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
    std::ignore = context.out.write(jsonDocument({
        {QStringLiteral("schema"), JsonSchemaVersion},
        {QStringLiteral("listeners"), listeners},
        {QStringLiteral("leftOut"), static_cast<qint64>(selected.leftOut)},
        {QStringLiteral("source"), jsonWord(snapshot.source)},
        {QStringLiteral("isInterrupted"), snapshot.isInterrupted},
    }));
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

ExitCode PortsCommand::execute(CommandContext &context)
{
    const auto ranges = askedPorts(context, m_ports);
    if (!ranges) {
        return ExitCode::Usage;
    }
    const PortSelection selection{
        .ranges = *ranges, .tcp = m_tcp || !m_udp, .udp = m_udp || !m_tcp, .all = m_all, .uid = context.uid};
    return m_watch ? watch(context, selection) : showOnce(context, selection);
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
    noteHowRead(context, **snapshot);
    noteUnanswered(context, selection, selected);
    noteWhatIsShown(context, selected);
    return selected.unanswered.empty() ? ExitCode::Done : ExitCode::NothingThere;
}

ExitCode PortsCommand::watch(CommandContext &context, const PortSelection &selection) const
{
    PortsWatch watch(context, selection, lookOptionsFor(selection),
                     m_json ? PortsWatch::Format::Json : PortsWatch::Format::Text);
    return watch.run();
}

} // namespace Quay
