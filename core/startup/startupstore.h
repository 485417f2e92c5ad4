// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/startup/startuprun.h"

#include <QtPlugin>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// Keeps the starts of servers, see StartupHistory.
class StartupStore
{
public:
    virtual ~StartupStore() = default;

    [[nodiscard]] virtual Result<> add(const StartupRun &run) = 0;
    /// Of one server, the newest first.
    [[nodiscard]] virtual Result<std::vector<StartupRun>> runs(const std::string &file, const std::string &server,
                                                               std::size_t most) = 0;
    /// Where an unusable file was put that was found in its place.
    [[nodiscard]] virtual std::optional<std::string> putAside() const = 0;

protected:
    StartupStore() = default;
    StartupStore(const StartupStore &) = default;
    StartupStore &operator=(const StartupStore &) = default;
    StartupStore(StartupStore &&) = default;
    StartupStore &operator=(StartupStore &&) = default;
};

/// The module that brings the database along, loaded only when starts are kept or asked for.
class StartupsModule
{
public:
    StartupsModule() = default;
    StartupsModule(const StartupsModule &) = delete;
    StartupsModule &operator=(const StartupsModule &) = delete;
    virtual ~StartupsModule() = default;

    /// Errors: as StartupHistory::open().
    [[nodiscard]] virtual Result<std::unique_ptr<StartupStore>> open(const std::string &path) = 0;
};

} // namespace Quay

#define QUAY_STARTUPS_MODULE_IID "org.quaymaster.StartupsModule/1"
Q_DECLARE_INTERFACE(Quay::StartupsModule, QUAY_STARTUPS_MODULE_IID)
