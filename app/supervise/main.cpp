// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/supervisor.h"
#include "core/base/standardstreams.h"
#include "core/base/uniquefd.h"
#include "core/base/writefile.h"
#include "core/kernel/memoryfile.h"
#include "core/supervise/launch.h"
#include "core/supervise/rundescription.h"

#include <cstdlib>
#include <expected>
#include <memory>
#include <utility>

#include <fcntl.h>

namespace {

using Quay::LaunchProblem;

std::expected<std::unique_ptr<Quay::Supervisor>, Quay::LaunchFailure> start()
{
    const Quay::UniqueFd memory(Quay::DescriptionFd);
    auto description =
        Quay::readMemoryFile(memory.get(), Quay::MostDescriptionBytes).and_then(Quay::descriptionFromText);
    if (!description) {
        return std::unexpected(
            Quay::LaunchFailure{.problem = LaunchProblem::BadDescription, .error = description.error()});
    }
    return Quay::Supervisor::start(*std::move(description));
}

} // namespace

// Started by Launch::begin(), which hands the description over and listens to how the start went.
int main()
{
    Quay::openClosedStreams();
    Quay::UniqueFd reports(Quay::ReportFd);
    ::fcntl(reports.get(), F_SETFD, FD_CLOEXEC); // the server shall not have it
    const auto supervisor = start();
    const auto outcome =
        supervisor ? Quay::LaunchOutcome((*supervisor)->launched()) : std::unexpected(supervisor.error());
    // Whether anybody is there to hear it makes no difference.
    static_cast<void>(Quay::writeAll(reports.get(), Quay::toText(outcome), "report"));
    reports.reset();
    if (!supervisor) {
        return EXIT_FAILURE;
    }
    (*supervisor)->run();
    return EXIT_SUCCESS;
}
