// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/servers/foundrun.h"
#include "core/servers/variables.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// What an agent remembers of a project for the one after it: how its servers are run, and which are to run. Holds
/// secrets.
struct KeptProject
{
    std::string bootId; ///< Of a machine that was started again nothing goes on.
    std::string file; ///< As in ServerFile::path.
    std::string text; ///< What it said when it was read last, as quaymaster.yaml with all variables in place.
    VariableMap environment; ///< That of who started them.
    std::map<std::string, KnownServer> servers; ///< By name.

    bool operator==(const KeptProject &) const = default;
};

[[nodiscard]] std::string toText(const KeptProject &project);
/// Errors: Malformed. Threads: pure function.
[[nodiscard]] Result<KeptProject> keptProjectFrom(std::string_view text);

/// Writes it into @p directory, in a file that is named after it. Errors: as replaceFile(), makeDirectoriesOf().
[[nodiscard]] Result<> keepProject(const std::string &directory, const KeptProject &project);
void forgetProject(const std::string &directory, const std::string &file);
/// Those that can be read, and are of the machine as it was started last. The others are removed: nobody could use
/// them. Threads: any; blocks.
[[nodiscard]] std::vector<KeptProject> keptProjects(const std::string &directory, const std::string &bootId);

} // namespace Quay
