// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/portnotes.h"

#include "app/cli/command.h"
#include "app/cli/portrange.h"
#include "app/cli/tableprinter.h"
#include "app/shared/listenertext.h"

#include <QCoreApplication>

#include <algorithm>

namespace Quay {

namespace {

struct NoteTexts
{
    Q_DECLARE_TR_FUNCTIONS(PortNotes)
};

void note(CommandContext &context, const QString &text, TextStyle style)
{
    std::ignore = context.err.writeLine(styled(text, style, context.err.traits().hasColours));
}

QString nothingOnText(const PortSelection &selection, const QString &range)
{
    if (!selection.udp) {
        return NoteTexts::tr("Nothing listens on TCP port %1.").arg(range);
    }
    return selection.tcp ? NoteTexts::tr("Nothing listens on %1.").arg(range)
                         : NoteTexts::tr("No UDP socket is bound to %1.").arg(range);
}

QString nothingText(const PortSelection &selection)
{
    if (!selection.udp) {
        return NoteTexts::tr("Nothing listens on any TCP port.");
    }
    return selection.tcp ? NoteTexts::tr("Nothing listens on any port.")
                         : NoteTexts::tr("No UDP socket is bound to any port.");
}

} // namespace

void noteHowRead(CommandContext &context, const PortSnapshot &snapshot)
{
    if (snapshot.source == SocketSource::ProcNet) {
        complain(context,
                 NoteTexts::tr("The kernel's socket interface is refused here. Reading /proc/net instead: "
                               "units of other users and waiting connections are not known."));
    }
    if (snapshot.udpFallbackReason) {
        complain(context,
                 NoteTexts::tr("The kernel's socket interface has no UDP here (udp_diag). Reading /proc/net instead: "
                               "units of other users are not known."));
    }
    if (snapshot.isInterrupted) {
        complain(context, NoteTexts::tr("The ports changed while they were read: a row may be missing."));
    }
}

void noteUnanswered(CommandContext &context, const PortSelection &selection, const SelectedPorts &selected)
{
    for (const PortRange range : selected.unanswered) {
        complain(context, nothingOnText(selection, portRangeText(range)));
    }
    if (selection.ranges.empty() && selected.listeners.empty() && selected.leftOut == 0) {
        complain(context, nothingText(selection));
    }
}

void noteWhatIsShown(CommandContext &context, const SelectedPorts &selected)
{
    const bool isTerminal = context.out.traits().isTerminal;
    if (selected.leftOut > 0 && (isTerminal || selected.listeners.empty())) {
        note(context,
             NoteTexts::tr("%n more of other users and system services: quay ports --all", nullptr,
                           static_cast<int>(selected.leftOut)),
             TextStyle::Faint);
    }
    if (!isTerminal) {
        return;
    }
    if (const QString hidden = hiddenOwnersText(selected.listeners, context.uid); !hidden.isEmpty()) {
        note(context, hidden, TextStyle::Faint);
    }
    const auto hasWarnings = [](const ListenerPtr &listener) { return !listener->warnings.empty(); };
    if (std::ranges::any_of(selected.listeners, hasWarnings)) {
        note(context, NoteTexts::tr("! deserves a look: quay why PORT"), TextStyle::Attention);
    }
}

} // namespace Quay
