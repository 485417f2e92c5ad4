// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/moduleloader.h"
#include "core/startup/startupstore.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// `${XDG_STATE_HOME:-~/.local/state}/quaymaster/startups.db`. Errors: as userStateDirectory().
[[nodiscard]] Result<std::string> startupHistoryPath();

/**
 * The starts at startupHistoryPath(). Loads the module `quay-startups` and opens the database at the first call.
 *
 * Errors:  as StartupHistory; Unsupported without the module, with the loader's reason as subject.
 * Threads: to be used by one thread.
 */
class LazyStartups : public StartupStore
{
public:
    LazyStartups();
    LazyStartups(const LazyStartups &) = delete;
    LazyStartups &operator=(const LazyStartups &) = delete;
    ~LazyStartups() override;

    [[nodiscard]] Result<> add(const StartupRun &run) override;
    [[nodiscard]] Result<std::vector<StartupRun>> runs(const std::string &file, const std::string &server,
                                                       std::size_t most) override;
    [[nodiscard]] std::optional<std::string> putAside() const override;

private:
    [[nodiscard]] Result<StartupStore *> store();

    ModuleLoader m_loader;
    std::unique_ptr<StartupStore> m_store; ///< Goes before the module does.
};

} // namespace Quay
