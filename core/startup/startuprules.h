// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/startup/linepattern.h"
#include "core/startup/literalsearch.h"
#include "core/startup/startupmark.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// How to recognise one thing that servers print while they start.
struct StartupRule
{
    std::string id;
    std::vector<std::string> kinds; ///< Ids of ServerKind; empty: whatever prints it.
    Saying says = Saying::Ready;
    std::string phase; ///< For a line that does not name it.
    std::string unit; ///< Of a duration that the line gives without.
    LinePattern pattern;

    [[nodiscard]] bool isGeneric() const { return kinds.empty(); }
    [[nodiscard]] bool isOf(std::string_view kind) const;
};

/**
 * The rules that recognise what servers print while they start: resources/startup.json, described by
 * startup.schema.json.
 *
 * Among the rules that fit a line the first of the file wins. A pattern is tried only on lines that contain one of its
 * rule's literals, all of which are found in one pass.
 *
 * Threads: immutable after load; share it freely. Copies share the rules.
 */
class StartupRules
{
public:
    /// Errors: Malformed, with the line, the rule's id and what is wrong there as subject.
    [[nodiscard]] static Result<StartupRules> fromJson(std::string_view json);
    /// The rules that were built in from resources/startup.json, read at the first call. Threads: any.
    [[nodiscard]] static const StartupRules &builtIn();

    [[nodiscard]] const std::vector<StartupRule> &rules() const;
    /// Whether some rule is for that kind in particular.
    [[nodiscard]] bool knowsKind(std::string_view kind) const;

    /// Calls @p found with the index of each rule that may fit @p line; of some more than once.
    template<typename Found>
    void forEachCandidate(std::string_view line, Found found) const
    {
        literals().search(line, found);
    }

private:
    struct Data;
    class Loader;
    explicit StartupRules(std::shared_ptr<const Data> data);
    [[nodiscard]] const LiteralSearch &literals() const;

    std::shared_ptr<const Data> m_data; ///< never null
};

} // namespace Quay
