// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/scriptedcli.h"

#include "app/cli/application.h"
#include "app/cli/command.h"
#include "app/shared/usernames.h"
#include "tests/support/snapshots.h"

#include <utility>

namespace Quay::Test {

Result<> TextOutput::writeAll(std::string_view bytes)
{
    if (answer) {
        text += bytes;
    }
    return answer;
}

Result<PortSnapshotPtr> ScriptedMachine::look(const LookOptions &options)
{
    looks.push_back(options);
    if (snapshots.empty()) {
        snapshots.emplace_back(snapshotOf({}));
    }
    const auto answer = snapshots.front();
    if (snapshots.size() > 1 && options.owners) { // the sockets of the next look, else
        snapshots.pop_front();
    }
    if (!answer || !options.onlyPort) {
        return answer;
    }
    auto filtered = std::make_shared<PortSnapshot>(**answer);
    std::erase_if(filtered->listeners,
                  [&](const ListenerPtr &listener) { return listener->socket.localPort != *options.onlyPort; });
    return filtered;
}

PortSnapshotPtr ScriptedMachine::verifyAllOwners()
{
    const LookOptions last = looks.back();
    return look(last).value();
}

ProcessInfoPtr ScriptedMachine::findProcess(pid_t pid)
{
    const auto found = processes.find(pid);
    return found != processes.end() ? found->second.process : nullptr;
}

OwnerProfilePtr ScriptedMachine::profileOf(const ProcessInfoPtr &process)
{
    const auto known = processes.find(process->id.pid);
    return known != processes.end() ? known->second.profile : nullptr;
}

PortProof ScriptedMachine::prove(const PortClaim &claim)
{
    claims.push_back(claim);
    return proof;
}

WatchTicker::Wake ScriptedTicker::wait(std::chrono::milliseconds /*period*/)
{
    if (whenAsked) {
        whenAsked();
    }
    return ticks-- > 0 ? Wake::Tick : end;
}

bool ScriptedPrompter::agrees(const QString &question)
{
    questions.push_back(question);
    return answer.value_or(false);
}

Result<PrivilegedClient *> ScriptedAuthority::client()
{
    if (failure) {
        return std::unexpected(*failure);
    }
    return &helper;
}

ScriptedCli::ScriptedCli(std::vector<PortSnapshotPtr> snapshots)
{
    machine.snapshots.assign(snapshots.begin(), snapshots.end());
}

ExitCode ScriptedCli::run(const std::vector<std::string> &words)
{
    TextOutput outStream(traits);
    TextOutput errStream(traits);
    outStream.answer = outAnswer;
    UserNames users({{0, QStringLiteral("root")}, {1000, QStringLiteral("user")}}, uid);
    CommandContext context{.out = outStream,
                           .err = errStream,
                           .machine = machine,
                           .users = users,
                           .ticker = ticker,
                           .prompter = prompter,
                           .authority = authority,
                           .managers = managers,
                           .clock = clock,
                           .uid = uid};
    CliApplication quay;
    const ExitCode code = quay.run(words, context);
    out = outStream.text;
    err = errStream.text;
    return code;
}

} // namespace Quay::Test
