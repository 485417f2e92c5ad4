// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/version.h"

#include "core/base/number.h"
#include "core/base/words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace Quay {

namespace {

constexpr std::string_view Digits = "0123456789";

using Relation = VersionClause::Relation;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// How what comes before a release begins.
constexpr std::array<std::string_view, 15> PreReleaseWords{
    "a", "alpha", "b", "beta", "c", "rc", "pre", "dev", "canary", "nightly", "next", "preview", "ea", "m", "snapshot"};

/// The digits, or the other letters, that a text begins with.
std::string_view leadingRun(std::string_view text)
{
    const bool isNumber = isDigit(text.front());
    const auto end = std::ranges::find_if(text, [isNumber](char c) { return c == '.' || isDigit(c) != isNumber; });
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

/// Numbers are less than words, and compare by value: `rc2` < `rc10`.
std::strong_ordering compareRuns(std::string_view left, std::string_view right)
{
    const bool leftIsNumber = isDigit(left.front());
    const bool rightIsNumber = isDigit(right.front());
    if (leftIsNumber != rightIsNumber) {
        return leftIsNumber ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    if (!leftIsNumber) {
        return left <=> right;
    }
    left.remove_prefix(std::min(left.find_first_not_of('0'), left.size()));
    right.remove_prefix(std::min(right.find_first_not_of('0'), right.size()));
    return left.size() != right.size() ? left.size() <=> right.size() : left <=> right;
}

std::strong_ordering comparePreReleases(std::string_view left, std::string_view right)
{
    if (left.empty() || right.empty()) { // a release is greater than what comes before it
        return left.empty() <=> right.empty();
    }
    while (!left.empty() && !right.empty()) {
        if (left.front() == '.' || right.front() == '.') {
            if (left.front() != right.front()) {
                return left.front() == '.' ? std::strong_ordering::less : std::strong_ordering::greater;
            }
            left.remove_prefix(1);
            right.remove_prefix(1);
            continue;
        }
        const auto leftRun = leadingRun(left);
        const auto rightRun = leadingRun(right);
        if (const auto order = compareRuns(leftRun, rightRun); order != std::strong_ordering::equal) {
            return order;
        }
        left.remove_prefix(leftRun.size());
        right.remove_prefix(rightRun.size());
    }
    return left.size() <=> right.size();
}

std::strong_ordering compareParts(const Version &left, const Version &right)
{
    for (std::size_t i = 0; i < std::max(left.parts.size(), right.parts.size()); ++i) {
        const auto leftPart = i < left.parts.size() ? left.parts[i] : 0;
        const auto rightPart = i < right.parts.size() ? right.parts[i] : 0;
        if (leftPart != rightPart) {
            return leftPart <=> rightPart;
        }
    }
    return std::strong_ordering::equal;
}

/// The `rc.1` of `-rc.1`, `rc1` or `.rc1`; empty when it is something else.
std::string preReleaseIn(std::string_view behind)
{
    if (behind.starts_with('-') || behind.starts_with('.')) {
        behind.remove_prefix(1);
    }
    const auto wordEnd = std::ranges::find_if_not(behind, isLetter);
    std::string word(behind.begin(), wordEnd);
    std::ranges::transform(word, word.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (!std::ranges::contains(PreReleaseWords, std::string_view(word))) {
        return {};
    }
    const auto end = std::ranges::find_if_not(behind, [](char c) { return isLetter(c) || isDigit(c) || c == '.'; });
    std::string text(behind.begin(), end);
    text.replace(0, word.size(), word);
    text.erase(text.find_last_not_of('.') + 1);
    return text;
}

/// A version and how much of the text it takes.
struct Found
{
    Version version;
    std::size_t length = 0;
};

/// The text begins with a digit.
std::optional<Found> leadingVersion(std::string_view text)
{
    Found found;
    for (;;) {
        const auto end = std::min(text.find_first_not_of(Digits, found.length), text.size());
        const auto part = numberFromText<std::uint64_t>(text.substr(found.length, end - found.length));
        if (!part) { // more digits than a number has
            return std::nullopt;
        }
        found.version.parts.push_back(*part);
        found.length = end;
        if (end + 1 >= text.size() || text[end] != '.' || !isDigit(text[end + 1])) {
            break;
        }
        ++found.length;
    }
    found.version.preRelease = preReleaseIn(text.substr(found.length));
    return found;
}

/// In requirements the whole word has to be one. A wildcard at its end sets @p Relation::SameParts apart.
std::optional<Version> wholeVersion(std::string_view word)
{
    if (word.starts_with('v')) {
        word.remove_prefix(1);
    }
    if (word.empty() || !isDigit(word.front())) {
        return std::nullopt;
    }
    auto found = leadingVersion(word);
    if (!found) {
        return std::nullopt;
    }
    auto rest = word.substr(found->length);
    if (!found->version.preRelease.empty() && (rest.starts_with('-') || rest.starts_with('.'))) {
        rest.remove_prefix(1);
    }
    if (rest.size() != found->version.preRelease.size()) {
        return std::nullopt;
    }
    return std::move(found->version);
}

constexpr std::array Signs{
    Word{.word = "=", .value = Relation::SameParts},   Word{.word = "==", .value = Relation::SameParts},
    Word{.word = "!=", .value = Relation::OtherParts}, Word{.word = "<", .value = Relation::Less},
    Word{.word = "<=", .value = Relation::UpTo},       Word{.word = ">", .value = Relation::Greater},
    Word{.word = ">=", .value = Relation::From},       Word{.word = "^", .value = Relation::Within},
    Word{.word = "~", .value = Relation::Within},      Word{.word = "~=", .value = Relation::Within},
    Word{.word = "~>", .value = Relation::Within},     Word{.word = "", .value = Relation::SameParts},
};

/// `.x` or `.*` at the end.
std::string_view withoutWildcard(std::string_view word)
{
    while (word.ends_with(".x") || word.ends_with(".X") || word.ends_with(".*")) {
        word.remove_suffix(2);
    }
    return word;
}

bool haveSameParts(const Version &version, const Version &written)
{
    for (std::size_t i = 0; i < written.parts.size(); ++i) {
        if ((i < version.parts.size() ? version.parts[i] : 0) != written.parts[i]) {
            return false;
        }
    }
    return written.preRelease.empty() || comparePreReleases(version.preRelease, written.preRelease) == 0;
}

/// At least as written, and the first @p kept parts are the same.
bool isWithin(const Version &version, const Version &written, std::size_t kept)
{
    const auto end = written.parts.begin() + static_cast<std::ptrdiff_t>(kept);
    const Version stem{.parts = {written.parts.begin(), end}, .preRelease = {}};
    return compareVersions(version, written) >= 0 && haveSameParts(version, stem);
}

/// How many parts a sign keeps. Nothing when it cannot be said of so few.
std::optional<std::size_t> keptParts(std::string_view sign, const Version &written)
{
    if (sign == "~") {
        return std::min<std::size_t>(2, written.parts.size());
    }
    if (sign != "^") {
        return written.parts.size() > 1 ? std::optional(written.parts.size() - 1) : std::nullopt;
    }
    const auto first = std::ranges::find_if(written.parts, [](std::uint64_t part) { return part != 0; });
    const auto index = static_cast<std::size_t>(first - written.parts.begin());
    return std::min(index + 1, written.parts.size());
}

bool meetsClause(const Version &version, const VersionClause &clause)
{
    switch (clause.relation) {
    case Relation::Any:
        return true;
    case Relation::SameParts:
        return haveSameParts(version, clause.version);
    case Relation::OtherParts:
        return !haveSameParts(version, clause.version);
    case Relation::Less:
        return compareVersions(version, clause.version) < 0;
    case Relation::UpTo:
        return compareVersions(version, clause.version) <= 0;
    case Relation::Greater:
        return compareVersions(version, clause.version) > 0;
    case Relation::From:
        return compareVersions(version, clause.version) >= 0;
    case Relation::Within:
        return isWithin(version, clause.version, clause.keptParts);
    }
    return false;
}

std::optional<VersionClause> clauseFrom(std::string_view sign, std::string_view word)
{
    if (sign.empty() && (word == "*" || word == "x")) {
        return VersionClause{.relation = Relation::Any, .version = {.parts = {0}, .preRelease = {}}};
    }
    const auto relation = valueFor(Signs, sign);
    const auto stem = withoutWildcard(word);
    const bool mayHaveWildcard = relation == Relation::SameParts || relation == Relation::OtherParts;
    if (!relation || (stem.size() != word.size() && !mayHaveWildcard)) {
        return std::nullopt;
    }
    auto version = wholeVersion(stem);
    if (!version) {
        return std::nullopt;
    }
    VersionClause clause{.relation = *relation, .version = std::move(*version)};
    if (clause.relation == Relation::Within) {
        const auto kept = keptParts(sign, clause.version);
        if (!kept) {
            return std::nullopt;
        }
        clause.keptParts = *kept;
    }
    return clause;
}

} // namespace

std::strong_ordering compareVersions(const Version &left, const Version &right)
{
    const auto order = compareParts(left, right);
    return order != std::strong_ordering::equal ? order : comparePreReleases(left.preRelease, right.preRelease);
}

std::string versionText(const Version &version)
{
    std::string text;
    for (const auto part : version.parts) {
        text += (text.empty() ? "" : ".") + std::to_string(part);
    }
    return version.preRelease.empty() ? text : text + '-' + version.preRelease;
}

std::optional<Version> versionInText(std::string_view text)
{
    std::optional<Version> whole; // the first number, when none has a dot
    for (auto begin = text.find_first_of(Digits); begin != std::string_view::npos;
         begin = text.find_first_of(Digits, begin)) {
        auto found = leadingVersion(text.substr(begin));
        if (found && found->version.parts.size() > 1) {
            return std::move(found->version);
        }
        if (found && !whole) {
            whole = std::move(found->version);
        }
        begin = text.find_first_not_of("0123456789.", begin);
        if (begin == std::string_view::npos) {
            break;
        }
    }
    return whole;
}

std::optional<VersionRequirement> versionRequirementFromText(std::string_view text)
{
    constexpr std::string_view Separators = " \t,";
    VersionRequirement requirement;
    for (auto begin = text.find_first_not_of(Separators); begin != std::string_view::npos;
         begin = text.find_first_not_of(Separators, begin)) {
        const auto signEnd = std::min(text.find_first_not_of("=!<>^~", begin), text.size());
        const auto wordBegin = std::min(text.find_first_not_of(" \t", signEnd), text.size());
        const auto wordEnd = std::min(text.find_first_of(" \t,=!<>^~", wordBegin), text.size());
        auto clause = clauseFrom(text.substr(begin, signEnd - begin), text.substr(wordBegin, wordEnd - wordBegin));
        if (!clause) {
            return std::nullopt;
        }
        requirement.clauses.push_back(std::move(*clause));
        begin = wordEnd;
    }
    return requirement.clauses.empty() ? std::nullopt : std::optional(std::move(requirement));
}

bool meets(const Version &version, const VersionRequirement &requirement)
{
    return std::ranges::all_of(requirement.clauses,
                               [&version](const VersionClause &clause) { return meetsClause(version, clause); });
}

} // namespace Quay
