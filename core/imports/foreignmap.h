// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imports/imported.h"
#include "core/servers/yamlnode.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// Collects what an importer cannot carry over. Threads: not shared.
class LossList
{
public:
    explicit LossList(std::string file);

    void add(LossReason reason, int line, std::string key, std::string detail = {});
    [[nodiscard]] std::vector<ImportLoss> take();

private:
    std::string m_file;
    std::vector<ImportLoss> m_losses;
};

/**
 * A map of another tool's YAML. Whatever is not asked for is told as lost by tellRest(), so that nothing is dropped
 * silently. Values of the wrong type are told as not understood.
 */
class ForeignMap
{
public:
    /// @p node: null, or of any type. @p losses: must outlive this object.
    ForeignMap(const YamlNode *node, std::string path, LossList &losses);

    [[nodiscard]] const std::string &path() const noexcept { return m_path; }
    [[nodiscard]] std::string pathOf(std::string_view key) const;
    [[nodiscard]] bool isMap() const noexcept { return m_node != nullptr; }

    /// The value, which counts as carried over from now on. Null when there is none, or nothing in it.
    [[nodiscard]] const YamlNode *take(std::string_view key);
    [[nodiscard]] std::optional<std::string> text(std::string_view key);
    [[nodiscard]] std::optional<int> number(std::string_view key);
    [[nodiscard]] std::optional<bool> flag(std::string_view key);
    /// A list of texts, or one text alone.
    [[nodiscard]] std::vector<std::string> texts(std::string_view key);
    /// `[A=1, B]` or `{A: 1, B: null}`; what has no value is inherited and left out.
    [[nodiscard]] VariableMap variables(std::string_view key);
    [[nodiscard]] ForeignMap map(std::string_view key);

    void lose(LossReason reason, std::string_view key, std::string detail = {});
    /// Tells all that was not taken as without counterpart. Keys that begin with `x-` are nobody's.
    void tellRest();

    [[nodiscard]] const std::vector<YamlEntry> &entries() const;

private:
    [[nodiscard]] int lineOf(std::string_view key) const;

    const YamlNode *m_node; ///< Null: not there.
    std::string m_path;
    LossList &m_losses;
    std::set<std::string, std::less<>> m_taken;
};

} // namespace Quay
