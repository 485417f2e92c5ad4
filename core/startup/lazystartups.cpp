// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/lazystartups.h"

#include "core/kernel/userdirectories.h"

#include <QString>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

namespace Quay {

Result<std::string> startupHistoryPath()
{
    return userStateDirectory().transform([](const std::string &directory) { return directory + "/startups.db"; });
}

LazyStartups::LazyStartups()
    : m_loader(QStringLiteral("quay-startups"))
{
}

LazyStartups::~LazyStartups() = default;

Result<StartupStore *> LazyStartups::store()
{
    if (m_store != nullptr) {
        return m_store.get();
    }
    const auto path = startupHistoryPath();
    if (!path) {
        return std::unexpected(path.error());
    }
    return m_loader.load<StartupsModule>()
        .and_then([&path](StartupsModule *module) { return module->open(*path); })
        .transform([this](std::unique_ptr<StartupStore> opened) {
            m_store = std::move(opened);
            return m_store.get();
        });
}

Result<> LazyStartups::add(const StartupRun &run)
{
    return store().and_then([&run](StartupStore *opened) { return opened->add(run); });
}

Result<std::vector<StartupRun>> LazyStartups::runs(const std::string &file, const std::string &server, std::size_t most)
{
    const auto path = startupHistoryPath();
    if (m_store == nullptr && path && ::access(path->c_str(), F_OK) != 0) {
        return {}; // to look makes no database
    }
    return store().and_then([&](StartupStore *opened) { return opened->runs(file, server, most); });
}

std::optional<std::string> LazyStartups::putAside() const
{
    return m_store != nullptr ? m_store->putAside() : std::nullopt;
}

} // namespace Quay
