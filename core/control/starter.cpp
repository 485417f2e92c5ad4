// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/starter.h"

#include "core/processes/shellcommand.h"

#include <algorithm>

namespace Quay {

namespace {

/// Whether to end it takes nothing with it that somebody works in.
bool mayBeEnded(const AncestryStep &step)
{
    switch (step.launcher) {
    case LauncherKind::None:
    case LauncherKind::ProcessManager:
    case LauncherKind::PackageScript:
        return step.process->id.pid > 1;
    case LauncherKind::Shell:
        return runsOneCommand(step.process->arguments);
    case LauncherKind::Init:
    case LauncherKind::ServiceManager:
    case LauncherKind::Timer:
    case LauncherKind::ContainerRuntime:
    case LauncherKind::DesktopSession:
    case LauncherKind::Terminal:
    case LauncherKind::Multiplexer:
    case LauncherKind::Ssh:
    case LauncherKind::Ide:
    case LauncherKind::CodingAgent:
        break;
    }
    return false;
}

} // namespace

const AncestryStep *starterOf(const Owner &owner)
{
    const auto &steps = owner.profile->ancestry.steps;
    if (steps.size() < 2) {
        return nullptr;
    }
    const auto isWrapper = [](const AncestryStep &step) {
        const bool isScript = step.launcher == LauncherKind::Shell && runsOneCommand(step.process->arguments);
        return isScript || step.launcher == LauncherKind::PackageScript;
    };
    const auto above = std::find_if_not(steps.begin() + 1, steps.end(), isWrapper);
    const bool isManager = above != steps.end() && above->launcher == LauncherKind::ProcessManager;
    return isManager ? &*above : &steps[1];
}

const AncestryStep *starterToEnd(const Owner &owner)
{
    const auto *const starter = starterOf(owner);
    return starter != nullptr && mayBeEnded(*starter) ? starter : nullptr;
}

} // namespace Quay
