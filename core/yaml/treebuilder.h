// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/yamlnode.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

namespace Quay {

/// Makes a tree of what the parser comes across. Threads: not shared.
class TreeBuilder : public YAML::EventHandler
{
public:
    /// Ends the parsing when a limit is reached. Never leaves this folder.
    struct LimitReached
    {
        MistakeCode code;
        YAML::Mark mark;
    };

    /// @p text: what is parsed; must outlive this object.
    explicit TreeBuilder(std::string_view text);

    /// Errors are in the document.
    [[nodiscard]] YamlDocument take();
    /// Lines and columns as people count them.
    [[nodiscard]] TextPosition placeOf(const YAML::Mark &mark) const;

    void OnDocumentStart(const YAML::Mark &mark) override;
    void OnDocumentEnd() override;
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &value) override;
    void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override;
    void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override;

private:
    /// How much an alias of a node costs.
    struct Weight
    {
        std::size_t nodes = 0;
        std::size_t textBytes = 0;
    };
    struct Anchored
    {
        YamlNode node;
        Weight weight;
    };
    /// A list or map that is not at its end yet.
    struct Open
    {
        YamlNode node;
        YAML::anchor_t anchor = 0;
        Weight before; ///< Of all that came before it.
        bool hasKey = false; ///< Of a map: the next node is the value of the key that was read.
        std::string key;
        TextPosition keyPosition;
        bool keyIsMerge = false;
        std::vector<YamlEntry> merged;
    };

    void open(YamlType type, const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor);
    void close();
    void add(YamlNode node, YAML::anchor_t anchor, Weight weight);
    void place(YamlNode node);
    void placeKey(Open &map, const YamlNode &node);
    void placeValue(Open &map, YamlNode node);
    void merge(Open &map, YamlNode node);
    void count(Weight weight, const YAML::Mark &mark);
    void refuseTag(const std::string &tag, const YAML::Mark &mark);
    void refuse(MistakeCode code, TextPosition position, std::string found = {});

    std::string_view m_text;
    YamlDocument m_document;
    std::vector<Open> m_open;
    std::map<YAML::anchor_t, Anchored> m_anchors;
    Weight m_total;
};

} // namespace Quay
