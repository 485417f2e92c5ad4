// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/application.h"
#include "app/cli/authority.h"
#include "app/cli/machine.h"
#include "app/cli/prompter.h"
#include "app/cli/watchticker.h"
#include "app/shared/localenote.h"
#include "app/shared/translation.h"
#include "app/shared/usernames.h"
#include "core/base/standardstreams.h"
#include "core/control/lazymanagers.h"

#include <QCoreApplication>

#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

int main(int argc, char **argv)
{
    Quay::openClosedStreams();
    std::signal(SIGPIPE, SIG_IGN); // a closed output is an answer of write(), see Output
    std::signal(SIGXFSZ, SIG_IGN); // and so is a file that may not grow
    Quay::silenceLocaleNote();
    QCoreApplication application(argc, argv);
    Quay::installTranslation(application);

    Quay::SignalTicker ticker(STDOUT_FILENO);
    Quay::FileOutput out(STDOUT_FILENO, "stdout", &ticker);
    Quay::FileOutput err(STDERR_FILENO, "stderr", &ticker);
    Quay::MonitoredMachine machine;
    Quay::UserNames users;
    Quay::TerminalPrompter prompter(err);
    Quay::HelperAuthority authority;
    Quay::LazyManagers managers;
    Quay::CommandContext context{.out = out,
                                 .err = err,
                                 .machine = machine,
                                 .users = users,
                                 .ticker = ticker,
                                 .prompter = prompter,
                                 .authority = authority,
                                 .managers = managers,
                                 .uid = ::geteuid()};

    Quay::CliApplication quay;
    return std::to_underlying(quay.run(std::vector<std::string>(argv + 1, argv + argc), context));
}
