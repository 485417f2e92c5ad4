// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/authority.h"
#include "app/cli/exitcode.h"
#include "app/cli/machine.h"
#include "app/cli/output.h"
#include "app/cli/prompter.h"
#include "app/cli/watchticker.h"
#include "core/ports/portsnapshot.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakemanagers.h"
#include "tests/support/scriptedhelper.h"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay::Test {

/// Collects what a verb writes.
class TextOutput : public Output
{
public:
    using Output::Output;

    std::string text;
    Result<> answer; ///< What the next writes report.

protected:
    [[nodiscard]] Result<> writeAll(std::string_view bytes) override;
};

/// Answers with snapshots in turn; the last one stays.
class ScriptedMachine : public Machine
{
public:
    [[nodiscard]] Result<PortSnapshotPtr> look(const LookOptions &options) override;
    [[nodiscard]] PortSnapshotPtr verifyAllOwners() override;
    void tell(const std::vector<ToldHolder> &holders) override { told = holders; }
    [[nodiscard]] ProcessInfoPtr findProcess(pid_t pid) override;
    [[nodiscard]] bool isHidden(pid_t pid) override { return hidden.contains(pid); }
    [[nodiscard]] OwnerProfilePtr profileOf(const ProcessInfoPtr &process) override;
    [[nodiscard]] PortProof prove(const PortClaim &claim) override;

    std::deque<Result<PortSnapshotPtr>> snapshots;
    std::map<pid_t, Owner> processes; ///< Also those without ports.
    std::set<pid_t> hidden; ///< Those that are there and not shown.
    std::vector<LookOptions> looks; ///< What was asked for.
    std::vector<ToldHolder> told;
    PortProof proof{.state = PortState::Free}; ///< Of every port.
    std::vector<PortClaim> claims; ///< What was to be proven.
};

/// Ticks a given number of times.
class ScriptedTicker : public WatchTicker
{
public:
    [[nodiscard]] Result<> arm() override { return {}; }
    [[nodiscard]] Wake wait(std::chrono::milliseconds period) override;

    int ticks = 0;
    Wake end = Wake::Interrupted;
    std::function<void()> whenAsked; ///< Each time.
};

/// Somebody at the terminal who always gives the same answer.
class ScriptedPrompter : public Prompter
{
public:
    [[nodiscard]] bool isInteractive() const override { return answer.has_value(); }
    [[nodiscard]] bool agrees(const QString &question) override;

    std::optional<bool> answer; ///< Nothing: nobody is there.
    std::vector<QString> questions;
};

/// Hands out a helper that answers as it was told to, unless there is none.
class ScriptedAuthority : public Authority
{
public:
    [[nodiscard]] Result<PrivilegedClient *> client() override;
    void process() override { helper.answerAll(); }

    ScriptedHelper helper;
    std::optional<Error> failure; ///< Why there is none.
};

/// `quay` in this process, on a machine and at a time of the test's choice.
struct ScriptedCli
{
    /// Made-up snapshots for the looks of one run.
    explicit ScriptedCli(std::vector<PortSnapshotPtr> snapshots = {});

    ExitCode run(const std::vector<std::string> &words);

    FakeClock clock;
    OutputTraits traits; ///< Of both outputs.
    std::string out;
    std::string err;
    ScriptedMachine machine;
    ScriptedTicker ticker;
    ScriptedPrompter prompter;
    ScriptedAuthority authority;
    FakeManagers managers;
    Result<> outAnswer; ///< What writing to the standard output reports.
    uid_t uid = 1000;
};

} // namespace Quay::Test
