// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/exitcode.h"
#include "app/cli/output.h"
#include "core/base/clock.h"

#include <QString>

#include <string_view>

#include <sys/types.h>

namespace CLI {
class App;
} // namespace CLI

namespace Quay {

class Authority;
class Machine;
class Prompter;
class ServiceManagers;
class UserNames;
class WatchTicker;

/// Everything that a verb touches outside itself.
struct CommandContext
{
    Output &out; ///< Results: text or JSON.
    Output &err; ///< Messages and progress.
    Machine &machine;
    UserNames &users;
    WatchTicker &ticker;
    Prompter &prompter;
    Authority &authority;
    ServiceManagers &managers;
    const Clock &clock = systemClock();
    uid_t uid = 0; ///< Who asks.
};

/// One verb of `quay`.
class Command
{
public:
    Command() = default;
    Command(const Command &) = delete;
    Command &operator=(const Command &) = delete;
    virtual ~Command() = default;

    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] virtual QString description() const = 0;
    /// What may follow the name: `[PORT|RANGE...]`. Options are added to it.
    [[nodiscard]] virtual QString arguments() const = 0;

    /// Declares options and arguments, which parsing then writes into this object.
    virtual void setup(CLI::App &parser) = 0;
    /// Does the work. Called at most once, after a successful parse.
    [[nodiscard]] virtual ExitCode execute(CommandContext &context) = 0;
};

/// `quay: TEXT` on the error output.
void complain(CommandContext &context, const QString &text);

/// Says what went wrong and gives the exit code for it.
[[nodiscard]] ExitCode complainAbout(CommandContext &context, const Error &error);

} // namespace Quay
