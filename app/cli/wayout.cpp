// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/wayout.h"

#include "app/cli/command.h"
#include "app/cli/prompter.h"
#include "app/shared/endingtext.h"
#include "app/shared/format.h"
#include "core/control/planoffers.h"
#include "core/control/starter.h"

#include <QCoreApplication>

#include <algorithm>
#include <string_view>
#include <utility>

namespace Quay {

namespace {

struct WayOutTexts
{
    Q_DECLARE_TR_FUNCTIONS(WayOut)
};

/// Of a command that ends somebody with all below, to which somebody has to agree.
constexpr std::string_view WithAllBelow = " --scope tree";

void addOnce(std::vector<std::string> &ways, std::string way)
{
    if (!way.empty() && !std::ranges::contains(ways, way)) {
        ways.push_back(std::move(way));
    }
}

/// Whoever can be asked is asked.
QString consentFor(const CommandContext &context)
{
    return context.prompter.isInteractive() ? QString() : QStringLiteral(" --yes");
}

/// As it can be typed, or written into a script.
QString withConsent(const CommandContext &context, const std::string &command)
{
    const QString text = shownText(command);
    return command.ends_with(WithAllBelow) ? QString(text + consentFor(context)) : text;
}

} // namespace

std::vector<std::string> waysOutOf(const KillPlan &plan)
{
    std::vector<std::string> ways;
    for (const auto &reviver : plan.revivers) {
        addOnce(ways, wayOutOf(reviver));
    }
    return ways;
}

void addWaysOut(std::vector<std::string> &ways, const std::vector<ListenerPtr> &holders)
{
    for (const auto &listener : holders) {
        for (const auto &owner : listener->owners) {
            const auto *const starter = starterToEnd(owner);
            if (starter == nullptr) {
                continue;
            }
            const Reviver parent{.kind = ReviverKind::ProcessManager,
                                 .name = starter->launcherName,
                                 .unit = {},
                                 .process = starter->process,
                                 .published = {}};
            const auto known = wayOutOf(parent);
            addOnce(ways,
                    known.starts_with("--")
                        ? "quay stop " + std::to_string(starter->process->id.pid) + std::string(WithAllBelow)
                        : known);
        }
    }
}

void addLoops(std::vector<ProcessInfoPtr> &shells, const std::vector<ListenerPtr> &holders)
{
    for (const auto &listener : holders) {
        for (const auto &owner : listener->owners) {
            const auto *const starter = starterOf(owner);
            const bool isShell = starter != nullptr && starter->launcher == LauncherKind::Shell;
            if (isShell && starterToEnd(owner) == nullptr && !std::ranges::contains(shells, starter->process)) {
                shells.push_back(starter->process);
            }
        }
    }
}

void sayLoops(CommandContext &context, const std::vector<ProcessInfoPtr> &shells)
{
    for (const auto &shell : shells) {
        const auto command = "quay stop " + std::to_string(shell->id.pid) + " --signal HUP" + std::string(WithAllBelow);
        complain(context,
                 WayOutTexts::tr("A loop runs in %1. To end it: Ctrl-C where it was typed, or, which ends that shell "
                                 "too, '%2'",
                                 "a shell, a command")
                     .arg(processText(*shell), withConsent(context, command)));
    }
}

void sayManagerCanBeStopped(CommandContext &context)
{
    complain(context,
             WayOutTexts::tr("With %1, what it runs in is stopped.", "options")
                 .arg(QStringLiteral("--stop-manager") + consentFor(context)));
}

void sayWaysOut(CommandContext &context, const std::vector<std::string> &ways)
{
    for (const auto &way : ways) {
        complain(
            context,
            way.starts_with("--")
                ? WayOutTexts::tr("With %1, what would start it again is stopped as well.", "an option")
                      .arg(QString::fromStdString(way) + consentFor(context))
                : WayOutTexts::tr("To stop what would start it again: %1", "a command").arg(withConsent(context, way)));
    }
}

} // namespace Quay
