// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/gitfiles.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

using Quay::Fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    const auto head = Quay::parseGitHead(text);
    require(!head.branch || !head.commit);
    require(!head.branch || (text.contains(*head.branch) && !head.branch->contains('\n')));
    require(!head.commit || (text.starts_with(*head.commit) && head.commit->size() == 8));

    const std::string root = "/home/user/tree";
    if (const auto directory = Quay::parseGitFile(root, text)) {
        require(text.starts_with("gitdir:"));
        require(directory->starts_with('/') && !directory->contains("/../") && !directory->contains('\n'));
        require(directory->size() == 1 || !directory->ends_with('/'));
        const std::string again = "gitdir: " + *directory + "\n";
        // A final blank is cut off, so a directory that ends with one is not read the same.
        require(std::string_view(" \t\r").contains(directory->back()) || Quay::parseGitFile(root, again) == directory);
    }
    const auto name = Quay::parseCommonDirName(root + "/.git/worktrees/one", text);
    require(!name.contains('/') && !name.contains('\n'));
    require(name.size() <= std::max(size, root.size()));
    return 0;
}
