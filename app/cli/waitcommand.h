// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/waiter.h"
#include "app/cli/waittarget.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace Quay {

class ListenerLookup;
class ModuleLoader;

/// `quay wait`: returns once ports listen, are free, accept connections or answer HTTP.
class WaitCommand : public Command
{
public:
    WaitCommand();
    ~WaitCommand() override;

    [[nodiscard]] std::string_view name() const override { return "wait"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString arguments() const override;
    void setup(CLI::App &parser) override;
    [[nodiscard]] ExitCode execute(CommandContext &context) override;

private:
    struct Plan; ///< The words of the command line, understood.

    [[nodiscard]] Result<Plan> plan(CommandContext &context) const;
    [[nodiscard]] Result<std::unique_ptr<WaitProbe>> probeFor(const WaitTarget &target);
    void explain(CommandContext &context, const WaitTarget &target, WaitOutcome &outcome);
    void report(CommandContext &context, const Plan &plan, const std::vector<WaitOutcome> &outcomes) const;

    std::vector<std::string> m_words;
    std::string m_timeout = "60s";
    bool m_json = false;
    std::unique_ptr<ListenerLookup> m_lookup;
    std::unique_ptr<ModuleLoader> m_http;
};

} // namespace Quay
