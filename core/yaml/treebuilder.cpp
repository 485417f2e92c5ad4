// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/treebuilder.h"

#include <algorithm>
#include <utility>

namespace Quay {

namespace {

constexpr std::string_view OwnTags = "tag:yaml.org,2002:";
constexpr std::string_view MergeKey = "<<";

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

} // namespace

TreeBuilder::TreeBuilder(std::string_view text)
    : m_text(text)
{
}

YamlDocument TreeBuilder::take()
{
    auto mistakes = std::move(m_document.mistakes);
    while (!m_open.empty()) { // the text was given up in the middle: what that leaves half is no mistake of its own
        close();
    }
    m_document.mistakes = std::move(mistakes);
    return std::move(m_document);
}

TextPosition TreeBuilder::placeOf(const YAML::Mark &mark) const
{
    if (mark.is_null()) {
        return {};
    }
    const auto end = std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), m_text.size());
    const auto begin = end - std::min(static_cast<std::size_t>(std::max(mark.column, 0)), end);
    const auto inCharacters = std::ranges::count_if(m_text.substr(begin, end - begin), isContinuation);
    return {.line = mark.line + 1, .column = mark.column + 1 - static_cast<int>(inCharacters)};
}

void TreeBuilder::OnDocumentStart(const YAML::Mark & /*mark*/) { }

void TreeBuilder::OnDocumentEnd() { }

void TreeBuilder::OnNull(const YAML::Mark &mark, YAML::anchor_t anchor)
{
    count({.nodes = 1, .textBytes = 0}, mark);
    add({.type = YamlType::Nothing, .position = placeOf(mark), .text = {}, .items = {}, .entries = {}}, anchor,
        {.nodes = 1, .textBytes = 0});
}

void TreeBuilder::OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor)
{
    const auto known = m_anchors.find(anchor);
    if (known == m_anchors.end()) { // of a node that contains the alias
        refuse(MistakeCode::Syntax, placeOf(mark), "an alias of what it stands in");
        count({.nodes = 1, .textBytes = 0}, mark);
        place({.type = YamlType::Nothing, .position = placeOf(mark), .text = {}, .items = {}, .entries = {}});
        return;
    }
    count(known->second.weight, mark);
    place(known->second.node);
}

void TreeBuilder::OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                           const std::string &value)
{
    refuseTag(tag, mark);
    const Weight weight{.nodes = 1, .textBytes = value.size()};
    count(weight, mark);
    const bool isPlain = tag == "?" || tag.empty();
    const bool isNothing = isPlain && (value == "null" || value == "Null" || value == "NULL" || value == "~");
    add({.type = isNothing ? YamlType::Nothing : YamlType::Text,
         .position = placeOf(mark),
         .text = isNothing ? std::string() : value,
         .isQuoted = !isPlain,
         .items = {},
         .entries = {}},
        anchor, weight);
}

void TreeBuilder::OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value /*style*/)
{
    open(YamlType::List, mark, tag, anchor);
}

void TreeBuilder::OnSequenceEnd()
{
    close();
}

void TreeBuilder::OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value /*style*/)
{
    open(YamlType::Map, mark, tag, anchor);
}

void TreeBuilder::OnMapEnd()
{
    close();
}

void TreeBuilder::open(YamlType type, const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor)
{
    refuseTag(tag, mark);
    if (m_open.size() >= DeepestYamlLevel) {
        throw LimitReached{.code = MistakeCode::TooDeep, .mark = mark};
    }
    Open opened;
    opened.node.type = type;
    opened.node.position = placeOf(mark);
    opened.anchor = anchor;
    opened.before = m_total;
    m_open.push_back(std::move(opened));
    count({.nodes = 1, .textBytes = 0}, mark);
}

void TreeBuilder::close()
{
    Open closed = std::move(m_open.back());
    m_open.pop_back();
    for (auto &entry : closed.merged) {
        if (closed.node.find(entry.key) == nullptr) {
            closed.node.entries.push_back(std::move(entry));
        }
    }
    add(std::move(closed.node), closed.anchor,
        {.nodes = m_total.nodes - closed.before.nodes, .textBytes = m_total.textBytes - closed.before.textBytes});
}

void TreeBuilder::add(YamlNode node, YAML::anchor_t anchor, Weight weight)
{
    if (anchor != 0) {
        m_anchors.insert_or_assign(anchor, Anchored{.node = node, .weight = weight});
        m_total.textBytes += weight.textBytes; // kept twice
    }
    place(std::move(node));
}

void TreeBuilder::place(YamlNode node)
{
    if (m_open.empty()) {
        m_document.root = std::move(node);
        return;
    }
    Open &parent = m_open.back();
    if (parent.node.type == YamlType::List) {
        parent.node.items.push_back(std::move(node));
    } else if (parent.hasKey) {
        placeValue(parent, std::move(node));
    } else {
        placeKey(parent, node);
    }
}

void TreeBuilder::placeKey(Open &map, const YamlNode &node)
{
    map.hasKey = true;
    map.keyPosition = node.position;
    map.key = node.text;
    map.keyIsMerge = !node.isQuoted && node.text == MergeKey;
    if (node.type != YamlType::Text) {
        refuse(MistakeCode::KeyIsNoText, node.position);
    }
}

void TreeBuilder::placeValue(Open &map, YamlNode node)
{
    map.hasKey = false;
    if (node.type == YamlType::Nothing) { // the parser gives the place of what follows
        node.position = map.keyPosition;
    }
    if (map.keyIsMerge) {
        merge(map, std::move(node));
        return;
    }
    const auto first = std::ranges::find(map.node.entries, map.key, &YamlEntry::key);
    if (first != map.node.entries.end()) {
        ConfigMistake mistake{.code = MistakeCode::DuplicateKey, .position = map.keyPosition, .found = map.key};
        mistake.related = first->position;
        m_document.mistakes.push_back(std::move(mistake));
        return;
    }
    map.node.entries.push_back({.key = std::move(map.key), .position = map.keyPosition, .value = std::move(node)});
}

void TreeBuilder::merge(Open &map, YamlNode node)
{
    std::vector<YamlNode> sources;
    if (node.type == YamlType::List) {
        sources = std::move(node.items);
    } else {
        sources.push_back(std::move(node));
    }
    for (auto &source : sources) {
        if (source.type != YamlType::Map) {
            ConfigMistake mistake{.code = MistakeCode::WrongType, .position = source.position, .path = "<<"};
            mistake.found = wordFor(YamlTypeWords, source.type);
            mistake.allowed = {std::string(wordFor(YamlTypeWords, YamlType::Map))};
            m_document.mistakes.push_back(std::move(mistake));
        }
        std::ranges::move(source.entries, std::back_inserter(map.merged)); // close() takes the first of each key
    }
}

void TreeBuilder::count(Weight weight, const YAML::Mark &mark)
{
    m_total.nodes += weight.nodes;
    m_total.textBytes += weight.textBytes;
    if (m_total.nodes > MostYamlNodes || m_total.textBytes > MostYamlTextBytes) {
        throw LimitReached{.code = MistakeCode::TooMany, .mark = mark};
    }
}

void TreeBuilder::refuseTag(const std::string &tag, const YAML::Mark &mark)
{
    if (!tag.empty() && tag != "?" && tag != "!" && !tag.starts_with(OwnTags)) {
        refuse(MistakeCode::UnknownTag, placeOf(mark), tag);
    }
}

void TreeBuilder::refuse(MistakeCode code, TextPosition position, std::string found)
{
    m_document.mistakes.push_back({.code = code, .position = position, .found = std::move(found)});
}

} // namespace Quay
