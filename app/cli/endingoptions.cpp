// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/endingoptions.h"

#include "app/cli/command.h"
#include "app/cli/durationoption.h"
#include "app/shared/format.h"
#include "core/base/signalname.h"
#include "core/base/words.h"
#include "core/control/endingwords.h"

#include <QCoreApplication>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct FlagTexts
{
    Q_DECLARE_TR_FUNCTIONS(EndingFlags)
};

/// What a terminal or an IDE starts again is back within this time, in most cases. A script is not made to wait for
/// what hardly ever comes: `quay free 3000 && npm run dev` is to go on at once, and learns of a taken port from the
/// next command anyway. Who sits at a terminal wants to know why the port is taken, and hardly notices half a second;
/// who waits for connections to end is in no hurry either.
constexpr auto HostWatch = std::chrono::milliseconds(500);

std::unexpected<Error> refuse(CommandContext &context, const QString &sentence, const std::string &word)
{
    complain(context, sentence.arg(shownText(word)));
    return fail(ErrorCode::Invalid, word);
}

} // namespace

void EndingFlags::setup(CLI::App &parser)
{
    const std::string duration = FlagTexts::tr("DURATION").toStdString();
    parser.add_flag("--force", m_force, FlagTexts::tr("Kill at once (SIGKILL) instead of asking first").toStdString());
    parser
        .add_option("--grace", m_grace,
                    FlagTexts::tr("How long to wait after asking before killing. 5s when not given").toStdString())
        ->option_text(duration);
    parser
        .add_option("--scope", m_scope,
                    FlagTexts::tr("process: it alone. tree: also all below it. session: all that was started with it")
                        .toStdString())
        ->option_text("SCOPE");
    parser
        .add_option("--drain", m_drain,
                    FlagTexts::tr("Wait so long at most for its connections to end first").toStdString())
        ->option_text(duration);
    parser
        .add_option("--signal", m_signal,
                    FlagTexts::tr("Ask with this signal. When not given, with the one that this kind of server wants")
                        .toStdString())
        ->option_text("SIGNAL");
    parser.add_flag("--stop-manager", m_stopManager,
                    FlagTexts::tr("Stop the unit or container it runs in, or end the program that would start it again")
                        .toStdString());
    parser.add_flag("--dry-run", m_dryRun, FlagTexts::tr("Only show what would be done").toStdString());
    parser.add_flag(
        "--yes", m_yes,
        FlagTexts::tr("Do not ask. Needed without a terminal for more than one process, a unit, a container, or who is "
                      "only taken to hold the port")
            .toStdString());
    parser.add_flag("--no-ask-password", m_noAskPassword,
                    FlagTexts::tr("Do not ask for a password: what belongs to other users is refused").toStdString());
    parser.add_flag("--json", m_json, FlagTexts::tr("Print JSON").toStdString());
}

Result<EndingWish> EndingFlags::read(CommandContext &context) const
{
    EndingWish wish{.isForced = m_force,
                    .signal = {},
                    .drain = {},
                    .options = {},
                    .isDryRun = m_dryRun,
                    .isAgreed = m_yes,
                    .asksPassword = !m_noAskPassword,
                    .stopsManager = m_stopManager,
                    .json = m_json};
    const auto scope = valueFor(KillScopeWords, m_scope);
    if (!scope) {
        return refuse(context, FlagTexts::tr("'%1' is not a scope. Allowed are process, tree and session."), m_scope);
    }
    wish.scope = *scope;
    const auto grace = readDurationOption(context, m_grace);
    if (!grace) {
        return std::unexpected(grace.error());
    }
    wish.options.grace = *grace;
    if (context.err.traits().isTerminal || !m_drain.empty()) {
        wish.options.hostWatch = HostWatch;
    }
    if (!m_drain.empty()) {
        const auto drain = readDurationOption(context, m_drain);
        if (!drain) {
            return std::unexpected(drain.error());
        }
        wish.drain = *drain;
    }
    if (!m_signal.empty()) {
        wish.signal = signalFromText(m_signal);
        if (!wish.signal) {
            return refuse(context, FlagTexts::tr("'%1' is not a signal. Allowed are names such as TERM, INT and QUIT."),
                          m_signal);
        }
    }
    if (m_force && !m_signal.empty()) {
        return refuse(context, FlagTexts::tr("--force kills with SIGKILL, so it cannot be combined with --signal %1."),
                      m_signal);
    }
    if (m_force && wish.drain) {
        return refuse(context, FlagTexts::tr("--force waits for nobody, so it cannot be combined with --drain %1."),
                      m_drain);
    }
    return wish;
}

} // namespace Quay
