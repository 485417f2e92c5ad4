// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// `3.13.8`, `20.0.0-rc.1`. Missing parts count as 0 when two are compared, and what comes before a release is less
/// than it.
struct Version
{
    std::vector<std::uint64_t> parts; ///< Never empty.
    std::string preRelease; ///< `rc.1`; empty for a release.
};

/// Threads: pure function.
[[nodiscard]] std::strong_ordering compareVersions(const Version &left, const Version &right);

/// `3.13.8`, without what a distribution adds. Threads: pure function.
[[nodiscard]] std::string versionText(const Version &version);

/**
 * The version that a program tells among other things: `Python 3.13.8`, `v20.11.1`, `go version go1.22.1 linux/amd64`.
 *
 * The first number with a dot in it, else the first number. What follows as `-rc.1`, `rc1`, `-alpha` and the like
 * belongs to it, what a distribution adds (`-1ubuntu2`, `_292`, `+build`) does not.
 *
 * Threads: pure function.
 */
[[nodiscard]] std::optional<Version> versionInText(std::string_view text);

/// One condition on a version.
struct VersionClause
{
    enum class Relation : std::uint8_t
    {
        Any,
        SameParts, ///< As many parts as are written are equal: `3.12` is met by 3.12.7.
        OtherParts,
        Less,
        UpTo,
        Greater,
        From,
        Within, ///< At least the version, and the first keptParts are the same.
    };
    Relation relation = Relation::Any;
    Version version;
    std::size_t keptParts = 0;
};

/// All clauses have to be met.
struct VersionRequirement
{
    std::vector<VersionClause> clauses;
};

/**
 * Reads `>= 3.13.8`, `>=3.11, <3.14`, `3.12`, `3.12.x`, `^20.11`, `~1.22`, `!= 3.12.1`, `*`.
 *
 * The signs are `=` and `==` (as many parts as are written), `!=`, `<`, `<=`, `>`, `>=`; `^1.2.3` keeps the parts up to
 * the first that is not 0, `~1.2.3` the first two, `~=1.2.3` and `~>1.2.3` all but the last one written. Clauses are
 * separated by commas or blanks. Alternatives (`||`) are not known.
 *
 * Errors:  nothing for any other text.
 * Threads: pure function.
 */
[[nodiscard]] std::optional<VersionRequirement> versionRequirementFromText(std::string_view text);

/// Threads: pure function.
[[nodiscard]] bool meets(const Version &version, const VersionRequirement &requirement);

} // namespace Quay
