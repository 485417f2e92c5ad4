// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/projectlooks.h"

#include "core/base/aside.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace Quay {

namespace {

/// Enough for a server in the same building; who looks once and is not told in time does without.
constexpr auto Patience = std::chrono::milliseconds(250);

/// The home directory itself may be one that does not answer.
std::vector<std::string> homesInTime(const std::string &home)
{
    auto homes = answerWithin(Patience, [home] { return homesOf(home); });
    return homes ? *std::move(homes) : std::vector{home};
}

ProjectLooks::MakeLook makeFinders(std::vector<std::string> homes)
{
    return [homes = std::move(homes)] {
        return [finder = std::make_shared<ProjectFinder>(homes)](const std::string &directory) {
            return finder->find(directory);
        };
    };
}

} // namespace

struct ProjectLooks::Inquiry
{
    Look look; ///< Of whoever set isOut.
    std::mutex mutex;
    std::condition_variable_any cameBack;
    bool isOut = false;
    std::unordered_map<std::string, ProjectPtr> answers; ///< by directory
};

ProjectLooks::ProjectLooks(const std::string &home, std::string mountinfoPath)
    : ProjectLooks(makeFinders(homesInTime(home)), std::move(mountinfoPath), Patience)
{
}

ProjectLooks::ProjectLooks(MakeLook makeLook, std::string mountinfoPath, std::chrono::milliseconds patience)
    : m_makeLook(std::move(makeLook))
    , m_lookHere(m_makeLook())
    , m_mounts(std::move(mountinfoPath))
    , m_patience(patience)
{
}

std::optional<ProjectPtr> ProjectLooks::find(const std::string &directory)
{
    const auto mount = m_mounts.above(directory);
    if (!mount) {
        return m_lookHere(directory);
    }
    auto &inquiry = m_inquiries[*mount];
    if (inquiry == nullptr) {
        inquiry = std::make_shared<Inquiry>();
        inquiry->look = m_makeLook();
    }
    return ask(inquiry, directory);
}

std::optional<ProjectPtr> ProjectLooks::ask(const std::shared_ptr<Inquiry> &inquiry, const std::string &directory)
{
    const auto work = [inquiry, directory] {
        auto project = inquiry->look(directory);
        const std::scoped_lock lock(inquiry->mutex);
        inquiry->answers.insert_or_assign(directory, std::move(project));
        inquiry->isOut = false;
        inquiry->cameBack.notify_all();
    };
    std::unique_lock lock(inquiry->mutex);
    if (!inquiry->isOut) {
        inquiry->isOut = true; // before the thread, which may be done with it before runAside() returns
        lock.unlock();
        const bool isAsked = runAside(work);
        lock.lock();
        inquiry->isOut = inquiry->isOut && isAsked;
        inquiry->cameBack.wait_for(lock, m_stop, m_patience, [&inquiry] { return !inquiry->isOut; });
    }
    const auto known = inquiry->answers.find(directory);
    return known != inquiry->answers.end() ? std::optional(known->second) : std::nullopt;
}

} // namespace Quay
