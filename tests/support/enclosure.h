// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "tests/support/cgroupscope.h"
#include "tests/support/childprocess.h"

#include <string>
#include <vector>

namespace Quay::Test {

/// Gives this thread, and what it starts from now on, a network of its own that has nothing but the loopback.
/// Errors: Unsupported, with what is missing as subject.
[[nodiscard]] Result<> leaveNetwork();

/// A program that runs whole services, with processes, mounts and cgroups of its own, so that all it ever starts ends
/// with this object. Its network, and all files but /run, are those of who starts it. See enclose.sh.
class Enclosure
{
public:
    /// The program first, looked for in PATH.
    /// Errors: Unsupported, with what is missing as subject: only root may do that, and not in every container.
    [[nodiscard]] static Result<Enclosure> start(const std::vector<std::string> &command);

private:
    Enclosure(CgroupScope cgroup, ChildProcess program);

    CgroupScope m_cgroup;
    ChildProcess m_program; ///< Ends before its cgroup is removed.
};

} // namespace Quay::Test
